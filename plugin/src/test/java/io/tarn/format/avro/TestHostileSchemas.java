package io.tarn.format.avro;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.trino.spi.StandardErrorCode;
import io.trino.spi.TrinoException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.page;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.trino.spi.type.BigintType.BIGINT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Schemas that are small as texts and have no end, no bottom, or no bounds, wherever a schema comes from.
 */
final class TestHostileSchemas
{
    private static final FileColumn COLUMN = column("id", 0, BIGINT);

    @TempDir
    Path directory;

    private AvroFiles files;

    @BeforeEach
    void setUp()
    {
        files = new AvroFiles(directory);
        files.write("sound", List.of(COLUMN), FileCodec.NONE, Map.of(), page(List.of(COLUMN), 10, 1));
    }

    static Stream<Hostile> schemas()
    {
        return Stream.of(
                new Hostile("a record in itself", record("t", "id", "long", "next", "[\"null\", \"t\"]"), "has a record 't' that contains itself"),
                new Hostile("records in each other", record("t", "id", "long", "a", record("a", "b", record("b", "a", "{\"type\": \"array\", \"items\": \"a\"}"))), "has a record 'a' that contains itself"),
                new Hostile("10,000 levels in the text", record("t", "id", "long", "deep", "{\"type\": \"array\", \"items\": ".repeat(10_000) + "\"int\"" + "}".repeat(10_000)), "is no schema of Avro's"),
                new Hostile("257 levels in the text", record("t", "id", "long", "deep", arrays(256)), "has types nested more than 256 levels deep"),
                new Hostile("1,000 levels by name", chain(1_000), "has types nested more than 256 levels deep"),
                new Hostile("300 levels by name, the deepest last", forwardChain(300), "has types nested more than 256 levels deep"),
                new Hostile("10,000 levels by name", chain(10_000), "has 10001 records and "),
                new Hostile("10,000 levels by name behind a comment", "/* */" + forwardChain(10_000), "has 10001 records and "),
                new Hostile("twice as many with each level", doubling(60), "has more than 100000 types"),
                new Hostile("a huge record", record("t", IntStream.range(0, 100_001).boxed().flatMap(i -> Stream.of("f" + i, "int")).toArray(String[]::new)), "has more than 100000 types"),
                new Hostile("a huge value", record("t", "id", "long", "f", "{\"type\": \"fixed\", \"name\": \"f\", \"size\": 2000000000}"), "has a type 'f' of 2000000000 bytes"),
                new Hostile("a value larger than any", record("t", "id", "long", "f", "{\"type\": \"fixed\", \"name\": \"f\", \"size\": 2147483647}"), "is no schema of Avro's"),
                new Hostile("no record", "\"int\"", "is of the type int, not a record"));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void testRefusedEverywhere(Hostile hostile)
    {
        files.putSchema("file", hostile.schema());
        assertTarnError(() -> files.reading("file", COLUMN).rows(), TARN_CANNOT_OPEN_FILE, "local:///file", "its schema " + hostile.problem());

        Map<String, String> literal = ImmutableMap.of("avro.schema.literal", hostile.schema());
        assertTarnError(() -> files.reading("sound", COLUMN).with(literal).rows(), TARN_INVALID_METADATA, "Property avro.schema.literal of the table gives no Avro schema: it " + hostile.problem());
        assertTarnError(() -> new AvroFormatWriter().check(AvroFiles.schema(List.of(COLUMN), literal)), TARN_INVALID_METADATA, "avro.schema.literal");

        files.put("schema.avsc", hostile.schema().getBytes(UTF_8));
        assertTarnError(
                () -> files.reading("sound", COLUMN).with(ImmutableMap.of("avro.schema.url", "local:///schema.avsc")).rows(),
                TARN_INVALID_METADATA,
                "Property avro.schema.url of the table gives no Avro schema: it " + hostile.problem());

        assertThatThrownBy(() -> SchemaColumns.columns(hostile.schema(), problem -> new TrinoException(StandardErrorCode.INVALID_ARGUMENTS, problem)))
                .isInstanceOf(TrinoException.class)
                .hasMessageStartingWith(hostile.problem());
    }

    /**
     * What a table can just have is read.
     */
    @Test
    void testLargeSchemas()
    {
        List<List<Object>> expected = files.reading("sound", COLUMN).rows();
        for (String schema : List.of(
                record("t", "id", "long", "deep", arrays(255)),
                record("t", "id", "long", "other", record("r", IntStream.range(0, 90_000).boxed().flatMap(i -> Stream.of("f" + i, "int")).toArray(String[]::new))))) {
            assertThat(files.reading("sound", COLUMN).with(ImmutableMap.of("avro.schema.literal", schema)).rows()).isEqualTo(expected);
            files.putSchema("file", schema);
            assertThat(files.reading("file", COLUMN).rows()).isEmpty();
        }
    }

    private static String arrays(int levels)
    {
        return "{\"type\": \"array\", \"items\": ".repeat(levels - 1) + "\"int\"" + "}".repeat(levels - 1);
    }

    /**
     * @param fields names and types, in turn
     */
    private static String record(String name, String... fields)
    {
        return IntStream.range(0, fields.length / 2)
                .mapToObj(i -> "{\"name\": \"%s\", \"type\": %s}".formatted(fields[2 * i], fields[2 * i + 1].matches("\\w+") ? '"' + fields[2 * i + 1] + '"' : fields[2 * i + 1]))
                .collect(joining(", ", "{\"type\": \"record\", \"name\": \"%s\", \"fields\": [".formatted(name), "]}"));
    }

    /**
     * Records side by side, each of which has the one before.
     */
    private static String chain(int length)
    {
        return record("t", IntStream.range(0, length).boxed()
                .flatMap(i -> Stream.of("f" + i, i == 0 ? record("r0", "a", "int") : record("r" + i, "a", "r" + (i - 1))))
                .toArray(String[]::new));
    }

    /**
     * Each of which has the one that comes after it.
     */
    private static String forwardChain(int length)
    {
        return record("t", IntStream.range(0, length).boxed()
                .flatMap(i -> Stream.of("f" + i, record("r" + i, "a", i == length - 1 ? "int" : "r" + (i + 1))))
                .toArray(String[]::new));
    }

    private static String doubling(int levels)
    {
        return record("t", IntStream.range(0, levels).boxed()
                .flatMap(i -> Stream.of("f" + i, i == 0 ? record("r0", "a", "int") : record("r" + i, "a", "r" + (i - 1), "b", "r" + (i - 1))))
                .toArray(String[]::new));
    }

    private record Hostile(String name, String schema, String problem)
    {
        @Override
        public String toString()
        {
            return name;
        }
    }
}
