package io.tarn.view;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.HiveType;
import io.trino.metastore.type.CharTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.metastore.type.VarcharTypeInfo;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;

import java.util.Optional;
import java.util.regex.Pattern;

import static io.trino.metastore.type.TypeInfoFactory.getCharTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getDecimalTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getListTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getMapTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getStructTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getVarcharTypeInfo;

/**
 * Trino's types as Hive's, for what a catalogue shows of a view.
 */
final class HiveTypeNames
{
    // a name that stands between "struct<" and ":" as it is
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9_]+");

    private HiveTypeNames() {}

    /**
     * Hive's type, or empty where it has none: for times, zones, JSON, UUIDs, and whatever is nested around one.
     */
    static Optional<TypeInfo> hiveType(Type type)
    {
        return switch (type) {
            case BooleanType _ -> Optional.of(HiveType.HIVE_BOOLEAN.getTypeInfo());
            case TinyintType _ -> Optional.of(HiveType.HIVE_BYTE.getTypeInfo());
            case SmallintType _ -> Optional.of(HiveType.HIVE_SHORT.getTypeInfo());
            case IntegerType _ -> Optional.of(HiveType.HIVE_INT.getTypeInfo());
            case BigintType _ -> Optional.of(HiveType.HIVE_LONG.getTypeInfo());
            case RealType _ -> Optional.of(HiveType.HIVE_FLOAT.getTypeInfo());
            case DoubleType _ -> Optional.of(HiveType.HIVE_DOUBLE.getTypeInfo());
            case DateType _ -> Optional.of(HiveType.HIVE_DATE.getTypeInfo());
            case TimestampType _ -> Optional.of(HiveType.HIVE_TIMESTAMP.getTypeInfo());
            case VarbinaryType _ -> Optional.of(HiveType.HIVE_BINARY.getTypeInfo());
            case DecimalType decimal -> Optional.of(getDecimalTypeInfo(decimal.getPrecision(), decimal.getScale()));
            case VarcharType varchar -> Optional.of(varchar.isUnbounded() || varchar.getBoundedLength() > VarcharTypeInfo.MAX_VARCHAR_LENGTH || varchar.getBoundedLength() == 0
                    ? HiveType.HIVE_STRING.getTypeInfo()
                    : getVarcharTypeInfo(varchar.getBoundedLength()));
            case CharType character -> Optional.of(character.getLength() > CharTypeInfo.MAX_CHAR_LENGTH || character.getLength() == 0
                    ? HiveType.HIVE_STRING.getTypeInfo()
                    : getCharTypeInfo(character.getLength()));
            case ArrayType array -> hiveType(array.getElementType()).map(element -> getListTypeInfo(element));
            case MapType map -> hiveType(map.getKeyType()).flatMap(key -> hiveType(map.getValueType()).map(value -> getMapTypeInfo(key, value)));
            case RowType row -> structType(row);
            default -> Optional.empty();
        };
    }

    private static Optional<TypeInfo> structType(RowType row)
    {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        ImmutableList.Builder<TypeInfo> types = ImmutableList.builder();
        for (RowType.Field field : row.getFields()) {
            Optional<TypeInfo> type = hiveType(field.getType());
            if (type.isEmpty() || field.getName().filter(name -> FIELD_NAME.matcher(name).matches()).isEmpty()) {
                return Optional.empty();
            }
            names.add(field.getName().orElseThrow());
            types.add(type.get());
        }
        return Optional.of(getStructTypeInfo(names.build(), types.build()));
    }
}
