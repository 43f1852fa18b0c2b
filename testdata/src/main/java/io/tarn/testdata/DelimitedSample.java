package io.tarn.testdata;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

/**
 * Writes rows as LazySimpleSerDe reads them: a delimiter for each level of nesting, {@code \N} for null.
 */
final class DelimitedSample
{
    private static final String NULL = "\\N";

    private DelimitedSample() {}

    /**
     * @param separators of fields, of the elements in them, of the parts of these
     */
    static byte[] write(List<List<Object>> rows, String separators)
    {
        return rows.stream()
                .map(row -> row.stream().map(value -> value(value, separators, 1)).collect(joining(separators.substring(0, 1), "", "\n")))
                .collect(joining())
                .getBytes(UTF_8);
    }

    private static String value(Object value, String separators, int level)
    {
        return switch (value) {
            case null -> NULL;
            case List<?> list -> list.stream().map(element -> value(element, separators, level + 1)).collect(joining(separators.substring(level, level + 1)));
            case Map<?, ?> map -> map.entrySet().stream()
                    .map(entry -> entry.getKey() + separators.substring(level + 1, level + 2) + value(entry.getValue(), separators, level + 2))
                    .collect(joining(separators.substring(level, level + 1)));
            case LocalDateTime time -> JsonSample.TIMESTAMP.format(time);
            case BigDecimal number -> number.toPlainString();
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            default -> value.toString();
        };
    }
}
