package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.Column;
import io.trino.metastore.HiveType;
import io.trino.spi.TrinoException;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.metastore.GlueMaps.withoutNulls;

/**
 * Columns between Glue's form and the metastore's.
 */
final class GlueColumns
{
    private static final Pattern BLANKS_AROUND_STRUCTURE = Pattern.compile("\\s*([<>,:()])\\s*");
    // the parser of types recurses
    private static final int MAX_NESTING = 100;
    private static final int MAX_INTERNED_TYPES = 10_000;
    private static final int MAX_INTERNED_LENGTH = 1_000;

    // a table's partitions repeat its types, and parsing is most of what converting a partition costs
    private static final Map<String, HiveType> TYPES = new ConcurrentHashMap<>();

    private GlueColumns() {}

    /**
     * @param owner the table the columns are of, as {@code database.table}
     * @throws TrinoException {@code TARN_INVALID_METADATA} where a type is no Hive type
     */
    static List<Column> toColumns(String owner, List<software.amazon.awssdk.services.glue.model.Column> columns)
    {
        return columns.stream()
                .map(column -> toColumn(owner, column))
                .collect(toImmutableList());
    }

    /**
     * As {@link #toColumns}, without those whose type is no Hive type.
     */
    static List<Column> toColumnsWhereTyped(String owner, List<software.amazon.awssdk.services.glue.model.Column> columns)
    {
        ImmutableList.Builder<Column> typed = ImmutableList.builder();
        for (software.amazon.awssdk.services.glue.model.Column column : columns) {
            try {
                typed.add(toColumn(owner, column));
            }
            catch (TrinoException _) {
                // the caller's table has its columns elsewhere: in a view's text, in a table format's own metadata
            }
        }
        return typed.build();
    }

    private static Column toColumn(String owner, software.amazon.awssdk.services.glue.model.Column column)
    {
        if (column.name() == null) {
            throw new TrinoException(TARN_INVALID_METADATA, "Table %s has a column without a name. Correct its definition in the catalogue".formatted(owner));
        }
        return new Column(
                column.name(),
                toHiveType(owner, column.name(), column.type()),
                Optional.ofNullable(column.comment()),
                withoutNulls(column.parameters()));
    }

    private static HiveType toHiveType(String owner, String column, String text)
    {
        if (text == null) {
            throw new TrinoException(TARN_INVALID_METADATA, "Column %s.%s has no type. Correct its definition in the catalogue".formatted(owner, column));
        }
        HiveType known = TYPES.get(text);
        if (known != null) {
            return known;
        }
        try {
            HiveType type = parse(text);
            if (TYPES.size() < MAX_INTERNED_TYPES && text.length() <= MAX_INTERNED_LENGTH) {
                TYPES.put(text, type);
            }
            return type;
        }
        catch (RuntimeException e) {
            throw new TrinoException(
                    TARN_INVALID_METADATA,
                    "Column %s.%s has the type '%s', which is no Hive type: %s. Correct its definition in the catalogue".formatted(owner, column, text, e.getMessage()),
                    e);
        }
    }

    private static HiveType parse(String text)
    {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '<') {
                depth++;
                if (depth > MAX_NESTING) {
                    throw new IllegalArgumentException("it is nested more than %s levels deep".formatted(MAX_NESTING));
                }
            }
            else if (text.charAt(i) == '>') {
                depth--;
            }
        }
        String normalized = BLANKS_AROUND_STRUCTURE.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll("$1");
        List<HiveType> types = HiveType.toHiveTypes(normalized);
        if (types.size() != 1) {
            throw new IllegalArgumentException("it is %s types".formatted(types.size()));
        }
        return types.getFirst();
    }

    /**
     * As {@link #toGlueColumns(List)}, with the type of a column that stays as it is spelt as it was: the metastore's
     * form has the names of fields in lower case, and some SerDes look at their case.
     *
     * @param existing what is replaced
     */
    static List<software.amazon.awssdk.services.glue.model.Column> toGlueColumns(List<Column> columns, List<software.amazon.awssdk.services.glue.model.Column> existing)
    {
        Map<String, String> spelt = new HashMap<>();
        existing.stream()
                .filter(column -> column.name() != null && column.type() != null)
                .forEach(column -> spelt.put(column.name(), column.type()));
        return toGlueColumns(columns).stream()
                .map(column -> column.type().equalsIgnoreCase(spelt.get(column.name())) ? column.toBuilder().type(spelt.get(column.name())).build() : column)
                .collect(toImmutableList());
    }

    static List<software.amazon.awssdk.services.glue.model.Column> toGlueColumns(List<Column> columns)
    {
        return columns.stream()
                .map(column -> software.amazon.awssdk.services.glue.model.Column.builder()
                        .name(column.getName())
                        .type(column.getType().toString())
                        .comment(column.getComment().orElse(null))
                        .parameters(column.getProperties())
                        .build())
                .collect(toImmutableList());
    }
}
