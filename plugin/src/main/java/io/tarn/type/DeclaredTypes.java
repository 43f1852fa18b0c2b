package io.tarn.type;

import io.trino.metastore.HiveType;
import io.trino.metastore.type.TypeInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static io.trino.metastore.type.TypeInfoFactory.getCharTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getDecimalTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getListTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getMapTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getPrimitiveTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getStructTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getVarcharTypeInfo;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;

/**
 * Trino's types as Hive's, for columns that are declared here; the inverse of {@link HiveTypes}.
 */
public final class DeclaredTypes
{
    private static final int MAX_VARCHAR = 65_535;
    private static final int MAX_CHAR = 255;

    private DeclaredTypes() {}

    /**
     * @throws TrinoException {@code NOT_SUPPORTED} for a type that Hive lacks; the message names it
     */
    public static HiveType hiveType(Type type)
    {
        return HiveType.fromTypeInfo(typeInfo(type));
    }

    /**
     * The type that a column is given which is created from a query whose column has a type that Hive lacks: the
     * nearest one that holds its values, or at least those that Hive has room for. Empty where the type is as good as it is.
     */
    public static Optional<Type> nearest(Type type)
    {
        Type supported = supported(type);
        return supported.equals(type) ? Optional.empty() : Optional.of(supported);
    }

    private static Type supported(Type type)
    {
        return switch (type) {
            case TimestampType _ -> TIMESTAMP_MILLIS;
            case VarcharType varchar when !varchar.isUnbounded() && (varchar.getBoundedLength() > MAX_VARCHAR || varchar.getBoundedLength() == 0) -> VarcharType.VARCHAR;
            case CharType charType when charType.getLength() > MAX_CHAR || charType.getLength() == 0 -> VarcharType.VARCHAR;
            case ArrayType array -> new ArrayType(supported(array.getElementType()));
            case MapType map -> new MapType(supported(map.getKeyType()), supported(map.getValueType()), HiveTypes.typeOperators());
            case RowType row when row.getFields().stream().allMatch(field -> field.getName().isPresent()) -> RowType.from(row.getFields().stream()
                    .map(field -> new RowType.Field(field.getName(), supported(field.getType())))
                    .toList());
            default -> type;
        };
    }

    private static TypeInfo typeInfo(Type type)
    {
        return switch (type) {
            case VarcharType varchar when varchar.isUnbounded() -> getPrimitiveTypeInfo("string");
            case VarcharType varchar when varchar.getBoundedLength() <= MAX_VARCHAR && varchar.getBoundedLength() > 0 -> getVarcharTypeInfo(varchar.getBoundedLength());
            case VarcharType varchar -> throw unsupported(varchar, "varchar takes 1 to %s characters, or no length at all".formatted(MAX_VARCHAR));
            case CharType charType when charType.getLength() <= MAX_CHAR && charType.getLength() > 0 -> getCharTypeInfo(charType.getLength());
            case CharType charType -> throw unsupported(charType, "char takes 1 to %s characters; use varchar".formatted(MAX_CHAR));
            case DecimalType decimal -> getDecimalTypeInfo(decimal.getPrecision(), decimal.getScale());
            case ArrayType array -> getListTypeInfo(typeInfo(array.getElementType()));
            case MapType map -> getMapTypeInfo(typeInfo(map.getKeyType()), typeInfo(map.getValueType()));
            case RowType row -> structInfo(row);
            case TimestampType timestamp when timestamp.equals(TIMESTAMP_MILLIS) -> getPrimitiveTypeInfo("timestamp");
            case TimestampType timestamp -> throw unsupported(timestamp, "use timestamp(3)");
            default -> getPrimitiveTypeInfo(primitiveName(type));
        };
    }

    private static TypeInfo structInfo(RowType row)
    {
        List<String> names = row.getFields().stream()
                .map(field -> field.getName().orElseThrow(() -> unsupported(row, "give each field a name")).toLowerCase(Locale.ENGLISH))
                .toList();
        return getStructTypeInfo(names, row.getFields().stream().map(field -> typeInfo(field.getType())).toList());
    }

    private static String primitiveName(Type type)
    {
        if (type.equals(BOOLEAN)) {
            return "boolean";
        }
        if (type.equals(TINYINT)) {
            return "tinyint";
        }
        if (type.equals(SMALLINT)) {
            return "smallint";
        }
        if (type.equals(INTEGER)) {
            return "int";
        }
        if (type.equals(BIGINT)) {
            return "bigint";
        }
        if (type.equals(REAL)) {
            return "float";
        }
        if (type.equals(DOUBLE)) {
            return "double";
        }
        if (type.equals(DATE)) {
            return "date";
        }
        if (type.equals(VARBINARY)) {
            return "binary";
        }
        throw unsupported(type, "cast it to a type that Hive has");
    }

    private static TrinoException unsupported(Type type, String remedy)
    {
        return new TrinoException(NOT_SUPPORTED, "Unsupported Hive type: %s (%s)".formatted(type.getDisplayName(), remedy));
    }
}
