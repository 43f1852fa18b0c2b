package io.tarn.server.lake;

import io.airlift.units.Duration;
import io.tarn.error.TarnErrorCode;
import io.trino.client.FailureException;
import io.trino.testing.QueryFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_METASTORE_UNAVAILABLE;
import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static io.tarn.server.lake.LakeFixture.SCHEMA;
import static io.tarn.server.lake.LakeFixture.location;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * What an analyst reads when the lake is broken: the thing at fault, and the remedy, whichever way the storage is read.
 */
@TestInstance(PER_CLASS)
final class TestBadInput
{
    private LakeFixture lake;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    @Test
    void missingTableBucketAndFiles()
    {
        for (String catalog : lake.tarnCatalogs()) {
            assertThatThrownBy(() -> query(catalog, "SELECT * FROM no_such_table"))
                    .hasMessageContaining("Table '%s.%s.no_such_table' does not exist".formatted(catalog, SCHEMA));
        }
        lake.declare(Declared.json("nothing_there", "a string"));
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(Declared.json("no_bucket", "a string").toTableInput().toBuilder()
                .storageDescriptor(Declared.json("no_bucket", "a string").toTableInput().storageDescriptor().toBuilder().location("s3://no-such-bucket-of-tarn/x/").build())
                .build()));
        for (String catalog : lake.tarnCatalogs()) {
            assertThat(query(catalog, "SELECT count(*) FROM nothing_there")).isEqualTo(0L);
            assertFails(catalog, "SELECT count(*) FROM no_bucket", TARN_FILE_NOT_FOUND, "no-such-bucket-of-tarn");
        }
    }

    @Test
    void truncatedGzip()
            throws IOException
    {
        Declared table = Declared.json("truncated", "a bigint");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 20_000; i++) {
                gzip.write("{\"a\": %s}\n".formatted(i * 7919L % 100_003).getBytes(UTF_8));
            }
        }
        lake.put(table.folder() + "part.json.gz", Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        lake.declare(table);
        for (String catalog : lake.tarnCatalogs()) {
            assertFails(catalog, "SELECT sum(a) FROM truncated", TARN_BAD_DATA, location(table.folder() + "part.json.gz"));
        }
    }

    @Test
    void malformedJson()
    {
        byte[] lines = "{\"a\": 1}\n{\"a\": nonsense\n{\"a\": 3}\n".getBytes(UTF_8);
        Declared strict = Declared.json("malformed", "a bigint");
        Declared lenient = Declared.json("malformed_ignored", "a bigint").withSerdeParameters(Map.of("ignore.malformed.json", "true"));
        for (Declared table : new Declared[] {strict, lenient}) {
            lake.put(table.folder() + "lines.json", lines);
            lake.declare(table);
        }
        for (String catalog : lake.tarnCatalogs()) {
            assertFails(catalog, "SELECT sum(a) FROM malformed", TARN_BAD_DATA, location(strict.folder() + "lines.json"), "ine 2 of", "nonsense", "ignore.malformed.json");
            assertThat(query(catalog, "SELECT sum(a) FROM malformed_ignored")).isEqualTo(4L);
            assertThat(query(catalog, "SELECT count(\"$line\") FROM malformed")).isEqualTo(3L);
        }
    }

    @Test
    void csvNumberThatIsNone()
    {
        Declared table = Declared.csv("bad_number", "id bigint", "name string");
        lake.put(table.folder() + "rows.csv", "1,one\ntwo,two\n".getBytes(UTF_8));
        lake.declare(table);
        for (String catalog : lake.tarnCatalogs()) {
            assertFails(catalog, "SELECT sum(id) FROM bad_number", TARN_BAD_DATA, location(table.folder() + "rows.csv"), "ine 2 of", "'id'", "two");
            assertThat(query(catalog, "SELECT max(name) FROM bad_number")).isEqualTo("two");
        }
    }

    @Test
    void parquetThatIsNone()
    {
        Declared magic = Declared.parquet("wrong_magic", "a bigint");
        lake.put(magic.folder() + "part.parquet", "id,name\n1,one\n2,two\n".repeat(10).getBytes(UTF_8));
        Declared footer = Declared.parquet("broken_footer", "a bigint");
        byte[] broken = new byte[100];
        System.arraycopy("PAR1".getBytes(UTF_8), 0, broken, 0, 4);
        System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 'P', 'A', 'R', '1'}, 0, broken, 92, 8);
        lake.put(footer.folder() + "part.parquet", broken);
        lake.declare(magic);
        lake.declare(footer);
        for (String catalog : lake.tarnCatalogs()) {
            assertFails(catalog, "SELECT * FROM wrong_magic", TARN_CANNOT_OPEN_FILE, location(magic.folder() + "part.parquet"));
            assertFails(catalog, "SELECT * FROM broken_footer", TARN_CANNOT_OPEN_FILE, location(footer.folder() + "part.parquet"));
        }
    }

    @Test
    void definitionsThatCannotBeUnderstood()
    {
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(Declared.json("strange_type", "a strong").toTableInput()));
        Declared serde = new Declared("strange_serde", "com.example.NoSuchSerDe", "com.example.NoSuchInput", Map.of(), Map.of(), Declared.columns("a string"), List.of());
        lake.put(serde.folder() + "file", "x\n".getBytes(UTF_8));
        lake.declare(serde);
        for (String catalog : lake.tarnCatalogs()) {
            assertFails(catalog, "SELECT * FROM strange_type", TARN_INVALID_METADATA, "strange_type", "strong");
            assertFails(catalog, "SELECT * FROM strange_serde", TARN_UNSUPPORTED_FORMAT, "com.example.NoSuchSerDe");
            // a broken table does not hide the others
            assertThat((Long) query(catalog, "SELECT count(*) FROM information_schema.columns WHERE table_schema = '%s' AND table_name = 'strange_serde'".formatted(SCHEMA))).isEqualTo(1L);
        }
    }

    @Test
    void catalogueThatIsDown()
            throws IOException
    {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Map<String, String> properties = new HashMap<>(lake.tarnGlueProperties());
        properties.put("glue.endpoint-url", "http://127.0.0.1:" + port);
        properties.put("glue.max-attempts", "2");
        properties.put("glue.request-timeout", new Duration(5, SECONDS).toString());
        properties.put("storage.kind", "local");
        properties.put("storage.local.root", System.getProperty("java.io.tmpdir"));
        lake.queryRunner().createCatalog("down", "tarn", properties);
        assertFails("down", "SELECT * FROM any_table", TARN_METASTORE_UNAVAILABLE, "127.0.0.1:" + port);
    }

    private Object query(String catalog, String sql)
    {
        return lake.queryRunner().execute(lake.session(catalog), sql).getOnlyValue();
    }

    private void assertFails(String catalog, String sql, TarnErrorCode code, String... parts)
    {
        assertThatThrownBy(() -> lake.queryRunner().execute(lake.session(catalog), sql))
                .as("%s in %s", sql, catalog)
                .isInstanceOf(QueryFailedException.class)
                .hasMessageContainingAll(parts)
                .satisfies(e -> assertThat(((FailureException) e.getCause()).getFailureInfo().getErrorInfo().getName()).isEqualTo(code.name()));
    }
}
