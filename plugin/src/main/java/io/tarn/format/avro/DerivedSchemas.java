package io.tarn.format.avro;

import io.tarn.format.FileColumn;
import io.tarn.format.FileErrors;
import io.trino.metastore.type.CharTypeInfo;
import io.trino.metastore.type.DecimalTypeInfo;
import io.trino.metastore.type.ListTypeInfo;
import io.trino.metastore.type.MapTypeInfo;
import io.trino.metastore.type.PrimitiveCategory;
import io.trino.metastore.type.PrimitiveTypeInfo;
import io.trino.metastore.type.StructTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.metastore.type.VarcharTypeInfo;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static io.trino.hive.formats.avro.AvroHiveConstants.CHAR_TYPE_LOGICAL_NAME;
import static io.trino.hive.formats.avro.AvroHiveConstants.VARCHAR_AND_CHAR_LOGICAL_TYPE_LENGTH_PROP;
import static io.trino.hive.formats.avro.AvroHiveConstants.VARCHAR_TYPE_LOGICAL_NAME;
import static java.util.Objects.requireNonNull;

/**
 * The schema to read one file with: what the columns are declared as, in the terms of what the file holds, so that the
 * library's resolution of the two finds its way and gives back the declared types. Fields are found by name, letter
 * case aside.
 */
final class DerivedSchemas
{
    /**
     * Marks types that {@link AvroTypes} decodes; the value is Hive's name of the type.
     */
    static final String TYPE_PROPERTY = "tarn.type";

    private final FileErrors errors;
    private int records;

    DerivedSchemas(FileErrors errors)
    {
        this.errors = requireNonNull(errors, "errors is null");
    }

    /**
     * @param columns whole fields
     * @param declared the schema that the table declares, for the names, the aliases and the defaults of fields that
     *         the file lacks
     * @throws io.trino.spi.TrinoException {@code TARN_SCHEMA_MISMATCH} where a declared type does not fit the file's
     */
    Schema readSchema(List<FileColumn> columns, Optional<Schema> declared, Schema written)
    {
        List<Schema.Field> fields = new ArrayList<>();
        for (FileColumn column : columns) {
            fields.add(field(column.name(), column.name(), column.hiveType().getTypeInfo(), declared, written, fields.size()));
        }
        return Schema.createRecord(written.getName(), null, written.getNamespace(), false, fields);
    }

    private Schema.Field field(String path, String name, TypeInfo type, Optional<Schema> declaredRecord, Schema writtenRecord, int index)
    {
        Optional<Schema.Field> declared = declaredRecord.flatMap(record -> find(record, name));
        Optional<Schema.Field> written = find(writtenRecord, declared.map(Schema.Field::name).orElse(name))
                .or(() -> declared.stream().flatMap(field -> field.aliases().stream()).flatMap(alias -> find(writtenRecord, alias).stream()).findFirst());
        if (written.isPresent()) {
            Schema schema = schema(path, type, declared.map(Schema.Field::schema), written.get().schema());
            return new Schema.Field(written.get().name(), nullable(schema), null, Schema.Field.NULL_DEFAULT_VALUE);
        }
        // a name that no field can have in the file, since the column's own may be none that Avro allows
        String missing = "missing_%s_%s".formatted(index, records++);
        if (declared.isPresent() && declared.get().hasDefaultValue()) {
            try {
                Schema schema = schema(path, type, Optional.of(declared.get().schema()), declared.get().schema());
                return new Schema.Field(missing, withDefaultFirst(schema, declared.get()), null, declared.get().defaultVal());
            }
            catch (AvroRuntimeException _) {
                // one that does not fit counts as none, as it does in Hive
            }
        }
        return new Schema.Field(missing, nullable(schema(path, type, Optional.empty(), Schema.create(Schema.Type.NULL))), null, Schema.Field.NULL_DEFAULT_VALUE);
    }

    /**
     * A default is one of the first branch.
     */
    private static Schema withDefaultFirst(Schema schema, Schema.Field declared)
    {
        boolean isNull = declared.defaultVal() == JsonProperties.NULL_VALUE;
        return isNull ? nullable(schema) : Schema.createUnion(schema, Schema.create(Schema.Type.NULL));
    }

    private static Optional<Schema.Field> find(Schema record, String name)
    {
        Schema.Field exact = record.getField(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        return record.getFields().stream().filter(field -> field.name().equalsIgnoreCase(name)).findFirst();
    }

    private static Schema nullable(Schema schema)
    {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
    }

    private Schema schema(String path, TypeInfo type, Optional<Schema> declared, Schema writtenOrUnion)
    {
        Schema written = onlyBranch(writtenOrUnion);
        Schema.Type kind = written.getType();
        boolean any = kind == Schema.Type.NULL;
        Schema schema = switch (type) {
            case PrimitiveTypeInfo primitive -> primitive(primitive, written);
            case ListTypeInfo list -> kind == Schema.Type.ARRAY || any
                    ? Schema.createArray(nullable(schema(
                    path + ".item",
                    list.getListElementTypeInfo(),
                    part(declared, Schema.Type.ARRAY, Schema::getElementType),
                    any ? written : written.getElementType())))
                    : null;
            case MapTypeInfo map -> (kind == Schema.Type.MAP || any) && isText(map.getMapKeyTypeInfo())
                    ? Schema.createMap(nullable(schema(
                    path + ".value",
                    map.getMapValueTypeInfo(),
                    part(declared, Schema.Type.MAP, Schema::getValueType),
                    any ? written : written.getValueType())))
                    : null;
            case StructTypeInfo struct -> kind == Schema.Type.RECORD || any ? record(path, struct, declared.map(DerivedSchemas::onlyBranch), written) : null;
            default -> null;
        };
        if (schema == null) {
            throw errors.mismatch(path, type.getTypeName(), describe(writtenOrUnion));
        }
        return schema;
    }

    private static Optional<Schema> part(Optional<Schema> declared, Schema.Type type, UnaryOperator<Schema> part)
    {
        return declared.map(DerivedSchemas::onlyBranch).filter(schema -> schema.getType() == type).map(part);
    }

    private Schema record(String path, StructTypeInfo struct, Optional<Schema> declared, Schema written)
    {
        Schema record = written.getType() == Schema.Type.RECORD ? written : Schema.createRecord("none", null, null, false, List.of());
        Optional<Schema> declaredRecord = declared.filter(schema -> schema.getType() == Schema.Type.RECORD);
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < struct.getAllStructFieldNames().size(); i++) {
            String name = struct.getAllStructFieldNames().get(i).toLowerCase(Locale.ENGLISH);
            fields.add(field(path + "." + name, name, struct.getAllStructFieldTypeInfos().get(i), declaredRecord, record, i));
        }
        return written.getType() == Schema.Type.RECORD
                ? Schema.createRecord(written.getName(), null, written.getNamespace(), false, fields)
                : Schema.createRecord("record_" + records++, null, null, false, fields);
    }

