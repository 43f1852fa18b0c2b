package io.tarn.protect;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.plugin.base.security.CatalogTableAccessControlRule;
import io.trino.plugin.base.security.ExpressionEnvironment;
import io.trino.plugin.base.security.TableAccessControlRule.TablePrivilege;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.security.Identity;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.trino.plugin.base.security.TableAccessControlRule.TablePrivilege.GRANT_SELECT;
import static io.trino.plugin.base.security.TableAccessControlRule.TablePrivilege.SELECT;

/**
 * One of the rules for tables, with the members of
 * <a href="https://trino.io/docs/current/security/file-system-access-control.html#table-rules">Trino's</a>, and
 * {@code other_columns}.
 *
 * @param columns by name
 */
record TableRule(
        Set<TablePrivilege> privileges,
        Map<String, ColumnRule> columns,
        OtherColumns otherColumns,
        Optional<String> filter,
        Optional<ExpressionEnvironment> filterEnvironment,
        Optional<Pattern> user,
        Optional<Pattern> role,
        Optional<Pattern> group,
        Optional<Pattern> catalog,
        Optional<Pattern> schema,
        Optional<Pattern> table)
{
    static TableRule allowAll()
    {
        return new TableRule(ImmutableSet.copyOf(TablePrivilege.values()), ImmutableMap.of(), OtherColumns.ALLOW, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean appliesTo(Identity identity)
    {
        return matches(user, identity.getUser()) && matchesAny(role, identity.getEnabledRoles()) && matchesAny(group, identity.getGroups());
    }

    boolean appliesTo(Identity identity, CatalogSchemaTableName name)
    {
        return matches(catalog, name.getCatalogName())
                && matches(schema, name.getSchemaTableName().getSchemaName())
                && matches(table, name.getSchemaTableName().getTableName())
                && appliesTo(identity);
    }

    boolean mayRead()
    {
        return privileges.contains(SELECT) || privileges.contains(GRANT_SELECT);
    }

    /**
     * Whether something of what the table holds is kept back.
     */
    boolean isRestricted()
    {
        return isColumnRestricted() || filter.isPresent();
    }

    /**
     * Whether a column is denied or masked; hidden ones hold nothing of their own.
     */
    boolean isColumnRestricted()
    {
        return otherColumns == OtherColumns.DENY
                || columns.values().stream().anyMatch(column -> !column.name().startsWith("$") && (column.isDenied() || column.mask().isPresent()));
    }

    boolean isDenied(String column)
    {
        ColumnRule rule = columns.get(column);
        return rule == null ? otherColumns == OtherColumns.DENY : rule.isDenied();
    }

    boolean isMasked(String column)
    {
        return columns.containsKey(column) && columns.get(column).mask().isPresent();
    }

    /**
     * Whether the rule allows the column by its name and as it is.
     */
    boolean isAllowedByName(String column)
    {
        return columns.containsKey(column) && !isDenied(column) && !isMasked(column);
    }

    /**
     * Whether the rule is about each table of a catalogue.
     */
    boolean coversCatalog(String name)
    {
        return matches(catalog, name) && matchesEverything(schema) && matchesEverything(table);
    }

    boolean coversAllCatalogs()
    {
        return matchesEverything(catalog) && matchesEverything(schema) && matchesEverything(table);
    }

    /**
     * The rule as Trino has it, for the table and for its metadata tables.
     */
    CatalogTableAccessControlRule toTrino()
    {
        return new CatalogTableAccessControlRule(
                privileges,
                Optional.of(columns.values().stream().map(ColumnRule::toTrino).toList()),
                filter,
                filterEnvironment,
                user,
                role,
                group,
                schema,
                table.map(MetadataTableNames::alsoFor),
                catalog);
    }

    private static boolean matches(Optional<Pattern> pattern, String name)
    {
        return pattern.isEmpty() || pattern.get().matcher(name).matches();
    }

    private static boolean matchesAny(Optional<Pattern> pattern, Set<String> names)
    {
        return pattern.isEmpty() || names.stream().anyMatch(name -> pattern.get().matcher(name).matches());
    }

    private static boolean matchesEverything(Optional<Pattern> pattern)
    {
        return pattern.isEmpty() || pattern.get().pattern().equals(".*");
    }

    /**
     * A rule as it stands in the file. What is wrong with it is thrown while it is read, so that the message has its
     * place.
     */
    record Written(
            @JsonProperty("privileges") Set<TablePrivilege> privileges,
            @JsonProperty("columns") Optional<List<ColumnRule>> columns,
            @JsonProperty("other_columns") Optional<OtherColumns> otherColumns,
            @JsonProperty("filter") Optional<String> filter,
            @JsonProperty("filter_environment") Optional<ExpressionEnvironment> filterEnvironment,
            @JsonProperty("user") Optional<Pattern> user,
            @JsonProperty("role") Optional<Pattern> role,
            @JsonProperty("group") Optional<Pattern> group,
            @JsonProperty("catalog") Optional<Pattern> catalog,
            @JsonProperty("schema") Optional<Pattern> schema,
            @JsonProperty("table") Optional<Pattern> table)
    {
        Written
        {
            checkArgument(privileges != null, "has no privileges: name what is allowed, as [\"SELECT\"], or [] for nothing");
            Set<String> names = new HashSet<>();
            Stream<ColumnRule> listed = columns.orElse(ImmutableList.of()).stream();
            listed.forEach(column -> checkArgument(names.add(column.name()), "has the column \"%s\" twice in columns: put what is said of it into one", column.name()));
            filter.ifPresent(expression -> RuleText.verifyExpression(expression, "filter"));
            catalog.ifPresent(pattern -> RuleText.verifyLowerCase(pattern, "catalog"));
            schema.ifPresent(pattern -> RuleText.verifyLowerCase(pattern, "schema"));
            table.ifPresent(pattern -> RuleText.verifyLowerCase(pattern, "table"));
        }

        TableRule toRule()
        {
            return new TableRule(
                    ImmutableSet.copyOf(privileges),
                    columns.orElse(ImmutableList.of()).stream().collect(toImmutableMap(ColumnRule::name, column -> column)),
                    otherColumns.orElse(OtherColumns.ALLOW),
                    filter,
                    filterEnvironment,
                    user,
                    role,
                    group,
                    catalog,
                    schema,
                    table);
        }
    }
}
