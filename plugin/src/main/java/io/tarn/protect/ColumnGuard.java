package io.tarn.protect;

import com.google.common.collect.ImmutableSet;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.security.AccessDeniedException;
import io.trino.spi.security.Identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Refuses to read what the rules keep back, also where another name would show it: a hidden column that has the row's
 * line in it, a metadata table that has the smallest value of each column.
 */
final class ColumnGuard
{
    private static final String INFORMATION_SCHEMA = "information_schema";
    // an attribute that no column claims may be one that has been taken out of the table, or a partition column
    private static final Set<String> COLUMNS_OF_THE_LINE = ImmutableSet.of("$line", "$extra");
    // they tell of a file and of no value in it; a path has the values of the partition columns
    private static final Set<String> HARMLESS_HIDDEN_COLUMNS = ImmutableSet.of("$file_size", "$file_modified_time");

    private final Rules rules;
    private final Identity identity;
    private final CatalogSchemaTableName name;

    ColumnGuard(Rules rules, Identity identity, CatalogSchemaTableName name)
    {
        this.rules = requireNonNull(rules, "rules is null");
        this.identity = requireNonNull(identity, "identity is null");
        this.name = requireNonNull(name, "name is null");
    }

    /**
     * @throws AccessDeniedException where one of the columns may not be read; the message has user, table, column, rule
     *         and what to do
     */
    void checkCanRead(Set<String> columns)
    {
        if (isInformationSchema()) {
            return;
        }
        TableRule rule = rules.ruleFor(identity, name)
                .orElseThrow(() -> new AccessDeniedException("Cannot read table %s: user %s has no right to; it takes a rule in \"tables\" of the rules".formatted(name, identity.getUser())));
        if (!rule.mayRead()) {
            throw new AccessDeniedException("Cannot read table %s: user %s has no right to, by %s; it takes the privilege SELECT".formatted(name, identity.getUser(), rules.place(rule)));
        }
        if (MetadataTableNames.isMetadataTable(name) && isKeptBack(rule)) {
            throw new AccessDeniedException("Cannot read table %s: it tells of what user %s may not read of %s, by %s; it takes the right to all columns and rows of the table".formatted(
                    name,
                    identity.getUser(),
                    MetadataTableNames.tableOf(name),
                    rules.place(rule)));
        }
        List<String> denied = columns.stream()
                .filter(column -> isDenied(rule, column))
                .sorted()
                .toList();
        if (!denied.isEmpty()) {
            throw new AccessDeniedException("Cannot read column%s %s of table %s: user %s may not, by %s; %s".formatted(
                    denied.size() == 1 ? "" : "s",
                    String.join(", ", denied),
                    name,
                    identity.getUser(),
                    rules.place(rule),
                    remedy(denied)));
        }
    }

    /**
     * The columns that {@code SELECT *} and {@code DESCRIBE} have.
     */
    Set<String> visible(Set<String> columns)
    {
        Optional<TableRule> rule = isInformationSchema() ? Optional.empty() : rules.ruleFor(identity, name);
        // those of a metadata table that is refused are no secret, and its refusal is to be read rather than that it is not there
        if (rule.isEmpty() || (MetadataTableNames.isMetadataTable(name) && isKeptBack(rule.get()))) {
            return columns;
        }
        return columns.stream()
                .filter(column -> !isDenied(rule.get(), column))
                .collect(toImmutableSet());
    }

    private boolean isInformationSchema()
    {
        return name.getSchemaTableName().getSchemaName().equals(INFORMATION_SCHEMA);
    }

    /**
     * Whether the whole metadata table is.
     */
    private boolean isKeptBack(TableRule rule)
    {
        return MetadataTableNames.hasColumnsOfItsTable(name) ? rule.filter().isPresent() : rule.isRestricted();
    }

    private boolean isDenied(TableRule rule, String column)
    {
        if (COLUMNS_OF_THE_LINE.contains(column)) {
            return rule.isRestricted();
        }
        if (column.startsWith("$")) {
            boolean tellsOfColumns = rule.isColumnRestricted() && !HARMLESS_HIDDEN_COLUMNS.contains(column) && !rule.isAllowedByName(column);
            return tellsOfColumns || (rule.columns().containsKey(column) && rule.isDenied(column));
        }
        if (MetadataTableNames.isMetadataTable(name)) {
            // the masks are the table's, and can speak of columns that this one does not have
            return MetadataTableNames.hasColumnsOfItsTable(name) && (rule.isDenied(column) || rule.isMasked(column));
        }
        return rule.isDenied(column);
    }

    private static String remedy(List<String> denied)
    {
        if (!denied.stream().allMatch(column -> column.startsWith("$"))) {
            return "leave it out, or SELECT *, which does so by itself where hide-inaccessible-columns is set";
        }
        if (denied.stream().anyMatch(COLUMNS_OF_THE_LINE::contains)) {
            return "the line of a row has every column in it, so that it takes the right to all columns and rows";
        }
        return "it can have values of columns in it that are kept back; a rule that lists it among its columns allows it";
    }
}
