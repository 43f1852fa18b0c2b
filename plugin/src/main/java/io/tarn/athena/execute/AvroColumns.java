package io.tarn.athena.execute;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DataType;
import io.tarn.athena.statement.DataType.Field;
import io.tarn.athena.statement.DataType.Primitive;
import io.trino.metastore.StorageFormat;
import io.trino.spi.TrinoException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

import java.util.List;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static io.trino.hive.formats.HiveClassNames.AVRO_SERDE_CLASS;
import static io.trino.hive.formats.avro.AvroHiveConstants.CHAR_TYPE_LOGICAL_NAME;
import static io.trino.hive.formats.avro.AvroHiveConstants.SCHEMA_LITERAL;
import static io.trino.hive.formats.avro.AvroHiveConstants.SCHEMA_NONE;
import static io.trino.hive.formats.avro.AvroHiveConstants.VARCHAR_AND_CHAR_LOGICAL_TYPE_LENGTH_PROP;
import static io.trino.hive.formats.avro.AvroHiveConstants.VARCHAR_TYPE_LOGICAL_NAME;

/**
 * The columns of a table that lists none and has a schema of Avro's: Hive's types for Avro's.
 */
final class AvroColumns
{
    private static final int MAX_TYPES = 100_000;
    // the most that the catalogue reads back
    private static final int MAX_NESTING = 100;

    private int types;

    private AvroColumns() {}

    /**
     * @return empty where nothing is said of them
     * @throws TrinoException {@code TARN_STATEMENT_REFUSED} for a schema that gives no columns
     */
    static List<ColumnDefinition> columns(CreateTable statement, StorageFormat format)
    {
        if (!format.getSerDeNullable().equals(AVRO_SERDE_CLASS)) {
            return ImmutableList.of();
        }
        return Optional.ofNullable(statement.serdeProperties().get(SCHEMA_LITERAL))
                .or(() -> Optional.ofNullable(statement.properties().get(SCHEMA_LITERAL)))
                .filter(literal -> !literal.isBlank() && !literal.equalsIgnoreCase(SCHEMA_NONE))
                .map(literal -> new AvroColumns().columns(parse(literal)))
                .orElse(ImmutableList.of());
    }

    private static Schema parse(String literal)
    {
        try {
            // as when files are read
            return new Schema.Parser().setValidateDefaults(false).parse(literal);
        }
        catch (AvroRuntimeException | StackOverflowError e) {
            throw refused("is no schema of Avro's: " + e.getMessage());
        }
    }

    private List<ColumnDefinition> columns(Schema schema)
    {
        if (schema.getType() != Schema.Type.RECORD) {
            throw refused("is of the type %s: a table's is a record".formatted(schema.getType().getName()));
        }
        return schema.getFields().stream()
                .map(field -> new ColumnDefinition(field.name(), type(field.name(), field.schema(), 0), Optional.ofNullable(field.doc())))
                .toList();
    }

    private DataType type(String column, Schema schema, int depth)
    {
        types++;
        if (depth > MAX_NESTING || types > MAX_TYPES) {
            throw refused("has types without end, or very many, in the field '%s': list the columns before LOCATION".formatted(column));
        }
        return switch (schema.getType()) {
            case BOOLEAN -> Primitive.of("boolean");
            case INT -> Primitive.of(schema.getLogicalType() instanceof LogicalTypes.Date ? "date" : "int");
            case LONG -> Primitive.of(isTimestamp(schema.getLogicalType()) ? "timestamp" : "bigint");
            case FLOAT -> Primitive.of("float");
            case DOUBLE -> Primitive.of("double");
            case STRING -> string(schema);
            case ENUM -> Primitive.of("string");
            case BYTES, FIXED -> schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                    ? new Primitive("decimal", ImmutableList.of(decimal.getPrecision(), decimal.getScale()))
                    : Primitive.of("binary");
            case ARRAY -> new DataType.Array(type(column, schema.getElementType(), depth + 1));
            case MAP -> new DataType.Map(Primitive.of("string"), type(column, schema.getValueType(), depth + 1));
            case RECORD -> record(column, schema, depth);
            case UNION -> type(column, onlyType(column, schema), depth + 1);
            case NULL -> throw refused("has a field '%s' of the type null, which no column can have".formatted(column));
        };
    }

    private DataType record(String column, Schema schema, int depth)
    {
        if (schema.getFields().isEmpty()) {
            throw refused("has a record without fields in '%s', which no column can hold".formatted(column));
        }
        return new DataType.Struct(schema.getFields().stream()
                .map(field -> new Field(field.name(), type(column, field.schema(), depth + 1), Optional.empty()))
                .toList());
    }

    private static boolean isTimestamp(LogicalType type)
    {
        return type instanceof LogicalTypes.TimestampMillis || type instanceof LogicalTypes.TimestampMicros;
    }

    private static Primitive string(Schema schema)
    {
        String logical = schema.getProp("logicalType");
        if ((CHAR_TYPE_LOGICAL_NAME.equals(logical) || VARCHAR_TYPE_LOGICAL_NAME.equals(logical))
                && schema.getObjectProp(VARCHAR_AND_CHAR_LOGICAL_TYPE_LENGTH_PROP) instanceof Integer length) {
            return new Primitive(logical, ImmutableList.of(length));
        }
        return Primitive.of("string");
    }

    private static Schema onlyType(String column, Schema union)
    {
        List<Schema> others = union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
        if (others.size() != 1) {
            throw refused("has a field '%s' that is one of %s types, and a column has one".formatted(column, others.size()));
        }
        return others.getFirst();
    }

    private static TrinoException refused(String problem)
    {
        return new TrinoException(TARN_STATEMENT_REFUSED, "The table lists no columns, and its property %s %s".formatted(SCHEMA_LITERAL, problem));
    }
}
