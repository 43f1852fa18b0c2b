package io.tarn.format.avro;

import io.trino.spi.TrinoException;
import org.apache.avro.Schema;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import static java.lang.Math.max;
import static java.util.Objects.requireNonNull;

/**
 * Checks what a schema says before anything is done with it: a few definitions that name each other make a very large
 * type, a very deep one, or one without an end.
 */
final class SchemaCheck
{
    private static final long MAX_TYPES = 100_000;
    // what the catalogue reads back has a hundred levels, and each may be one of Avro's and its union with null
    private static final int MAX_NESTING = 256;
    private static final int MAX_FIXED_SIZE = 16 * 1024 * 1024;
    private static final Extent SCALAR = new Extent(1, 1);
    private static final Extent UNFINISHED = new Extent(0, 0);

    private final Function<String, TrinoException> refusal;
    private final Map<Schema, Extent> records = new IdentityHashMap<>();

    private SchemaCheck(Function<String, TrinoException> refusal)
    {
        this.refusal = requireNonNull(refusal, "refusal is null");
    }

    /**
     * @param refusal the exception for what is wrong with the schema, as it goes on after "it"
     */
    static void check(Schema schema, Function<String, TrinoException> refusal)
    {
        new SchemaCheck(refusal).extent(schema, 1);
    }

    private Extent extent(Schema schema, int level)
    {
        requireLevel(level);
        return switch (schema.getType()) {
            case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, BYTES, ENUM -> SCALAR;
            case FIXED -> {
                if (schema.getFixedSize() < 0 || schema.getFixedSize() > MAX_FIXED_SIZE) {
                    throw refusal.apply("has a type '%s' of %s bytes".formatted(schema.getFullName(), schema.getFixedSize()));
                }
                yield SCALAR;
            }
            case ARRAY -> sum(List.of(schema.getElementType()), level);
            case MAP -> sum(List.of(schema.getValueType()), level);
            case UNION -> sum(schema.getTypes(), level);
            case RECORD -> record(schema, level);
        };
    }

    private Extent record(Schema schema, int level)
    {
        Extent known = records.get(schema);
        if (known == UNFINISHED) {
            throw refusal.apply("has a record '%s' that contains itself, which no table can hold".formatted(schema.getFullName()));
        }
        if (known == null) {
            records.put(schema, UNFINISHED);
            known = sum(schema.getFields().stream().map(Schema.Field::schema).toList(), level);
            records.put(schema, known);
        }
        requireLevel(level + known.levels() - 1);
        return known;
    }

    private Extent sum(List<Schema> parts, int level)
    {
        long types = 1;
        int levels = 0;
        for (Schema part : parts) {
            Extent extent = extent(part, level + 1);
            types += extent.types();
            levels = max(levels, extent.levels());
            if (types > MAX_TYPES) {
                throw refusal.apply("has more than %s types".formatted(MAX_TYPES));
            }
        }
        return new Extent(types, levels + 1);
    }

    private void requireLevel(int level)
    {
        if (level > MAX_NESTING) {
            throw refusal.apply("has types nested more than %s levels deep".formatted(MAX_NESTING));
        }
    }

    /**
     * @param types how many there are when each name is replaced by its definition
     * @param levels of types within types, the type itself one of them
     */
    private record Extent(long types, int levels) {}
}
