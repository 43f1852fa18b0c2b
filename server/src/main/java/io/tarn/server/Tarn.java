package io.tarn.server;

import io.tarn.server.engine.EngineException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;

/**
 * The command line; the script {@code tarn} has found the JDK and built what is started here.
 */
@Command(
        name = "tarn",
        description = "A data lake queried the Athena way, on this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = TarnVersion.class,
        subcommands = {DemoCommand.class, UpCommand.class, MetastoreCommand.class, StatusCommand.class, StopCommand.class, SqlCommand.class, EstimateCommand.class, TranslateCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
                "0:done",
                "1:the engine or a statement failed",
                "2:the command line is wrong",
                "3:a data folder in use or not writable, a port taken, a disk full",
                "4:no engine runs on the data folder",
                "5:the quotas would refuse the query",
        })
public final class Tarn
        implements Runnable
{
    @Spec
    private CommandSpec spec;

    private Tarn() {}

    public static void main(String[] arguments)
    {
        Terminal terminal = new Terminal(System.out, System.err);
        System.exit(commandLine(terminal).execute(arguments));
    }

    static CommandLine commandLine(Terminal terminal)
    {
        CommandLine commandLine = new CommandLine(new Tarn(), new CommandFactory(terminal));
        commandLine.registerConverter(PortNumber.class, new PortNumber.Converter());
        commandLine.addSubcommand(new CommandLine.HelpCommand());
        // an engine in this process takes the standard one for its log
        commandLine.setErr(new PrintWriter(terminal.error(), true));
        commandLine.setExecutionExceptionHandler((exception, _, _) -> {
            if (exception instanceof EngineException failure) {
                return terminal.failed(failure);
            }
            throw exception;
        });
        return commandLine;
    }

    @Override
    public void run()
    {
        throw new ParameterException(spec.commandLine(), "A command is missing");
    }

    // those that the script carries out, here for their help

    @Command(name = "build", mixinStandardHelpOptions = true, description = "Builds, whether sources changed or not. The other commands build by themselves when there is a need.")
    int build(@Parameters(paramLabel = "MAVEN_ARGUMENT", description = "Handed to Maven.") List<String> arguments)
    {
        return byScript();
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = "Runs the tests, all of them, and the checks that a change is held to: mvn -Pchecks verify with the right JDK.")
    int test(@Parameters(paramLabel = "MAVEN_ARGUMENT", description = "Handed to Maven, for example -pl server.") List<String> arguments)
    {
        return byScript();
    }

    @Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures Tarn beside itself, and prints a table of each measurement; ./tarn bench quota --help tells more.")
    int bench(@Parameters(paramLabel = "MEASUREMENT", description = "Its name, for example quota, and its options.") List<String> arguments)
    {
        return byScript();
    }

    @Command(name = "jdk", mixinStandardHelpOptions = true, description = "Prints the folder of the JDK that is used.")
    int jdk()
    {
        return byScript();
    }

    private int byScript()
    {
        throw new ParameterException(spec.commandLine(), "Call this through the tarn script");
    }
}
