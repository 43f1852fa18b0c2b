package io.tarn.format.avro;

import io.tarn.format.FileErrors;
import org.apache.avro.Schema;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * Checks what a file's schema says before anything is done with it: a few definitions that name each other make a very
 * large type, or one without an end.
 */
final class SchemaCheck
{
    private static final long MAX_NODES = 100_000;
    private static final int MAX_FIXED_SIZE = 16 * 1024 * 1024;
    private static final long UNFINISHED = -1;

    private final FileErrors errors;
    private final Map<Schema, Long> records = new IdentityHashMap<>();

    private SchemaCheck(FileErrors errors)
    {
        this.errors = requireNonNull(errors, "errors is null");
    }

    /**
     * @throws io.trino.spi.TrinoException {@code TARN_CANNOT_OPEN_FILE}
     */
    static void check(Schema schema, FileErrors errors)
    {
        new SchemaCheck(errors).nodes(schema);
    }

    /**
     * How many types there are when each name is replaced by its definition.
     */
    private long nodes(Schema schema)
    {
        return switch (schema.getType()) {
            case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, BYTES, ENUM -> 1;
            case FIXED -> {
                if (schema.getFixedSize() < 0 || schema.getFixedSize() > MAX_FIXED_SIZE) {
                    throw errors.cannotOpen("its schema has a type '%s' of %s bytes".formatted(schema.getFullName(), schema.getFixedSize()));
                }
                yield 1;
            }
            case ARRAY -> 1 + nodes(schema.getElementType());
            case MAP -> 1 + nodes(schema.getValueType());
            case UNION -> sum(schema.getTypes());
            case RECORD -> {
                Long known = records.get(schema);
                if (known != null && known == UNFINISHED) {
                    throw errors.cannotOpen("its schema has a record '%s' that contains itself, which no table can hold".formatted(schema.getFullName()));
                }
                if (known == null) {
                    records.put(schema, UNFINISHED);
                    known = sum(schema.getFields().stream().map(Schema.Field::schema).toList());
                    records.put(schema, known);
                }
                yield known;
            }
        };
    }

    private long sum(List<Schema> parts)
    {
        long sum = 1;
        for (Schema part : parts) {
            sum += nodes(part);
            if (sum > MAX_NODES) {
                throw errors.cannotOpen("its schema has more than %s types".formatted(MAX_NODES));
            }
        }
        return sum;
    }
}