    private static Schema primitive(PrimitiveTypeInfo type, Schema written)
    {
        Schema.Type kind = written.getType();
        boolean any = kind == Schema.Type.NULL;
        boolean bytes = any || kind == Schema.Type.STRING || kind == Schema.Type.BYTES;
        boolean whole = any || kind == Schema.Type.INT;
        PrimitiveCategory category = type.getPrimitiveCategory();
        return switch (category) {
            case STRING -> kind == Schema.Type.ENUM ? written : bytes ? Schema.create(Schema.Type.STRING) : null;
            case VARCHAR -> bytes ? text(VARCHAR_TYPE_LOGICAL_NAME, ((VarcharTypeInfo) type).getLength()) : null;
            case CHAR -> bytes ? text(CHAR_TYPE_LOGICAL_NAME, ((CharTypeInfo) type).getLength()) : null;
            case BINARY -> kind == Schema.Type.FIXED ? fixed(written) : bytes ? Schema.create(Schema.Type.BYTES) : null;
            case BOOLEAN -> any || kind == Schema.Type.BOOLEAN ? Schema.create(Schema.Type.BOOLEAN) : null;
            case BYTE, SHORT -> whole ? marked(Schema.create(Schema.Type.INT), type) : null;
            case INT -> whole ? Schema.create(Schema.Type.INT) : null;
            case LONG -> whole || kind == Schema.Type.LONG ? Schema.create(Schema.Type.LONG) : null;
            case FLOAT -> whole || kind == Schema.Type.LONG || kind == Schema.Type.FLOAT ? Schema.create(Schema.Type.FLOAT) : null;
            case DOUBLE -> whole || kind == Schema.Type.LONG || kind == Schema.Type.FLOAT || kind == Schema.Type.DOUBLE ? Schema.create(Schema.Type.DOUBLE) : null;
            case DATE -> whole ? LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)) : null;
            case TIMESTAMP -> any || kind == Schema.Type.LONG ? marked(Schema.create(Schema.Type.LONG), type) : null;
            case DECIMAL -> decimal((DecimalTypeInfo) type, written);
            case VOID, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, TIMESTAMPLOCALTZ, VARIANT, UNKNOWN -> null;
        };
    }

    private static Schema decimal(DecimalTypeInfo type, Schema written)
    {
        if (written.getType() == Schema.Type.NULL) {
            return marked(Schema.create(Schema.Type.BYTES), type);
        }
        if (!(LogicalTypes.fromSchemaIgnoreInvalid(written) instanceof LogicalTypes.Decimal)) {
            return null;
        }
        return marked(written.getType() == Schema.Type.FIXED ? fixed(written) : Schema.create(Schema.Type.BYTES), type);
    }

    private static Schema fixed(Schema written)
    {
        return Schema.createFixed(written.getName(), null, written.getNamespace(), written.getFixedSize());
    }

    private static Schema text(String logicalType, int length)
    {
        Schema schema = Schema.create(Schema.Type.STRING);
        schema.addProp(LogicalType.LOGICAL_TYPE_PROP, logicalType);
        schema.addProp(VARCHAR_AND_CHAR_LOGICAL_TYPE_LENGTH_PROP, length);
        return schema;
    }

    private static Schema marked(Schema schema, PrimitiveTypeInfo type)
    {
        schema.addProp(TYPE_PROPERTY, type.getTypeName());
        return schema;
    }

    private static boolean isText(TypeInfo type)
    {
        return type instanceof PrimitiveTypeInfo primitive && primitive.getPrimitiveCategory() == PrimitiveCategory.STRING;
    }

    /**
     * The type that a union with null stands for.
     */
    private static Schema onlyBranch(Schema schema)
    {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> branches = schema.getTypes().stream().filter(branch -> branch.getType() != Schema.Type.NULL).toList();
        return branches.size() == 1 ? branches.getFirst() : branches.isEmpty() ? Schema.create(Schema.Type.NULL) : schema;
    }

    private static String describe(Schema schema)
    {
        Schema only = onlyBranch(schema);
        String name = only.getType().getName();
        LogicalType logicalType = LogicalTypes.fromSchemaIgnoreInvalid(only);
        if (logicalType instanceof LogicalTypes.Decimal decimal) {
            return "%s decimal(%s,%s)".formatted(name, decimal.getPrecision(), decimal.getScale());
        }
        return logicalType == null ? name : name + " " + logicalType.getName();
    }
}
