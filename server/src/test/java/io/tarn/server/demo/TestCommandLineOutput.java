package io.tarn.server.demo;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestCommandLineOutput
{
    @Test
    void testStatementsOfEachKind()
            throws IOException
    {
        CommandLineOutput output = output(
                """
                WARNING: A restricted method in java.lang.System has been called
                CREATE SCHEMA
                CALL
                \rQuery 20180106_1 [RUNNING] i[0 0B 0B/s] o[0 0B 0B/s] splits[0/1/2]\r{"a":1,"b":"Query 7, FINISHED, 1 node"}
                {"a":null,"b":"CREATE TABLE"}

                Query 20180106_1, FINISHED, 1 node
                Splits: 2 total, 2 done (100.00%)
                0.31 [25 rows, 2.15kB] [80 rows/s, 6.9kB/s]

                INSERT: 500000 rows

                Query 20180106_2, FINISHED, 1 node
                Splits: 2 total, 2 done (100.00%)
                0.31 [25 rows, 2.15kB] [80 rows/s, 6.9kB/s]


                Query 20180106_3, FINISHED, 3 nodes
                Splits: 2 total, 2 done (100.00%)
                """);
        for (int definition = 0; definition < 2; definition++) {
            CommandLineOutput.Result result = output.next();
            assertThat(result.queryId()).isEmpty();
            assertThat(result.rows()).isEmpty();
        }
        CommandLineOutput.Result rows = output.next();
        assertThat(rows.queryId()).isEqualTo(Optional.of("20180106_1"));
        assertThat(rows.written()).isEmpty();
        assertThat(rows.columns()).containsExactly("a", "b");
        assertThat(rows.rows()).hasSize(2);
        assertThat(rows.rows().getFirst()).containsExactly(1, "Query 7, FINISHED, 1 node");
        assertThat(rows.rows().getLast()).containsExactly(null, "CREATE TABLE");

        CommandLineOutput.Result write = output.next();
        assertThat(write.queryId()).isEqualTo(Optional.of("20180106_2"));
        assertThat(write.written()).isEqualTo(OptionalLong.of(500_000));

        CommandLineOutput.Result empty = output.next();
        assertThat(empty.queryId()).isEqualTo(Optional.of("20180106_3"));
        assertThat(empty.rows()).isEmpty();
        assertThatThrownBy(output::next).isInstanceOf(DemoException.class);
    }

    @Test
    void testFailures()
    {
        assertThatThrownBy(() -> output("Splits: 1\nQuery 7 failed: line 1:8: no such column\nLINE 1: SELECT x\n               ^\n").next())
                .isInstanceOf(DemoException.class)
                .hasMessage("Query 7 failed: line 1:8: no such column\nLINE 1: SELECT x\n               ^");
        assertThatThrownBy(() -> output("Error running command: Connection refused\n").next()).hasMessage("Error running command: Connection refused");
        assertThatThrownBy(() -> output("{\"a\":1}\n").next()).hasMessage("the Trino CLI printed nothing");
    }

    private static CommandLineOutput output(String text)
    {
        return new CommandLineOutput(new BufferedReader(new StringReader(text)));
    }
}
