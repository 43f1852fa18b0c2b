package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableSet;
import org.antlr.v4.runtime.Token;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the guide calls a statement, told by its words, as far as they go.
 */
final class StatementTerms
{
    private static final Set<String> ALTERED = ImmutableSet.of("ADD", "REPLACE", "CHANGE", "DROP", "SET", "UNSET", "RENAME");
    private static final Set<String> OBJECTS = ImmutableSet.of("COLUMN", "COLUMNS", "PARTITION", "LOCATION", "TBLPROPERTIES");

    private StatementTerms() {}

    static String of(List<Token> tokens)
    {
        String second = word(tokens, 1);
        return switch (word(tokens, 0)) {
            case "CREATE" -> switch (second) {
                case "EXTERNAL", "TABLE" -> "CREATE TABLE";
                case "DATABASE", "SCHEMA" -> "CREATE DATABASE";
                default -> "CREATE";
            };
            case "DROP" -> switch (second) {
                case "TABLE", "VIEW" -> "DROP " + second;
                case "DATABASE", "SCHEMA" -> "DROP DATABASE";
                default -> "DROP";
            };
            case "ALTER" -> switch (second) {
                case "TABLE" -> alterTable(tokens);
                case "DATABASE", "SCHEMA" -> "ALTER DATABASE SET DBPROPERTIES";
                default -> "ALTER";
            };
            case "SHOW" -> switch (second) {
                case "DATABASES", "SCHEMAS" -> "SHOW DATABASES";
                case "TABLES", "VIEWS", "COLUMNS", "PARTITIONS", "TBLPROPERTIES" -> "SHOW " + second;
                case "CREATE" -> "SHOW CREATE" + (word(tokens, 2).equals("VIEW") ? " VIEW" : " TABLE");
                default -> "SHOW";
            };
            case "DESCRIBE", "DESC" -> second.equals("VIEW") ? "DESCRIBE VIEW" : "DESCRIBE";
            case "MSCK" -> "MSCK REPAIR TABLE";
            case "OPTIMIZE" -> "OPTIMIZE";
            case "VACUUM" -> "VACUUM";
            default -> "";
        };
    }

    private static String alterTable(List<Token> tokens)
    {
        int index = 3;
        while (index + 1 < tokens.size() && tokens.get(index).getText().equals(".")) {
            index += 2;
        }
        String prefix = "ALTER TABLE";
        if (word(tokens, index).equals("PARTITION")) {
            prefix += " PARTITION";
            while (index < tokens.size() && !tokens.get(index).getText().equals(")")) {
                index++;
            }
            index++;
        }
        String action = word(tokens, index);
        if (!ALTERED.contains(action)) {
            return prefix;
        }
        String object = word(tokens, index + 1);
        if (OBJECTS.contains(object)) {
            return prefix + " " + action + " " + object;
        }
        return prefix + " " + action + switch (action) {
            // IF NOT EXISTS and IF EXISTS stand between
            case "ADD", "DROP" -> object.equals("IF") ? " PARTITION" : "";
            case "CHANGE" -> " COLUMN";
            case "RENAME" -> prefix.equals("ALTER TABLE") ? " TO" : " TO PARTITION";
            default -> "";
        };
    }

    private static String word(List<Token> tokens, int index)
    {
        return index < tokens.size() ? tokens.get(index).getText().toUpperCase(Locale.ENGLISH) : "";
    }
}
