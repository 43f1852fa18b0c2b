package io.tarn.athena.print;

import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.DataType;
import io.tarn.athena.statement.DatabaseName;
import io.tarn.athena.statement.PartitionValue;
import io.tarn.athena.statement.TableName;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import static java.util.stream.Collectors.joining;

/**
 * Writes names, strings and what is made of them.
 */
final class Texts
{
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");

    private Texts() {}

    /**
     * A name in DDL, where Athena takes backticks.
     */
    static String name(String name)
    {
        return "`" + name.replace("`", "``") + "`";
    }

    static String table(TableName table)
    {
        return table.database().map(database -> database(database) + ".").orElse("") + name(table.table());
    }

    static String database(DatabaseName database)
    {
        return database.catalog().map(catalog -> name(catalog) + ".").orElse("") + name(database.database());
    }

    /**
     * A name in a statement that Athena reads as it reads queries, where it knows no backticks.
     */
    static String queryTable(TableName table)
    {
        return table.database().map(database -> queryDatabase(database) + ".").orElse("") + queryName(table.table());
    }

    static String queryDatabase(DatabaseName database)
    {
        return database.catalog().map(catalog -> queryName(catalog) + ".").orElse("") + queryName(database.database());
    }

    private static String queryName(String name)
    {
        return isPlain(name) ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static boolean isPlain(String name)
    {
        return PLAIN_NAME.matcher(name).matches() && !ReservedWords.isReserved(name);
    }

    static String string(String text)
    {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('\'');
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '\'', '\\' -> quoted.append('\\').append(character);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (character < ' ' || character == '\u007F') {
                        quoted.append(String.format(Locale.ENGLISH, "\\%03o", (int) character));
                    }
                    else if (Character.isSurrogate(character) || !Character.isISOControl(character)) {
                        quoted.append(character);
                    }
                    else {
                        quoted.append(String.format(Locale.ENGLISH, "\\u%04X", (int) character));
                    }
                }
            }
        }
        return quoted.append('\'').toString();
    }

    static String column(ColumnDefinition column)
    {
        return name(column.name()) + " " + type(column.type()) + column.comment().map(comment -> " COMMENT " + string(comment)).orElse("");
    }

    static String type(DataType type)
    {
        return switch (type) {
            case DataType.Primitive primitive -> primitive.hiveName();
            case DataType.Array array -> "array<" + type(array.element()) + ">";
            case DataType.Map map -> "map<" + type(map.key()) + "," + type(map.value()) + ">";
            case DataType.Struct struct -> struct.fields().stream()
                    .map(Texts::field)
                    .collect(joining(",", "struct<", ">"));
        };
    }

    private static String field(DataType.Field field)
    {
        return (isPlain(field.name()) ? field.name() : name(field.name())) +
                ":" + type(field.type()) +
                field.comment().map(comment -> " COMMENT " + string(comment)).orElse("");
    }

    static String partition(List<PartitionValue> values)
    {
        return values.stream()
                .map(value -> name(value.column()) + " = " + string(value.value()))
                .collect(joining(", ", "PARTITION (", ")"));
    }

    static String properties(Map<String, String> properties)
    {
        return properties.entrySet().stream()
                .map(property -> string(property.getKey()) + " = " + string(property.getValue()))
                .collect(joining(", ", "(", ")"));
    }
}
