package io.tarn.format.grok;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.line.LineFiles;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

class TestGrokFormat
{
    private static final String SERDE = "com.amazonaws.glue.serde.GrokSerDe";

    private final LineFiles files = new LineFiles();

    /**
     * The first example of Athena's guide: a field of a pattern's own name, and a pattern of the table.
     */
    @Test
    void testSyslog()
    {
        FileSlice file = files.write("maillog",
                """
                Feb  9 07:15:00 m4eastmail postfix/smtpd[19305]: B88C4120838: connect from unknown[192.168.55.4]
                nothing of that kind
                Feb  9 07:15:03 m4eastmail postfix/cleanup[22835]: BDC22A77854: message-id=<31221401257553.5004389LCBF@m4eastmail.example.com>
                """);
        FileSchema schema = schema(
                "%{SYSLOGBASE} %{POSTFIX_QUEUEID:queue_id}: %{GREEDYDATA:syslog_message}",
                "POSTFIX_QUEUEID [0-9A-F]{7,12}",
                "syslogbase",
                "string",
                "queue_id",
                "string",
                "syslog_message",
                "string",
                "pid",
                "int",
                "logsource",
                "string",
                "nowhere",
                "string");
        assertThat(files.rows(schema, file)).containsExactly(
                Arrays.asList("Feb  9 07:15:00 m4eastmail postfix/smtpd[19305]:", "B88C4120838", "connect from unknown[192.168.55.4]", 19305, "m4eastmail", null),
                Arrays.asList(null, null, null, null, null, null),
                Arrays.asList("Feb  9 07:15:03 m4eastmail postfix/cleanup[22835]:", "BDC22A77854", "message-id=<31221401257553.5004389LCBF@m4eastmail.example.com>", 22835, "m4eastmail", null));
    }

    /**
     * The second: columns have types.
     */
    @Test
    void testTypedColumns()
    {
        FileSlice file = files.write("application.log", "2017-09-12 12:10:34,972 INFO  - processType=AZ, executionTime=7290, tenantId=x, action=receive, hostname=1.abc.def.com\n");
        FileSchema schema = schema(
                "%{TIMESTAMP_ISO8601:timestamp} %{LOGLEVEL:loglevel}\\s+- processType=%{NOTSPACE:processtype}, executionTime=%{POSINT:executiontime:int}, tenantId=%{NOTSPACE:tenantid}, action=%{C_ACTION:action}, hostname=%{HOST:hostname}",
                "C_ACTION receive|send",
                "timestamp",
                "string",
                "loglevel",
                "varchar(2)",
                "executiontime",
                "int",
                "tenantid",
                "int",
                "action",
                "string",
                "hostname",
                "string");
        assertThat(files.rows(schema, file)).containsExactly(Arrays.asList("2017-09-12 12:10:34,972", "IN", 7290, null, "receive", "1.abc.def.com"));
    }

    /**
     * The third: definitions on lines of their own, or with the characters \ and n between them.
     */
    @Test
    void testCustomPatterns()
    {
        FileSlice file = files.write("access", "owner [06/Feb/2019:00:00:38 +0000] \"GET /x HTTP/1.1\" \"agent 7\"\n");
        String expression = "%{NOTSPACE:bucket_owner} \\[%{INSIDE_BRACKETS:time}\\] \"?%{INSIDE_QS:request_uri}\"? \"?%{INSIDE_QS:user_agent}\"?";
        for (String lineEnd : List.of("\n", "\r\n", "\\n")) {
            FileSchema schema = schema(
                    expression,
                    "INSIDE_QS ([^\"]*)" + lineEnd + "INSIDE_BRACKETS ([^\\]]*)",
                    "BUCKET_OWNER",
                    "string",
                    "time",
                    "string",
                    "request_uri",
                    "string",
                    "user_agent",
                    "string");
            assertThat(files.rows(schema, file)).containsExactly(List.of("owner", "06/Feb/2019:00:00:38 +0000", "GET /x HTTP/1.1", "agent 7"));
        }
    }

    @Test
    void testStandardPatterns()
    {
        FileSlice file = files.write("apache", "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 2326 \"http://www.example.com/start.html\" \"Mozilla/4.08\"\n");
        FileSchema schema = schema("%{COMBINEDAPACHELOG}", "", "clientip", "string", "auth", "string", "verb", "string", "response", "smallint", "bytes", "bigint", "agent", "string");
        assertThat(files.rows(schema, file)).containsExactly(List.of("127.0.0.1", "frank", "GET", (short) 200, 2326L, "\"Mozilla/4.08\""));
    }

    /**
     * A name that occurs twice is what matched first; groups may have names, and be referred to.
     */
    @Test
    void testNamesOfGroups()
    {
        FileSlice file = files.write("names", "a=1 \"quoted\"\nb=2 'x'\n%{NOT}=3 \"y\"\n");
        FileSchema schema = schema("(?:a=%{INT:n}|b=%{INT:n}|\\%\\{NOT}=%{INT:n}) (?<q_t>[\"'])(?<text>.*)\\k<q_t>", "", "n", "int", "text", "string", "q_t", "string");
        assertThat(files.rows(schema, file)).containsExactly(List.of(1, "quoted", "\""), List.of(2, "x", "'"), List.of(3, "y", "\""));
    }

    @Test
    void testBadExpressions()
    {
        FileSlice file = files.write("x", "x\n");
        assertTrinoExceptionThrownBy(() -> files.rows(LineFiles.schema(SERDE, "a", "string"), file))
                .hasErrorCode(TARN_INVALID_METADATA)
                .hasMessageContaining("property 'input.format' is missing");
        assertBad(file, "%{NOSUCH:a}", "", "Grok pattern 'NOSUCH' is not known; define it in property 'input.grokCustomPatterns'");
        assertBad(file, "%{A:a}", "A x%{B}\nB y%{A}", "Grok pattern 'A' contains itself");
        assertBad(file, "%{A:a}", "A x\nB", "line 2 of property 'input.grokCustomPatterns' is 'B'");
        assertBad(file, "%{A:a}", "A (", "Unclosed group");
        // each is twice as long as the one before
        String doubling = IntStream.range(1, 40)
                .mapToObj(index -> "P%s %%{P%s}%%{P%s}\n".formatted(index, index + 1, index + 1))
                .collect(joining());
        assertBad(file, "%{P1:a}", doubling + "P40 x", "makes a regular expression of more than 262144 characters");
    }

    /**
     * An expression whose time doubles with every character of a line.
     */
    @Test
    void testEndlessExpression()
    {
        FileSlice file = files.write("hostile", "fine\n" + "a".repeat(60) + "!\n");
        FileSchema schema = schema("^%{A:a}$", "A ((.*a){12}x|fine)", "a", "string");
        assertTrinoExceptionThrownBy(() -> files.rows(schema, file))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("Line 2 of memory:///hostile cannot be read as GROK: its expression goes back and forth over the line without an end")
                .hasMessageContaining("Check the property 'input.format' of the table");
    }

    private void assertBad(FileSlice file, String expression, String customPatterns, String message)
    {
        assertTrinoExceptionThrownBy(() -> files.rows(schema(expression, customPatterns, "a", "string"), file))
                .hasErrorCode(TARN_INVALID_METADATA)
                .hasMessageContaining(message);
    }

    private static FileSchema schema(String expression, String customPatterns, String... fields)
    {
        return LineFiles.schema(SERDE, ImmutableMap.of("input.format", expression, "input.grokCustomPatterns", customPatterns), fields);
    }
}
