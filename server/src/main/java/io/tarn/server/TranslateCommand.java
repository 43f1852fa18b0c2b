package io.tarn.server;

import io.tarn.athena.dialect.DialectException;
import io.tarn.athena.dialect.DialectMode;
import io.tarn.athena.dialect.DialectSession;
import io.tarn.athena.grammar.StatementSplitter;
import io.tarn.athena.grammar.StatementText;
import io.tarn.server.dialect.AssumedTableKinds;
import io.tarn.server.dialect.FileTranslation;
import io.tarn.server.engine.EngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        description = "Prints statements in the other dialect, Athena's or Trino's, with a note for every change of meaning. Asks no engine and no catalogue.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
                "0:every statement was translated, or needed no translation",
                "1:a statement could not be translated, and stands as it was; or a file cannot be read",
                "2:the command line is wrong",
        })
final class TranslateCommand
        implements TerminalCommand
{
    private final Terminal terminal;

    @Option(names = "--to", paramLabel = "trino|athena", defaultValue = "trino", description = "The dialect to print (default: ${DEFAULT-VALUE}).")
    private Target target;

    @Option(names = "--catalog", paramLabel = "NAME", defaultValue = "awsdatacatalog", description = "The catalog of Athena's tables in Trino (default: ${DEFAULT-VALUE}).")
    private String catalog;

    @Option(names = "--schema", paramLabel = "NAME", description = "The database of names without one.")
    private Optional<String> schema;

    @Option(names = "--iceberg-catalog", paramLabel = "NAME", defaultValue = "iceberg", description = "The catalog in which Trino changes Iceberg tables (default: ${DEFAULT-VALUE}).")
    private String icebergCatalog;

    @Option(names = "--iceberg-tables", paramLabel = "[DATABASE.]TABLE", split = ",", description = "Tables that are Iceberg's, beside those that the statements create as such; all others are of Hive's kind.")
    private List<String> icebergTables = List.of();

    @Parameters(paramLabel = "FILE", converter = UserPath.class, description = "Files with statements, separated by semicolons; the standard input without one.")
    private List<Path> files = List.of();

    private enum Target
    {
        trino,
        athena,
        /**/
    }

    TranslateCommand(Terminal terminal)
    {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    @Override
    public Integer call()
    {
        DialectSession session = new DialectSession(catalog, schema, DialectMode.ATHENA, Optional.of(icebergCatalog), new AssumedTableKinds(icebergTables));
        if (files.isEmpty()) {
            return translate("standard input", standardInput(), session) ? ExitCode.OK : ExitCode.FAILED;
        }
        boolean complete = true;
        for (Path file : files) {
            complete &= translate(file.toString(), text(file), session);
        }
        return complete ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean translate(String name, String text, DialectSession session)
    {
        FileTranslation translation = new FileTranslation(session, target == Target.trino);
        boolean complete = true;
        int written = 0;
        for (StatementText statement : StatementSplitter.split(text)) {
            // blank lines between statements stay
            terminal.out().print(blanksBefore(text, written, statement.offset()));
            written = statement.offset() + statement.text().length();
            try {
                terminal.out().println(ended(translation.translate(statement.text())));
            }
            catch (DialectException e) {
                complete = false;
                DialectException placed = e.after("\n".repeat(statement.line() - 1) + " ".repeat(statement.column() - 1));
                terminal.error().printf("%s:%s:%s: %s%n", name, placed.line(), placed.column(), placed.problem());
                terminal.out().println("-- not translated: " + placed.problem().replaceAll("\\s+", " "));
                terminal.out().println(ended(statement.text()));
            }
        }
        String rest = text.substring(written).strip();
        String comments = rest.startsWith(";") ? rest.substring(1).strip() : rest;
        if (!comments.isEmpty()) {
            terminal.out().println(comments);
        }
        terminal.out().flush();
        return complete;
    }

    /**
     * With a semicolon that is in no comment.
     */
    private static String ended(String statement)
    {
        boolean comment = statement.substring(statement.lastIndexOf('\n') + 1).contains("--");
        return statement + (comment ? System.lineSeparator() : "") + ";";
    }

    private static String blanksBefore(String text, int from, int to)
    {
        long lines = text.substring(from, to).chars().filter(character -> character == '\n').count();
        return from == 0 || lines < 2 ? "" : System.lineSeparator().repeat((int) lines - 1);
    }

    private static String standardInput()
    {
        try {
            return new String(System.in.readAllBytes(), UTF_8);
        }
        catch (IOException e) {
            throw new EngineException(FAILED, "The standard input cannot be read: " + e.getMessage(), e);
        }
    }

    private static String text(Path file)
    {
        try {
            return Files.readString(file);
        }
        catch (IOException e) {
            throw new EngineException(FAILED, String.format(Locale.ENGLISH, "The file %s cannot be read: %s", file, e.getMessage()), e);
        }
    }
}
