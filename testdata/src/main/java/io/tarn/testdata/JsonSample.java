package io.tarn.testdata;

import io.tarn.testdata.SampleTable.Column;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ENGLISH;
import static java.util.stream.Collectors.joining;

/**
 * Writes rows as JSON lines. Nulls are left out in odd rows and written as {@code null} in even ones.
 */
final class JsonSample
{
    static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", ENGLISH);

    private JsonSample() {}

    static byte[] write(List<Column> columns, List<List<Object>> rows)
    {
        StringBuilder text = new StringBuilder();
        for (List<Object> row : rows) {
            boolean withNulls = (long) row.getFirst() % 2 == 0;
            StringBuilder members = new StringBuilder();
            for (int index = 0; index < columns.size(); index++) {
                Object value = row.get(index);
                if (value != null || withNulls) {
                    members.append(members.isEmpty() ? "" : ",")
                            .append(string(columns.get(index).name())).append(':')
                            .append(value(columns.get(index).type(), value));
                }
            }
            text.append('{').append(members).append("}\n");
        }
        return text.toString().getBytes(UTF_8);
    }

    private static String value(String type, Object value)
    {
        return switch (value) {
            case null -> "null";
            case Boolean bool -> bool.toString();
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            case String text -> string(text);
            case byte[] bytes -> string(Base64.getEncoder().encodeToString(bytes));
            case LocalDate date -> string(date.toString());
            case LocalDateTime time -> string(TIMESTAMP.format(time));
            case Map<?, ?> map -> map.entrySet().stream()
                    .map(entry -> string(entry.getKey().toString()) + ":" + value("", entry.getValue()))
                    .collect(joining(",", "{", "}"));
            case List<?> list when type.startsWith("struct<") -> struct(type, list);
            case List<?> list -> list.stream()
                    .map(element -> value(type.replaceFirst("^array<(.*)>$", "$1"), element))
                    .collect(joining(",", "[", "]"));
            default -> throw new IllegalArgumentException("No JSON value of " + value.getClass());
        };
    }

    private static String struct(String type, List<?> values)
    {
        String[] fields = type.substring("struct<".length(), type.length() - 1).split(",");
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < fields.length; index++) {
            text.append(index == 0 ? "" : ",").append(string(fields[index].split(":")[0])).append(':').append(value("", values.get(index)));
        }
        return "{" + text + "}";
    }

    private static String string(String text)
    {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
