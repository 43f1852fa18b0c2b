package io.tarn.server.dialect;

import io.tarn.athena.dialect.AthenaDialect;
import io.tarn.athena.dialect.DialectSession;
import io.tarn.athena.dialect.TableKind;
import io.tarn.athena.dialect.Translation;
import io.tarn.athena.dialect.TranslationNote;
import io.tarn.athena.dialect.TrinoToAthena;
import io.tarn.athena.grammar.AthenaParser;
import io.tarn.athena.grammar.AthenaSyntaxException;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DatabaseName;

import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Statements one after the other, as they stand in a file: a table that one creates is known to those after it.
 */
public final class FileTranslation
{
    private final DialectSession session;
    private final boolean toTrino;

    public FileTranslation(DialectSession session, boolean toTrino)
    {
        this.session = requireNonNull(session, "session is null");
        this.toTrino = toTrino;
    }

    /**
     * @param statement without a semicolon at its end
     * @return its translation, of several statements with semicolons between them, after a line for each note
     * @throws io.tarn.athena.dialect.DialectException where it cannot be translated
     */
    public String translate(String statement)
    {
        learn(statement);
        Translation translation = toTrino ? AthenaDialect.translate(statement, session) : TrinoToAthena.translate(statement, session);
        if (toTrino && translation.statement().equals(statement)) {
            // what neither takes stays as it is, for Trino to explain
            AthenaDialect.requireTrino(statement);
        }
        Stream<String> notes = Stream.concat(translation.notes().stream().map(TranslationNote::text), assumptions())
                .map(note -> "-- note: " + note.replaceAll("\\s+", " ") + System.lineSeparator());
        return notes.collect(joining()) + String.join(";" + System.lineSeparator(), translation.statements());
    }

    /**
     * What an engine would have been asked.
     */
    private Stream<String> assumptions()
    {
        if (!toTrino || !(session.tables() instanceof AssumedTableKinds kinds)) {
            return Stream.empty();
        }
        return kinds.takeAssumed().stream()
                .map("Nobody can tell here what table %s is, and it is taken for one of Hive's kind: if it is Iceberg's, name it in --iceberg-tables"::formatted);
    }

    private void learn(String statement)
    {
        if (!toTrino || !(session.tables() instanceof AssumedTableKinds kinds)) {
            return;
        }
        try {
            if (AthenaParser.parse(statement) instanceof CreateTable create) {
                boolean iceberg = create.properties().entrySet().stream()
                        .anyMatch(property -> property.getKey().equalsIgnoreCase("table_type") && property.getValue().equalsIgnoreCase("ICEBERG"));
                String name = create.table().database().map(DatabaseName::database).or(session::schema).map(database -> database + ".").orElse("") + create.table().table();
                kinds.add(name, iceberg ? TableKind.ICEBERG : TableKind.HIVE);
            }
        }
        catch (AthenaSyntaxException e) {
            // the translation says so
        }
    }
}
