package io.tarn.server.glue;

import software.amazon.awssdk.services.glue.model.Comparator;
import software.amazon.awssdk.services.glue.model.PropertyPredicate;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.Names.required;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNullElse;

/**
 * What {@code SearchTables} asks of a table, as its documentation has it: a filter's value is one of the words of the
 * property, a comparator counts for times only, and a search text in quotes is all of a property.
 */
final class TableMatcher
{
    private TableMatcher() {}

    /**
     * @param text is part of a name, a description, an owner, a column or a comment; all of it where it is in quotes
     */
    static Predicate<Table> text(String text)
    {
        String stripped = text.strip().toLowerCase(ENGLISH);
        if (stripped.isEmpty()) {
            return _ -> true;
        }
        if (stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"")) {
            String whole = stripped.substring(1, stripped.length() - 1);
            return table -> texts(table).anyMatch(whole::equals);
        }
        return table -> texts(table).anyMatch(found -> found.contains(stripped));
    }

    private static Stream<String> texts(Table table)
    {
        return Stream.concat(
                        Stream.of(table.name(), table.databaseName(), table.description(), table.owner(), table.parameters().get("comment"), table.parameters().get("classification")),
                        Tables.columns(table).stream().flatMap(column -> Stream.of(column.name(), requireNonNullElse(column.comment(), ""))))
                .filter(Objects::nonNull)
                .map(text -> text.toLowerCase(ENGLISH));
    }

    static Predicate<Table> filter(PropertyPredicate predicate)
    {
        String key = required(predicate.key(), "filters.member.key");
        String value = required(predicate.value(), "filters.member.value");
        if (isTime(key)) {
            Instant instant = instant(key, value);
            Comparator comparator = requireNonNullElse(predicate.comparator(), Comparator.EQUALS);
            return table -> time(table, key).map(time -> compare(time.compareTo(instant), comparator)).orElse(false);
        }
        String wanted = value.toLowerCase(ENGLISH);
        return table -> property(table, key)
                .map(found -> found.toLowerCase(ENGLISH))
                .map(found -> found.equals(wanted) || Arrays.asList(found.split("[^\\p{L}\\p{N}_]+")).contains(wanted))
                .orElse(false);
    }

    private static boolean compare(int comparison, Comparator comparator)
    {
        return switch (comparator) {
            case EQUALS -> comparison == 0;
            case GREATER_THAN -> comparison > 0;
            case LESS_THAN -> comparison < 0;
            case GREATER_THAN_EQUALS -> comparison >= 0;
            case LESS_THAN_EQUALS -> comparison <= 0;
            case UNKNOWN_TO_SDK_VERSION -> throw invalidInput("Comparator is none of EQUALS, GREATER_THAN, LESS_THAN, GREATER_THAN_EQUALS, LESS_THAN_EQUALS");
        };
    }

    private static Instant instant(String key, String value)
    {
        try {
            return value.length() == "2018-01-01".length() ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(value);
        }
        catch (DateTimeException e) {
            throw invalidInput("The value of filter %s is '%s': write a time as 2018-01-31 or 2018-01-31T10:00:00Z".formatted(key, value));
        }
    }

    private static boolean isTime(String key)
    {
        return switch (key.toLowerCase(ENGLISH)) {
            case "createtime", "updatetime", "lastaccesstime", "lastanalyzedtime" -> true;
            default -> false;
        };
    }

    /**
     * @return empty where the property is no time, or the table has none
     */
    static Optional<Instant> time(Table table, String key)
    {
        return switch (key.toLowerCase(ENGLISH)) {
            case "createtime" -> Optional.ofNullable(table.createTime());
            case "updatetime" -> Optional.ofNullable(table.updateTime());
            case "lastaccesstime" -> Optional.ofNullable(table.lastAccessTime());
            case "lastanalyzedtime" -> Optional.ofNullable(table.lastAnalyzedTime());
            default -> Optional.empty();
        };
    }

    /**
     * A member of the table, or one of its parameters.
     */
    static Optional<String> property(Table table, String key)
    {
        return switch (key.toLowerCase(ENGLISH)) {
            case "name" -> Optional.of(table.name());
            case "databasename" -> Optional.of(table.databaseName());
            case "description" -> Optional.ofNullable(table.description());
            case "owner" -> Optional.ofNullable(table.owner());
            case "tabletype" -> Optional.ofNullable(table.tableType());
            case "location" -> Optional.ofNullable(table.storageDescriptor()).map(StorageDescriptor::location);
            default -> table.parameters().entrySet().stream()
                    .filter(parameter -> parameter.getKey().equalsIgnoreCase(key))
                    .map(Map.Entry::getValue)
                    .findFirst();
        };
    }
}
