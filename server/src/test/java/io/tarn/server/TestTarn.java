package io.tarn.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

public class TestTarn
{
    private final StringWriter output = new StringWriter();
    private final CommandLine commandLine = commandLine();

    @Test
    public void testHelpNamesEveryCommandAndExitCode()
    {
        assertThat(commandLine.execute("--help")).isEqualTo(0);
        assertThat(output.toString()).contains("up ", "status ", "stop ", "sql ", "build ", "test ", "jdk ", "help ");
        assertThat(output.toString()).contains("0   done", "3   a data folder in use", "4   no engine runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "status", "stop", "sql", "estimate", "translate", "build", "test", "bench", "jdk"})
    public void testHelpOfCommand(String command)
    {
        assertThat(commandLine.execute(command, "--help")).isEqualTo(0);
        assertThat(commandLine.execute("help", command)).isEqualTo(0);
        assertThat(output.toString()).contains("Usage: tarn " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "up --port 65536", "up --port x", "status --no-such-option"})
    public void testUsage(String arguments)
    {
        assertThat(commandLine.execute(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
        assertThat(output.toString()).contains("Usage: tarn");
    }

    private CommandLine commandLine()
    {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return Tarn.commandLine(new Terminal(nowhere, nowhere))
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output));
    }
}
