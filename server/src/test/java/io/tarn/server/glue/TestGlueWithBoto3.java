package io.tarn.server.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import io.tarn.server.glue.AwsProcess.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static io.tarn.server.glue.LocalGlue.CREDENTIALS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Python's AWS SDK is the client: {@code catalogue.py} works with a catalogue as its users do, and says what it saw.
 */
final class TestGlueWithBoto3
{
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    @Test
    void testCatalogue(@TempDir Path folder)
            throws Exception
    {
        assumeTrue(Files.isExecutable(PYTHON) && python(folder, "-c", "import boto3").exitCode() == 0, "there is no boto3 for " + PYTHON + ": install Debian's package python3-boto3 to run this test");
        Path script = Files.writeString(folder.resolve("catalogue.py"), Resources.toString(Resources.getResource(getClass(), "catalogue.py"), UTF_8));
        try (LocalGlue glue = new LocalGlue(folder.resolve("glue.db"))) {
            Answer answer = python(folder, script.toString(), glue.uri().toString());
            assertThat(answer.exitCode()).as(answer.text()).isZero();
            JsonNode expected = new ObjectMapper().readTree(
                    """
                    {
                      "database": "ünïcode",
                      "tags": {"team": "tarn"},
                      "second database": ["AlreadyExistsException", "AlreadyExistsException", 400],
                      "version": "0",
                      "created": true,
                      "second update": ["ConcurrentModificationException", "ConcurrentModificationException", 400],
                      "description": "first",
                      "versions": ["1", "0"],
                      "search": ["visits"],
                      "errors": [],
                      "again": "AlreadyExistsException",
                      "pages": [[["2003", "b'c"], ["2004", "b'c"]], [["2005", "b'c"]]],
                      "segments": 20,
                      "columns": false,
                      "got": [["2000", "a"]],
                      "unprocessed": [],
                      "wrong expression": ["InvalidInputException", "InvalidInputException", 400],
                      "deleted partition": ["EntityNotFoundException", "EntityNotFoundException", 400],
                      "statistics errors": [],
                      "statistics": {"Type": "LONG", "LongColumnStatisticsData": {"MinimumValue": 1, "MaximumValue": 9223372036854775807, "NumberOfNulls": 0, "NumberOfDistinctValues": 7}},
                      "function": "org.example.F",
                      "absent table": ["EntityNotFoundException", "EntityNotFoundException", 400],
                      "long name": ["ValidationException", "ValidationException", 400],
                      "crawler": ["ClientError", "OperationNotSupportedException", 400],
                      "databases": []
                    }
                    """);
            assertThat(new ObjectMapper().readTree(answer.text())).isEqualTo(expected);
        }
    }

    private static Answer python(Path home, String... arguments)
            throws Exception
    {
        return AwsProcess.run(home, CREDENTIALS, ImmutableList.<String>builder().add(PYTHON.toString()).add(arguments).build());
    }
}
