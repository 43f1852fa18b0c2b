package io.tarn.format.avro;

import io.trino.hive.formats.avro.AvroTypeException;
import io.trino.metastore.HiveType;
import io.trino.metastore.type.TypeInfo;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

import java.util.ArrayList;
import java.util.List;

import static io.tarn.format.avro.DerivedSchemas.TYPE_PROPERTY;
import static io.trino.hive.formats.avro.AvroHiveConstants.CHAR_TYPE_LOGICAL_NAME;
import static io.trino.hive.formats.avro.AvroHiveConstants.VARCHAR_AND_CHAR_LOGICAL_TYPE_LENGTH_PROP;
import static io.trino.hive.formats.avro.AvroHiveConstants.VARCHAR_TYPE_LOGICAL_NAME;
import static io.trino.metastore.type.TypeInfoFactory.getCharTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getDecimalTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getListTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getMapTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getPrimitiveTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getStructTypeInfo;
import static io.trino.metastore.type.TypeInfoFactory.getVarcharTypeInfo;

/**
 * Hive's types for Avro's.
 */
final class SchemaTypes
{
    private SchemaTypes() {}

    /**
     * @param schema checked, since this follows all that it names
     * @throws AvroTypeException where there is none; the message goes on after "a field"
     * @throws IllegalArgumentException for a length or a number of digits that Hive lacks
     */
    static TypeInfo typeInfo(Schema schema)
            throws AvroTypeException
    {
        String declared = schema.getProp(TYPE_PROPERTY);
        if (declared != null) {
            return HiveType.valueOf(declared).getTypeInfo();
        }
        return switch (schema.getType()) {
            case BOOLEAN -> getPrimitiveTypeInfo("boolean");
            case INT -> getPrimitiveTypeInfo(schema.getLogicalType() instanceof LogicalTypes.Date ? "date" : "int");
            case LONG -> getPrimitiveTypeInfo(isTimestamp(schema.getLogicalType()) ? "timestamp" : "bigint");
            case FLOAT -> getPrimitiveTypeInfo("float");
            case DOUBLE -> getPrimitiveTypeInfo("double");
            case STRING -> text(schema);
            case ENUM -> getPrimitiveTypeInfo("string");
            case BYTES, FIXED -> schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                    ? getDecimalTypeInfo(decimal.getPrecision(), decimal.getScale())
                    : getPrimitiveTypeInfo("binary");
            case ARRAY -> getListTypeInfo(typeInfo(schema.getElementType()));
            case MAP -> getMapTypeInfo(getPrimitiveTypeInfo("string"), typeInfo(schema.getValueType()));
            case RECORD -> struct(schema);
            case UNION -> typeInfo(onlyType(schema));
            case NULL -> throw new AvroTypeException("of the type null, which no column can have");
        };
    }

    private static boolean isTimestamp(LogicalType type)
    {
        return type instanceof LogicalTypes.TimestampMillis || type instanceof LogicalTypes.TimestampMicros;
    }

    private static TypeInfo text(Schema schema)
    {
        String logical = schema.getProp(LogicalType.LOGICAL_TYPE_PROP);
        if (schema.getObjectProp(VARCHAR_AND_CHAR_LOGICAL_TYPE_LENGTH_PROP) instanceof Integer length) {
            if (CHAR_TYPE_LOGICAL_NAME.equals(logical)) {
                return getCharTypeInfo(length);
            }
            if (VARCHAR_TYPE_LOGICAL_NAME.equals(logical)) {
                return getVarcharTypeInfo(length);
            }
        }
        return getPrimitiveTypeInfo("string");
    }

    private static TypeInfo struct(Schema schema)
            throws AvroTypeException
    {
        if (schema.getFields().isEmpty()) {
            throw new AvroTypeException("with a record without fields, which no column can hold");
        }
        List<String> names = new ArrayList<>();
        List<TypeInfo> types = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            names.add(field.name());
            types.add(typeInfo(field.schema()));
        }
        return getStructTypeInfo(names, types);
    }

    private static Schema onlyType(Schema union)
            throws AvroTypeException
    {
        List<Schema> others = union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
        if (others.size() != 1) {
            throw new AvroTypeException("that is one of %s types, and a column has one".formatted(others.size()));
        }
        return others.getFirst();
    }
}
