package io.tarn.format.avro;

import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.trino.metastore.type.CharTypeInfo;
import io.trino.metastore.type.DecimalTypeInfo;
import io.trino.metastore.type.ListTypeInfo;
import io.trino.metastore.type.MapTypeInfo;
import io.trino.metastore.type.PrimitiveCategory;
import io.trino.metastore.type.PrimitiveTypeInfo;
import io.trino.metastore.type.StructTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.metastore.type.VarcharTypeInfo;
import io.trino.spi.TrinoException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

import java.util.ArrayList;
import java.util.List;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.trino.hive.formats.avro.AvroHiveConstants.CHAR_TYPE_LOGICAL_NAME;
import static io.trino.hive.formats.avro.AvroHiveConstants.SCHEMA_NAME;
import static io.trino.hive.formats.avro.AvroHiveConstants.SCHEMA_NAMESPACE;
import static io.trino.hive.formats.avro.AvroHiveConstants.VARCHAR_AND_CHAR_LOGICAL_TYPE_LENGTH_PROP;
import static io.trino.hive.formats.avro.AvroHiveConstants.VARCHAR_TYPE_LOGICAL_NAME;
import static java.util.Locale.ENGLISH;

/**
 * The schema that Hive's Avro SerDe gives a table's columns: each may be null, small integers become {@code int}, and
 * what Avro has no type for is marked by a logical one.
 */
final class WrittenSchemas
{
    private int records;

    private WrittenSchemas() {}

    /**
     * @throws TrinoException {@code TARN_CANNOT_WRITE} for a column whose name or type no Avro file can have
     */
    static Schema ofColumns(FileSchema table)
    {
        WrittenSchemas schemas = new WrittenSchemas();
        List<Schema.Field> fields = new ArrayList<>();
        for (FileField field : table.fields()) {
            fields.add(schemas.field(field.name(), field.name(), field.type().getTypeInfo()));
        }
        String name = table.properties().getOrDefault(SCHEMA_NAME, "baseRecord");
        String namespace = table.properties().get(SCHEMA_NAMESPACE);
        try {
            return Schema.createRecord(name, null, namespace, false, fields);
        }
        catch (AvroRuntimeException e) {
            throw new TrinoException(TARN_CANNOT_WRITE, "An Avro file cannot be written for the table: %s. Rename the columns, or correct %s and %s.".formatted(e.getMessage(), SCHEMA_NAME, SCHEMA_NAMESPACE), e);
        }
    }

    private Schema.Field field(String path, String name, TypeInfo type)
    {
        Schema schema = nullable(path, type);
        try {
            return new Schema.Field(name.toLowerCase(ENGLISH), schema, null, Schema.Field.NULL_DEFAULT_VALUE);
        }
        catch (AvroRuntimeException e) {
            throw new TrinoException(TARN_CANNOT_WRITE, "Column '%s' cannot be written as Avro, whose names have letters, digits and '_' only: %s. Rename it, or create the table in another format.".formatted(path, e.getMessage()), e);
        }
    }

    private Schema nullable(String path, TypeInfo type)
    {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), schema(path, type));
    }

    private Schema schema(String path, TypeInfo type)
    {
        return switch (type) {
            case PrimitiveTypeInfo primitive -> primitive(path, primitive);
            case ListTypeInfo list -> Schema.createArray(nullable(path + ".item", list.getListElementTypeInfo()));
            case MapTypeInfo map when map.getMapKeyTypeInfo() instanceof PrimitiveTypeInfo key && key.getPrimitiveCategory() == PrimitiveCategory.STRING -> Schema.createMap(nullable(path + ".value", map.getMapValueTypeInfo()));
            case StructTypeInfo struct -> {
                String name = "record_" + records++;
                List<Schema.Field> fields = new ArrayList<>();
                for (int i = 0; i < struct.getAllStructFieldNames().size(); i++) {
                    String fieldName = struct.getAllStructFieldNames().get(i);
                    fields.add(field(path + "." + fieldName, fieldName, struct.getAllStructFieldTypeInfos().get(i)));
                }
                yield Schema.createRecord(name, null, null, false, fields);
            }
            default -> throw unwritable(path, type);
        };
    }

    private static Schema primitive(String path, PrimitiveTypeInfo type)
    {
        PrimitiveCategory category = type.getPrimitiveCategory();
        return switch (category) {
            case STRING -> Schema.create(Schema.Type.STRING);
            case VARCHAR -> text(VARCHAR_TYPE_LOGICAL_NAME, ((VarcharTypeInfo) type).getLength());
            case CHAR -> text(CHAR_TYPE_LOGICAL_NAME, ((CharTypeInfo) type).getLength());
            case BINARY -> Schema.create(Schema.Type.BYTES);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case BYTE, SHORT, INT -> Schema.create(Schema.Type.INT);
            case LONG -> Schema.create(Schema.Type.LONG);
            case FLOAT -> Schema.create(Schema.Type.FLOAT);
            case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIMESTAMP -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case DECIMAL -> {
                DecimalTypeInfo decimal = (DecimalTypeInfo) type;
                yield LogicalTypes.decimal(decimal.precision(), decimal.scale()).addToSchema(Schema.create(Schema.Type.BYTES));
            }
            case VOID, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, TIMESTAMPLOCALTZ, VARIANT, UNKNOWN -> throw unwritable(path, type);
        };
    }

    private static Schema text(String logicalType, int length)
    {
        Schema schema = Schema.create(Schema.Type.STRING);
        schema.addProp(LogicalType.LOGICAL_TYPE_PROP, logicalType);
        schema.addProp(VARCHAR_AND_CHAR_LOGICAL_TYPE_LENGTH_PROP, length);
        return schema;
    }

    private static TrinoException unwritable(String path, TypeInfo type)
    {
        return new TrinoException(TARN_CANNOT_WRITE, "Column '%s' is declared %s, which Avro cannot hold; keys of maps can only be strings. Declare it with another type, or create the table in another format.".formatted(path, type.getTypeName()));
    }
}
