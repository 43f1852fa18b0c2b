package io.tarn.server.lake;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.nio.file.Files;
import java.nio.file.Path;

import static io.tarn.server.lake.CommandLine.AWS;
import static io.tarn.server.lake.CommandLine.aws;
import static io.tarn.server.lake.CommandLine.trino;
import static io.tarn.server.lake.LakeFixture.BUCKET;
import static io.tarn.server.lake.LakeFixture.SCHEMA;
import static io.tarn.server.lake.LakeFixture.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Files that Tarn did not make, put and declared with awscli and asked with the Trino CLI. They are no part of the
 * project: the test runs where they lie beside it.
 */
@TestInstance(PER_CLASS)
final class TestRealFiles
{
    private static final Path DATA = Path.of(System.getProperty("tarn.root")).resolveSibling("shared").resolve("data");
    private static final String CSV_FORMAT =
            """
            "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
            "OutputFormat": "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.serde2.OpenCSVSerde",
                          "Parameters": {"separatorChar": ",", "quoteChar": "\\"", "escapeChar": "\\\\"}}""";
    private static final String JSON_FORMAT =
            """
            "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
            "OutputFormat": "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            "SerdeInfo": {"SerializationLibrary": "org.openx.data.jsonserde.JsonSerDe"}""";

    private LakeFixture lake;

    @BeforeAll
    void land()
            throws Exception
    {
        assumeTrue(Files.isDirectory(DATA), "no folder of real files beside the project");
        assumeTrue(Files.isExecutable(AWS), "awscli is not installed");
        lake = new LakeFixture();
        aws(lake, "s3", "cp", DATA.resolve("zipcodedata.csv").toString(), location("real/zipcodes/zipcodedata.csv"));
        aws(lake, "s3", "cp", DATA.resolve("profile.csv").toString(), location("real/profiles/profile.csv"));
        aws(lake, "s3", "cp", DATA.resolve("nginxplus_status.json.gz").toString(), location("real/status/nginxplus_status.json.gz"));
        assertThat(aws(lake, "s3", "ls", "--recursive", "s3://" + BUCKET + "/real/").lines()).hasSize(3);

        declare("zipcodes", "\"skip.header.line.count\": \"1\"", CSV_FORMAT, "zipcode", "zipcodetype", "city", "state", "locationtype", "lat", "long", "location", "decommisioned");
        declare("profiles", "", CSV_FORMAT, "id", "first_name", "last_name", "username", "email", "gender", "ip_address", "phone", "zip", "cc", "password", "ssn");
        declare("status", "", JSON_FORMAT, "nginx_version", "connections struct<accepted:bigint,dropped:bigint,active:bigint,idle:bigint>", "requests struct<total:bigint,current:bigint>");
    }

    @AfterAll
    void stop()
    {
        if (lake != null) {
            lake.close();
        }
    }

    @Test
    void zipCodes()
    {
        for (String catalog : lake.tarnCatalogs()) {
            assertThat(trino(lake, catalog, "SELECT count(*), count_if(lat = ''), count_if(location LIKE '%,%') FROM zipcodes")).isEqualTo("42522\t648\t9\n");
            assertThat(trino(lake, catalog, "SELECT location, decommisioned FROM zipcodes WHERE zipcode IN ('9340', '96595') ORDER BY zipcode"))
                    .isEqualTo("NA-XK-CAMP BONDSTEEL, KOSOVO\tFALSE\nNA-IO-NAVAL SUPPORT FACILITY, DIEGO GARCIA\tFALSE\n");
            assertThat(trino(lake, catalog, "SELECT * FROM zipcodes WHERE zipcode = '705' AND city = 'AIBONITO'"))
                    .isEqualTo("705\tSTANDARD\tAIBONITO\tPR\tPRIMARY\t18.14\t-66.26\tNA-US-PR-AIBONITO\tFALSE\n");
        }
    }

    @Test
    void profiles()
    {
        for (String catalog : lake.tarnCatalogs()) {
            assertThat(trino(lake, catalog, "SELECT count(*), count(DISTINCT username), count_if(zip = ''), min(length(id)) FROM profiles")).isEqualTo("1000\t1000\t539\t1\n");
            // the file's first bytes are a byte-order mark, which is no part of the first value
            assertThat(trino(lake, catalog, "SELECT first_name, ssn FROM profiles WHERE id = '1'")).isEqualTo("Jinny\t398-16-7570\n");
        }
    }

    @Test
    void statusDocuments()
    {
        for (String catalog : lake.tarnCatalogs()) {
            assertThat(trino(lake, catalog, "SELECT count(*), sum(requests.total), sum(connections.active) FROM status")).isEqualTo("500\t9434033776\t1539\n");
            assertThat(trino(lake, catalog, "SELECT count(*), count_if(CAST(json_extract_scalar(\"$line\", '$.requests.total') AS bigint) = requests.total), count_if(json_extract(\"$line\", '$.server_zones') IS NOT NULL) FROM status"))
                    .isEqualTo("500\t500\t500\n");
        }
    }

    private void declare(String table, String parameters, String format, String... columns)
    {
        StringBuilder declared = new StringBuilder();
        for (String column : columns) {
            String[] words = column.split(" ", 2);
            declared.append(declared.isEmpty() ? "" : ", ")
                    .append("{\"Name\": \"%s\", \"Type\": \"%s\"}".formatted(words[0], words.length == 1 ? "string" : words[1]));
        }
        aws(lake, "glue", "create-table", "--database-name", SCHEMA, "--table-input",
                """
                {"Name": "%s", "TableType": "EXTERNAL_TABLE", "Parameters": {%s},
                 "StorageDescriptor": {"Columns": [%s], "Location": "%s", %s}}""".formatted(table, parameters, declared, location("real/" + table), format));
    }
}
