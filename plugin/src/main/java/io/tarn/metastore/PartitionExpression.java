package io.tarn.metastore;

import io.airlift.slice.Slice;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.SortedRangeSet;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.Int128;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import static com.google.common.base.Preconditions.checkArgument;
import static io.trino.metastore.Partitions.HIVE_DEFAULT_DYNAMIC_PARTITION;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A constraint on partition keys as the {@code Expression} of Glue's GetPartitions.
 * <p>
 * The expression selects every partition that the constraint selects, and may select more: what Glue cannot evaluate,
 * or evaluates differently from Trino, is left out, and what is too long becomes the range from its least to its
 * greatest value. Who asks filters the answer with a {@link PartitionFilter}.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html">GetPartitions</a>, for the length and the types
 */
final class PartitionExpression
{
    static final int MAX_BYTES = 2048;

    private static final String AND = " AND ";
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");
    // words that the parser in Glue (JSqlParser) does not take for a column's name
    private static final Set<String> RESERVED = Set.of(
            "all",
            "and",
            "any",
            "as",
            "asc",
            "begin",
            "between",
            "by",
            "case",
            "create",
            "cross",
            "current",
            "delete",
            "desc",
            "distinct",
            "do",
            "drop",
            "else",
            "end",
            "escape",
            "except",
            "exists",
            "false",
            "fetch",
            "for",
            "force",
            "foreign",
            "from",
            "full",
            "group",
            "having",
            "if",
            "in",
            "index",
            "inner",
            "insert",
            "intersect",
            "interval",
            "into",
            "is",
            "join",
            "key",
            "left",
            "like",
            "limit",
            "minus",
            "natural",
            "not",
            "null",
            "offset",
            "on",
            "open",
            "or",
            "order",
            "outer",
            "primary",
            "replace",
            "right",
            "select",
            "set",
            "some",
            "table",
            "then",
            "top",
            "true",
            "truncate",
            "union",
            "unique",
            "update",
            "using",
            "values",
            "when",
            "where",
            "with");

    private PartitionExpression() {}

    /**
     * @param columnNames the partition keys
     * @param filter not {@code NONE}
     * @return empty where nothing can be said
     */
    static String of(List<String> columnNames, TupleDomain<String> filter)
    {
        checkArgument(!filter.isNone(), "filter is none");
        Map<String, Domain> domains = filter.getDomains().orElseThrow();
        StringBuilder expression = new StringBuilder();
        int bytes = 0;
        for (String column : columnNames) {
            Domain domain = domains.get(column);
            if (domain == null || !isUsableName(column)) {
                continue;
            }
            int room = MAX_BYTES - bytes - (bytes == 0 ? 0 : AND.length());
            Optional<String> condition = condition(column, domain)
                    .filter(text -> length(text) <= room)
                    .or(() -> span(domain)
                            .flatMap(span -> condition(column, span))
                            .filter(text -> length(text) <= room));
            if (condition.isPresent()) {
                if (bytes > 0) {
                    expression.append(AND);
                    bytes += AND.length();
                }
                expression.append(condition.get());
                bytes += length(condition.get());
            }
        }
        return expression.toString();
    }

    private static boolean isUsableName(String column)
    {
        return PLAIN_NAME.matcher(column).matches() && !RESERVED.contains(column.toLowerCase(Locale.ENGLISH));
    }

    private static int length(String text)
    {
        return text.getBytes(UTF_8).length;
    }

    private static Optional<Domain> span(Domain domain)
    {
        if (!(domain.getValues() instanceof SortedRangeSet ranges) || ranges.isNone() || ranges.isAll()) {
            return Optional.empty();
        }
        return Optional.of(Domain.create(ValueSet.ofRanges(ranges.getSpan()), domain.isNullAllowed()));
    }

