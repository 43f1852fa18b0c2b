package io.tarn.format.line;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.trino.metastore.HiveType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import static io.tarn.format.line.LineFiles.column;
import static io.tarn.format.line.LineFiles.columns;
import static io.tarn.format.line.LineFiles.schema;
import static io.tarn.format.line.LineFiles.trinoType;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The story's real files, where they lie beside the repository.
 */
@EnabledIf("present")
class TestWorkshopFiles
{
    private static final Path DATA = Path.of(System.getProperty("tarn.root", "."), "..", "shared", "data");

    private final LineFiles files = new LineFiles();
    private final HiveReader hive = new HiveReader(files);

    static boolean present()
    {
        return Files.isDirectory(DATA);
    }

    @Test
    void testZipCodes()
            throws IOException
    {
        FileSchema schema = schema(
                OPENCSV_SERDE_CLASS,
                ImmutableMap.of("skip.header.line.count", "1"),
                "zipcode",
                "string",
                "zipcodetype",
                "string",
                "city",
                "string",
                "state",
                "string",
                "locationtype",
                "string",
                "lat",
                "string",
                "long",
                "string",
                "location",
                "string",
                "decommisioned",
                "string");
        FileSlice file = file("zipcodedata.csv");
        List<List<Object>> rows = files.rows(schema, file);
        assertThat(rows).hasSize(42_522);
        assertThat(rows).isEqualTo(hive.rows(schema, file));
        assertThat(rows.stream().filter(row -> row.stream().anyMatch(value -> value.toString().contains(",")))).hasSize(9);
        assertThat(rows).allSatisfy(row -> assertThat(row.getLast()).isIn("TRUE", "FALSE"));

        FileSchema typed = schema(
                OPENCSV_SERDE_CLASS,
                ImmutableMap.of("skip.header.line.count", "1"),
                "zipcode",
                "int",
                "zipcodetype",
                "string",
                "city",
                "string",
                "state",
                "string",
                "locationtype",
                "string",
                "lat",
                "string",
                "long",
                "string",
                "location",
                "string",
                "decommisioned",
                "boolean");
        assertThat(files.rows(typed, file, List.of(column(typed, "zipcode"), column(typed, "decommisioned"))))
                .isEqualTo(rows.stream().map(row -> List.<Object>of(Integer.parseInt(row.getFirst().toString()), row.getLast().equals("TRUE"))).toList());
    }

    @Test
    void testProfiles()
            throws IOException
    {
        String[] fields = IntStream.range(0, 26).mapToObj(index -> index % 2 == 0 ? "c" + index / 2 : "string").toArray(String[]::new);
        FileSchema schema = schema(OPENCSV_SERDE_CLASS, fields);
        FileSlice file = file("profile.csv");
        List<List<Object>> rows = files.rows(schema, file);
        assertThat(rows).hasSize(1000).isEqualTo(hive.rows(schema, file));
        // the file starts with a byte order mark
        assertThat(rows.getFirst().getFirst()).isEqualTo("1");
        fields[1] = "int";
        FileSchema typed = schema(OPENCSV_SERDE_CLASS, fields);
        assertThat(files.rows(typed, file, List.of(columns(typed).getFirst()))).extracting(List::getFirst)
                .isEqualTo(IntStream.rangeClosed(1, 1000).boxed().toList());
    }

    @Test
    void testStatusDocuments()
            throws IOException
    {
        FileSchema schema = schema(
                OPENX_JSON_SERDE_CLASS,
                "version",
                "int",
                "nginx_version",
                "string",
                "timestamp",
                "bigint",
                "connections",
                "struct<accepted:bigint,dropped:bigint,active:bigint,idle:bigint>",
                "requests",
                "struct<total:bigint,current:bigint>",
                "server_zones",
                "map<string,struct<processing:int,requests:bigint,responses:map<string,bigint>,sent:bigint>>");
        FileSlice file = file("nginxplus_status.json.gz");
        List<List<Object>> rows = files.rows(schema, file);
        assertThat(rows).hasSize(500).isEqualTo(hive.rows(schema, file));

        FileColumn accepted = new FileColumn("connections", 3, List.of("accepted"), HiveType.HIVE_LONG, trinoType(HiveType.HIVE_LONG));
        FileColumn total = new FileColumn("requests", 4, List.of("total"), HiveType.HIVE_LONG, trinoType(HiveType.HIVE_LONG));
        assertThat(files.rows(schema, file, List.of(accepted, FileColumn.RAW_LINE, total))).hasSize(500).allSatisfy(row -> assertThat(row.get(1).toString())
                .contains("\"accepted\":%s,".formatted(row.get(0)))
                .contains("\"requests\":{\"total\":%s,".formatted(row.get(2))));
    }

    private FileSlice file(String name)
            throws IOException
    {
        return files.write(name, Files.readAllBytes(DATA.resolve(name)));
    }
}
