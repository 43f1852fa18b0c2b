package io.tarn.athena.grammar;

import io.tarn.athena.grammar.Lexeme.Kind;

import java.util.Locale;

import static io.tarn.athena.grammar.Quoting.HIVE;
import static io.tarn.athena.grammar.Quoting.TRINO;
import static java.util.Objects.requireNonNull;

/**
 * Follows one statement, piece by piece, and tells how its next quoted text ends. A CREATE TABLE is DDL until
 * {@code AS} or {@code WITH (} turns it into a query.
 */
final class QuotingRules
{
    private enum Place
    {
        BEGINNING,
        AFTER_CREATE,
        IN_CREATE_TABLE,
        SETTLED,
        /**/
    }

    private final String text;
    private Place place = Place.BEGINNING;
    private Quoting quoting = HIVE;
    private int depth;
    private String previous = "";
    private boolean tableFromQuery;

    QuotingRules(String text)
    {
        this.text = requireNonNull(text, "text is null");
    }

    Quoting quoting()
    {
        return quoting;
    }

    /**
     * Whether what was read so far is a CREATE TABLE up to the {@code AS} of its query.
     */
    boolean isTableFromQuery()
    {
        return tableFromQuery;
    }

    void accept(Lexeme lexeme)
    {
        String word = lexeme.kind() == Kind.WORD ? lexeme.in(text).toUpperCase(Locale.ENGLISH) : "";
        switch (place) {
            case BEGINNING -> beginning(word);
            case AFTER_CREATE -> afterCreate(word);
            case IN_CREATE_TABLE -> inCreateTable(lexeme, word);
            case SETTLED -> {}
        }
        previous = word;
    }

    private void beginning(String word)
    {
        switch (word) {
            case "CREATE" -> place = Place.AFTER_CREATE;
            case "ALTER", "DROP", "SHOW", "DESCRIBE", "DESC", "MSCK", "LOAD", "EXPORT", "IMPORT" -> settle(HIVE);
            default -> settle(TRINO);
        }
    }

    private void afterCreate(String word)
    {
        switch (word) {
            case "TABLE" -> place = Place.IN_CREATE_TABLE;
            case "OR", "REPLACE", "EXTERNAL", "TEMPORARY" -> {}
            case "DATABASE", "SCHEMA" -> settle(HIVE);
            default -> settle(TRINO);
        }
    }

    private void inCreateTable(Lexeme lexeme, String word)
    {
        if (lexeme.isSymbol(text, '(')) {
            if (depth == 0 && previous.equals("WITH")) {
                quoting = TRINO;
            }
            depth++;
        }
        else if (lexeme.isSymbol(text, ')')) {
            depth--;
        }
        else if (depth == 0 && word.equals("AS") && !previous.equals("STORED") && !previous.equals("DEFINED")) {
            tableFromQuery = true;
            settle(TRINO);
        }
    }

    private void settle(Quoting settled)
    {
        quoting = settled;
        place = Place.SETTLED;
    }
}