    private static Optional<String> condition(String column, Domain domain)
    {
        // of the types, only a string compares with the name of the null partition; Glue fails to read that name as a number
        boolean string = domain.getType() instanceof VarcharType;
        if (domain.isAll() || !isUsableType(domain.getType()) || (domain.isNullAllowed() && !string)) {
            return Optional.empty();
        }
        if (domain.getValues().isAll()) {
            return string ? Optional.of("(%s <> '%s')".formatted(column, HIVE_DEFAULT_DYNAMIC_PARTITION)) : Optional.empty();
        }
        if (!(domain.getValues() instanceof SortedRangeSet ranges)) {
            return Optional.empty();
        }
        List<String> alternatives = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Range range : ranges.getOrderedRanges()) {
            if (range.isSingleValue()) {
                Optional<String> value = literal(range.getType(), range.getSingleValue());
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                values.add(value.get());
            }
            else {
                Optional<String> condition = rangeCondition(column, range);
                if (condition.isEmpty()) {
                    return Optional.empty();
                }
                alternatives.add(condition.get());
            }
        }
        if (values.size() == 1) {
            alternatives.add("%s = %s".formatted(column, values.getFirst()));
        }
        else if (!values.isEmpty()) {
            alternatives.add("%s IN (%s)".formatted(column, String.join(", ", values)));
        }
        if (domain.isNullAllowed()) {
            alternatives.add("%s = '%s'".formatted(column, HIVE_DEFAULT_DYNAMIC_PARTITION));
        }
        return Optional.of("(" + String.join(" OR ", alternatives) + ")");
    }

    private static Optional<String> rangeCondition(String column, Range range)
    {
        List<String> bounds = new ArrayList<>(2);
        if (!range.isLowUnbounded()) {
            Optional<String> low = bound(range.getType(), range.getLowBoundedValue());
            if (low.isEmpty()) {
                return Optional.empty();
            }
            bounds.add("%s %s %s".formatted(column, range.isLowInclusive() ? ">=" : ">", low.get()));
        }
        if (!range.isHighUnbounded()) {
            Optional<String> high = bound(range.getType(), range.getHighBoundedValue());
            if (high.isEmpty()) {
                return Optional.empty();
            }
            bounds.add("%s %s %s".formatted(column, range.isHighInclusive() ? "<=" : "<", high.get()));
        }
        return Optional.of(bounds.size() == 1 ? bounds.getFirst() : "(" + String.join(AND, bounds) + ")");
    }

    private static Optional<String> bound(Type type, Object value)
    {
        // Trino orders strings by UTF-8 bytes, Glue by UTF-16 units: they differ only against characters from the surrogates up
        if (type instanceof VarcharType && ((Slice) value).toStringUtf8().chars().anyMatch(unit -> unit >= Character.MIN_SURROGATE)) {
            return Optional.empty();
        }
        return literal(type, value);
    }

    /**
     * Glue takes strings, dates, timestamps and exact numbers; timestamps are written in too many ways to be compared as text.
     */
    private static boolean isUsableType(Type type)
    {
        return type instanceof VarcharType ||
                type instanceof TinyintType ||
                type instanceof SmallintType ||
                type instanceof IntegerType ||
                type instanceof BigintType ||
                type instanceof DecimalType ||
                type instanceof DateType;
    }

    private static Optional<String> literal(Type type, Object value)
    {
        return switch (type) {
            case VarcharType _ -> quoted(((Slice) value).toStringUtf8());
            case DateType _ -> date((long) value);
            case DecimalType decimal when decimal.isShort() -> Optional.of(Decimals.toString((long) value, decimal.getScale()));
            case DecimalType decimal -> Optional.of(Decimals.toString((Int128) value, decimal.getScale()));
            default -> Optional.of(Long.toString((long) value));
        };
    }

    private static Optional<String> quoted(String text)
    {
        // whether a backslash escapes depends on the parser's version, and control characters are no part of a predicate
        if (text.chars().anyMatch(unit -> unit == '\\' || Character.isISOControl(unit))) {
            return Optional.empty();
        }
        return Optional.of("'" + text.replace("'", "''") + "'");
    }

    private static Optional<String> date(long epochDay)
    {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return Optional.empty();
        }
        return Optional.of("'" + date + "'");
    }
}
