package io.tarn.format;

import io.trino.metastore.HiveType;
import io.trino.metastore.type.CharTypeInfo;
import io.trino.metastore.type.DecimalTypeInfo;
import io.trino.metastore.type.ListTypeInfo;
import io.trino.metastore.type.MapTypeInfo;
import io.trino.metastore.type.PrimitiveTypeInfo;
import io.trino.metastore.type.StructTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.metastore.type.VarcharTypeInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
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
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static io.trino.spi.type.VarcharType.createVarcharType;

/**
 * The Trino type of a field that a reader must decode although nobody asked for it whole, for instance the struct
 * around a nested field. Timestamps have milliseconds, as in Athena.
 */
final class FieldTypes
{
    private static final TypeOperators TYPE_OPERATORS = new TypeOperators();

    private FieldTypes() {}

    /**
     * @param columns the columns asked of this field, with the part of their path that lies below it; their types
     *         take precedence over what the declaration maps to
     * @param depth how many names of the columns' paths lead to this field
     */
    static Type decodedType(TypeInfo declared, List<FileColumn> columns, int depth)
    {
        for (FileColumn column : columns) {
            if (column.path().size() == depth) {
                return column.type();
            }
        }
        return switch (declared) {
            case PrimitiveTypeInfo primitive -> primitiveType(primitive);
            case ListTypeInfo list -> new ArrayType(decodedType(list.getListElementTypeInfo(), List.of(), 0));
            case MapTypeInfo map -> new MapType(
                    decodedType(map.getMapKeyTypeInfo(), List.of(), 0),
                    decodedType(map.getMapValueTypeInfo(), List.of(), 0),
                    TYPE_OPERATORS);
            case StructTypeInfo struct -> rowType(struct, columns, depth);
            default -> throw unsupported(declared);
        };
    }

    private static Type rowType(StructTypeInfo struct, List<FileColumn> columns, int depth)
    {
        List<String> names = struct.getAllStructFieldNames();
        List<RowType.Field> fields = new ArrayList<>(names.size());
        for (int index = 0; index < names.size(); index++) {
            String name = names.get(index).toLowerCase(Locale.ENGLISH);
            List<FileColumn> below = columns.stream()
                    .filter(column -> column.path().get(depth).equalsIgnoreCase(name))
                    .toList();
            fields.add(RowType.field(name, decodedType(struct.getAllStructFieldTypeInfos().get(index), below, depth + 1)));
        }
        return RowType.from(fields);
    }

    private static Type primitiveType(PrimitiveTypeInfo declared)
    {
        return switch (declared.getPrimitiveCategory()) {
            case BOOLEAN -> BOOLEAN;
            case BYTE -> TINYINT;
            case SHORT -> SMALLINT;
            case INT -> INTEGER;
            case LONG -> BIGINT;
            case FLOAT -> REAL;
            case DOUBLE -> DOUBLE;
            case STRING -> VARCHAR;
            case VARCHAR -> createVarcharType(((VarcharTypeInfo) declared).getLength());
            case CHAR -> createCharType(((CharTypeInfo) declared).getLength());
            case DATE -> DATE;
            case TIMESTAMP -> TIMESTAMP_MILLIS;
            case BINARY -> VARBINARY;
            case DECIMAL -> createDecimalType(((DecimalTypeInfo) declared).precision(), ((DecimalTypeInfo) declared).scale());
            case VOID, TIMESTAMPLOCALTZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, VARIANT, UNKNOWN -> throw unsupported(declared);
        };
    }

    private static TrinoException unsupported(TypeInfo declared)
    {
        return new TrinoException(TARN_INVALID_METADATA, "No field of type '%s' can be read. Declare it with a type that Athena knows."
                .formatted(HiveType.fromTypeInfo(declared)));
    }
}
