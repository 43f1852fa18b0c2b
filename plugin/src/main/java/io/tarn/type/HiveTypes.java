package io.tarn.type;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.HiveType;
import io.trino.metastore.type.CharTypeInfo;
import io.trino.metastore.type.DecimalTypeInfo;
import io.trino.metastore.type.ListTypeInfo;
import io.trino.metastore.type.MapTypeInfo;
import io.trino.metastore.type.PrimitiveTypeInfo;
import io.trino.metastore.type.StructTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.metastore.type.VarcharTypeInfo;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;

import java.util.List;
import java.util.Optional;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.CharType.createCharType;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static io.trino.spi.type.VarcharType.createVarcharType;
import static java.util.Locale.ENGLISH;

/**
 * Hive's types as Trino's. Timestamps have milliseconds, as in Athena; names of struct fields are in lower case, as
 * Trino compares them.
 */
public final class HiveTypes
{
    private static final TypeOperators TYPE_OPERATORS = new TypeOperators();

    private HiveTypes() {}

    static TypeOperators typeOperators()
    {
        return TYPE_OPERATORS;
    }

    /**
     * The Trino type, or empty where there is none: for unions, intervals, and whatever is nested around one.
     */
    public static Optional<Type> trinoType(HiveType type)
    {
        return trinoType(type.getTypeInfo());
    }

    /**
     * The declared type of a field nested in structs, or empty where the path leads through something else or to a
     * field that is not there.
     *
     * @param path names, outermost first, compared without regard to case
     */
    public static Optional<HiveType> nestedType(HiveType type, List<String> path)
    {
        TypeInfo current = type.getTypeInfo();
        for (String name : path) {
            if (!(current instanceof StructTypeInfo struct)) {
                return Optional.empty();
            }
            int index = 0;
            while (index < struct.getAllStructFieldNames().size() && !struct.getAllStructFieldNames().get(index).equalsIgnoreCase(name)) {
                index++;
            }
            if (index == struct.getAllStructFieldNames().size()) {
                return Optional.empty();
            }
            current = struct.getAllStructFieldTypeInfos().get(index);
        }
        return Optional.of(HiveType.fromTypeInfo(current));
    }

    private static Optional<Type> trinoType(TypeInfo type)
    {
        return switch (type) {
            case PrimitiveTypeInfo primitive -> primitiveType(primitive);
            case ListTypeInfo list -> trinoType(list.getListElementTypeInfo()).map(ArrayType::new);
            case MapTypeInfo map -> trinoType(map.getMapKeyTypeInfo())
                    .flatMap(key -> trinoType(map.getMapValueTypeInfo())
                            .map(value -> new MapType(key, value, TYPE_OPERATORS)));
            case StructTypeInfo struct -> rowType(struct);
            default -> Optional.empty();
        };
    }

    private static Optional<Type> rowType(StructTypeInfo struct)
    {
        ImmutableList.Builder<RowType.Field> fields = ImmutableList.builder();
        for (int i = 0; i < struct.getAllStructFieldNames().size(); i++) {
            Optional<Type> field = trinoType(struct.getAllStructFieldTypeInfos().get(i));
            if (field.isEmpty()) {
                return Optional.empty();
            }
            fields.add(RowType.field(struct.getAllStructFieldNames().get(i).toLowerCase(ENGLISH), field.get()));
        }
        return Optional.of(RowType.from(fields.build()));
    }

    private static Optional<Type> primitiveType(PrimitiveTypeInfo type)
    {
        return Optional.ofNullable(switch (type.getPrimitiveCategory()) {
            case BOOLEAN -> BOOLEAN;
            case BYTE -> TINYINT;
            case SHORT -> SMALLINT;
            case INT -> INTEGER;
            case LONG -> BIGINT;
            case FLOAT -> REAL;
            case DOUBLE -> DOUBLE;
            case STRING -> VARCHAR;
            case VARCHAR -> createVarcharType(((VarcharTypeInfo) type).getLength());
            case CHAR -> createCharType(((CharTypeInfo) type).getLength());
            case DATE -> DATE;
            case TIMESTAMP -> TIMESTAMP_MILLIS;
            case TIMESTAMPLOCALTZ -> TIMESTAMP_TZ_MILLIS;
            case BINARY -> VARBINARY;
            case DECIMAL -> createDecimalType(((DecimalTypeInfo) type).precision(), ((DecimalTypeInfo) type).scale());
            case VOID, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, VARIANT, UNKNOWN -> null;
        });
    }
}
