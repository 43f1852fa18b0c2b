package io.tarn.server.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tarn.server.aws.Credentials;
import io.tarn.server.glue.AwsProcess.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static io.tarn.server.glue.LocalGlue.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * AWS's command line is the client; it signs and reads JSON with code of its own.
 */
final class TestGlueWithAwsCli
{
    private static final Path AWS = Path.of("/usr/bin/aws");

    @TempDir
    private Path folder;
    private LocalGlue glue;

    @BeforeEach
    void start()
    {
        assumeTrue(Files.isExecutable(AWS), "there is no awscli at " + AWS + ": install Debian's package awscli to run this test");
        glue = new LocalGlue(folder.resolve("glue.db"));
    }

    @AfterEach
    void stop()
    {
        if (glue != null) {
            glue.close();
        }
    }

    @Test
    void testStory()
            throws Exception
    {
        glue.createDatabase("lake");
        succeed("create-table", "--database-name", "lake", "--table-input",
                """
                {
                  "Name": "ZipCodes",
                  "TableType": "EXTERNAL_TABLE",
                  "Parameters": {"skip.header.line.count": "1"},
                  "PartitionKeys": [{"Name": "year", "Type": "int"}],
                  "StorageDescriptor": {
                    "Columns": [{"Name": "zipcode", "Type": "string"}, {"Name": "city", "Type": "string", "Comment": "ünïcode"}],
                    "Location": "s3://lake/raw/zipcodes",
                    "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.serde2.OpenCSVSerde", "Parameters": {"escapeChar": "\\\\", "quoteChar": "\\""}}
                  }
                }
                """);
        JsonNode table = succeed("get-table", "--database-name", "lake", "--name", "zipcodes").get("Table");
        assertThat(table.at("/Name").textValue()).isEqualTo("zipcodes");
        assertThat(table.at("/VersionId").textValue()).isEqualTo("0");
        assertThat(table.at("/CreateTime").textValue()).startsWith("20");
        assertThat(table.at("/StorageDescriptor/Columns/1/Comment").textValue()).isEqualTo("ünïcode");
        assertThat(table.at("/StorageDescriptor/SerdeInfo/Parameters/escapeChar").textValue()).isEqualTo("\\");

        JsonNode created = succeed(
                "batch-create-partition",
                "--database-name",
                "lake",
                "--table-name",
                "zipcodes",
                "--partition-input-list",
                "[{\"Values\": [\"2017\"]}, {\"Values\": [\"2018\"]}, {\"Values\": [\"2019\"]}, {\"Values\": [\"2018\"]}]");
        assertThat(created.at("/Errors/0/ErrorDetail/ErrorCode").textValue()).isEqualTo("AlreadyExistsException");
        // the client pages by itself
        JsonNode partitions = succeed("get-partitions", "--database-name", "lake", "--table-name", "zipcodes", "--expression", "year >= 2018", "--page-size", "1").get("Partitions");
        assertThat(partitions).hasSize(2);
        assertThat(partitions.at("/1/Values/0").textValue()).isEqualTo("2019");
    }

    @Test
    void testErrors()
            throws Exception
    {
        glue.createDatabase("lake");
        Answer missing = aws(CREDENTIALS.secretKey(), "get-table", "--database-name", "lake", "--name", "none");
        assertThat(missing.exitCode()).isEqualTo(254);
        assertThat(missing.text()).contains("An error occurred (EntityNotFoundException) when calling the GetTable operation", "Table lake.none not found.");
        Answer wrongKey = aws("wrong", "get-databases");
        assertThat(wrongKey.text()).contains("An error occurred (InvalidSignatureException) when calling the GetDatabases operation");
    }

    private JsonNode succeed(String... arguments)
            throws Exception
    {
        Answer answer = aws(CREDENTIALS.secretKey(), arguments);
        assertThat(answer.exitCode()).as(answer.text()).isZero();
        return new ObjectMapper().readTree(answer.text().isEmpty() ? "{}" : answer.text());
    }

    private Answer aws(String secretKey, String... arguments)
            throws Exception
    {
        List<String> command = new ArrayList<>(List.of(AWS.toString(), "--endpoint-url", glue.uri().toString(), "--output", "json", "glue"));
        command.addAll(List.of(arguments));
        return AwsProcess.run(folder, new Credentials(CREDENTIALS.accessKey(), secretKey), command);
    }
}
