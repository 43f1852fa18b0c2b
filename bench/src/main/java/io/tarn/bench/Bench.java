package io.tarn.bench;

import io.airlift.log.Level;
import io.airlift.log.Logging;
import io.tarn.bench.glue.GlueBench;
import io.tarn.bench.quota.QuotaBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintStream;

/**
 * Measurements by name; each prints its tables.
 */
@Command(
        name = "tarn bench",
        description = "Measures Tarn beside itself, and prints a table of each measurement.",
        mixinStandardHelpOptions = true,
        subcommands = {GlueBench.class, QuotaBench.class},
        synopsisSubcommandLabel = "MEASUREMENT",
        commandListHeading = "%nMeasurements:%n")
public final class Bench
        implements Runnable
{
    @Spec
    private CommandSpec spec;

    private Bench() {}

    public static void main(String[] arguments)
    {
        // the logging of Trino's test server takes what is printed for log lines
        PrintStream out = System.out;
        PrintStream error = System.err;
        Logging.initialize().setRootLevel(Level.ERROR);
        System.setOut(out);
        System.setErr(error);
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public void run()
    {
        throw new ParameterException(spec.commandLine(), "A measurement is missing");
    }
}
