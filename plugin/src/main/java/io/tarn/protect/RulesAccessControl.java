package io.tarn.protect;

import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;
import io.airlift.bootstrap.LifeCycleManager;
import io.tarn.watch.WatchedFile;
import io.trino.cache.NonEvictableCache;
import io.trino.plugin.base.security.ForwardingSystemAccessControl;
import io.trino.spi.QueryId;
import io.trino.spi.connector.CatalogSchemaName;
import io.trino.spi.connector.CatalogSchemaRoutineName;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.connector.ColumnSchema;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.security.AccessDeniedException;
import io.trino.spi.security.SystemAccessControl;
import io.trino.spi.security.SystemSecurityContext;
import io.trino.spi.security.ViewExpression;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import static io.trino.cache.CacheUtils.uncheckedCacheGet;
import static io.trino.cache.SafeCaches.buildNonEvictableCache;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.HOURS;

/**
 * Trino's file-based access control, and what it leaves open: hidden columns and metadata tables tell nothing that the
 * rules keep back, a query meets one version of the rules, and a refusal says whom, what, by which rule and what to do.
 */
public final class RulesAccessControl
        extends ForwardingSystemAccessControl
{
    private final LifeCycleManager lifeCycleManager;
    private final WatchedFile<Rules> file;
    private final boolean guardLocations;
    private final StatisticsQueries statisticsQueries = new StatisticsQueries();
    // a filter of one version and the masks of another would be neither
    private final NonEvictableCache<QueryId, Rules> rulesOfQueries = buildNonEvictableCache(CacheBuilder.newBuilder().maximumSize(10_000).expireAfterWrite(1, HOURS));

    @Inject
    RulesAccessControl(LifeCycleManager lifeCycleManager, WatchedFile<Rules> file, RulesConfig config)
    {
        this.lifeCycleManager = requireNonNull(lifeCycleManager, "lifeCycleManager is null");
        this.file = requireNonNull(file, "file is null");
        this.guardLocations = config.isGuardLocations();
    }

    @Override
    protected SystemAccessControl delegate()
    {
        return file.current().control();
    }

    @Override
    public void checkCanSelectFromColumns(SystemSecurityContext context, CatalogSchemaTableName table, Optional<String> branch, Set<String> columns)
    {
        guard(context, table).checkCanRead(columns);
        explain(context, table, control -> control.checkCanSelectFromColumns(context, table, branch, columns));
    }

    @Override
    @Deprecated
    public void checkCanSelectFromColumns(SystemSecurityContext context, CatalogSchemaTableName table, Set<String> columns)
    {
        checkCanSelectFromColumns(context, table, Optional.empty(), columns);
    }

    @Override
    public void checkCanCreateViewWithSelectFromColumns(SystemSecurityContext context, CatalogSchemaTableName table, Optional<String> branch, Set<String> columns)
    {
        guard(context, table).checkCanRead(columns);
        explain(context, table, control -> control.checkCanCreateViewWithSelectFromColumns(context, table, branch, columns));
    }

    @Override
    @Deprecated
    public void checkCanCreateViewWithSelectFromColumns(SystemSecurityContext context, CatalogSchemaTableName table, Set<String> columns)
    {
        checkCanCreateViewWithSelectFromColumns(context, table, Optional.empty(), columns);
    }

    @Override
    public Set<String> filterColumns(SystemSecurityContext context, CatalogSchemaTableName table, Set<String> columns)
    {
        return guard(context, table).visible(rules(context).control().filterColumns(context, table, columns));
    }

    @Override
    public Map<SchemaTableName, Set<String>> filterColumns(SystemSecurityContext context, String catalogName, Map<SchemaTableName, Set<String>> tableColumns)
    {
        ImmutableMap.Builder<SchemaTableName, Set<String>> visible = ImmutableMap.builder();
        tableColumns.forEach((table, columns) -> visible.put(table, filterColumns(context, new CatalogSchemaTableName(catalogName, table), columns)));
        return visible.buildOrThrow();
    }

    @Override
    public List<ViewExpression> getRowFilters(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        if (MetadataTableNames.isMetadataTable(table)) {
            // refused where its table has one
            return ImmutableList.of();
        }
        List<ViewExpression> filters = rules(context).control().getRowFilters(context, table);
        if (!filters.isEmpty() && statisticsQueries.contains(context.getQueryId())) {
            throw new AccessDeniedException("Cannot show statistics of table %s: they are of all rows, and user %s may read some%s; SELECT min(…), max(…) FROM the table tells of those".formatted(
                    table,
                    context.getIdentity().getUser(),
                    place(context, table).map(place -> ", by " + place).orElse("")));
        }
        return filters;
    }

    @Override
    public Optional<ViewExpression> getColumnMask(SystemSecurityContext context, CatalogSchemaTableName table, String columnName, Type type)
    {
        return MetadataTableNames.isMetadataTable(table) ? Optional.empty() : rules(context).control().getColumnMask(context, table, columnName, type);
    }

    @Override
    public Map<ColumnSchema, ViewExpression> getColumnMasks(SystemSecurityContext context, CatalogSchemaTableName table, List<ColumnSchema> columns)
    {
        return MetadataTableNames.isMetadataTable(table) ? ImmutableMap.of() : rules(context).control().getColumnMasks(context, table, columns);
    }

    @Override
    public void checkCanInsertIntoTable(SystemSecurityContext context, CatalogSchemaTableName table, Optional<String> branch)
    {
        explain(context, table, control -> control.checkCanInsertIntoTable(context, table, branch));
    }

    @Override
    @Deprecated
    public void checkCanInsertIntoTable(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        checkCanInsertIntoTable(context, table, Optional.empty());
    }

    /**
     * Refuses under a row filter as well: Trino evaluates none here, and would delete rows that are not there for the user.
     */
    @Override
    public void checkCanDeleteFromTable(SystemSecurityContext context, CatalogSchemaTableName table, Optional<String> branch)
    {
        explain(context, table, control -> control.checkCanDeleteFromTable(context, table, branch));
        if (!rules(context).control().getRowFilters(context, table).isEmpty()) {
            throw new AccessDeniedException("Cannot delete from table %s: user %s may read some of its rows, and others would be deleted with them, by %s".formatted(
                    table,
                    context.getIdentity().getUser(),
                    place(context, table).orElseThrow()));
        }
    }

    @Override
    @Deprecated
    public void checkCanDeleteFromTable(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        checkCanDeleteFromTable(context, table, Optional.empty());
    }

    @Override
    public void checkCanTruncateTable(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        explain(context, table, control -> control.checkCanTruncateTable(context, table));
    }

    @Override
    public void checkCanUpdateTableColumns(SystemSecurityContext context, CatalogSchemaTableName table, Optional<String> branch, Set<String> updatedColumnNames)
    {
        explain(context, table, control -> control.checkCanUpdateTableColumns(context, table, branch, updatedColumnNames));
    }

    @Override
    @Deprecated
    public void checkCanUpdateTableColumns(SystemSecurityContext context, CatalogSchemaTableName table, Set<String> updatedColumnNames)
    {
        checkCanUpdateTableColumns(context, table, Optional.empty(), updatedColumnNames);
    }

    /**
     * Trino leaves it to everybody; but what it does is to replace the table's files.
     */
    @Override
    public void checkCanExecuteTableProcedure(SystemSecurityContext context, CatalogSchemaTableName table, String procedure)
    {
        explain(context, table, control -> control.checkCanInsertIntoTable(context, table, Optional.empty()));
        explain(context, table, control -> control.checkCanDeleteFromTable(context, table, Optional.empty()));
    }

    @Override
    public void checkCanDropTable(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        explain(context, table, control -> control.checkCanDropTable(context, table));
    }

    @Override
    public void checkCanShowCreateTable(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        explain(context, table, control -> control.checkCanShowCreateTable(context, table));
    }

    @Override
    public void checkCanCreateTable(SystemSecurityContext context, CatalogSchemaTableName table, Map<String, Object> properties)
    {
        explain(context, table, control -> control.checkCanCreateTable(context, table, properties));
        checkLocations(context, table.getCatalogName(), "table " + table, properties);
    }

    @Override
    public void checkCanSetTableProperties(SystemSecurityContext context, CatalogSchemaTableName table, Map<String, Optional<Object>> properties)
    {
        explain(context, table, control -> control.checkCanSetTableProperties(context, table, properties));
        checkLocations(context, table.getCatalogName(), "table " + table, properties);
    }

    @Override
    public void checkCanCreateSchema(SystemSecurityContext context, CatalogSchemaName schema, Map<String, Object> properties)
    {
        delegate().checkCanCreateSchema(context, schema, properties);
        checkLocations(context, schema.getCatalogName(), "schema " + schema, properties);
    }

    @Override
    public void checkCanExecuteProcedure(SystemSecurityContext context, CatalogSchemaRoutineName procedure)
    {
        try {
            delegate().checkCanExecuteProcedure(context, procedure);
        }
        catch (AccessDeniedException e) {
            throw new AccessDeniedException("%s: user %s has no right to; it takes a rule in \"procedures\" of the rules".formatted(withoutPrefix(e), context.getIdentity().getUser()), e);
        }
    }

    // Trino's file-based control throws on branches as on something that nobody has thought of

    @Override
    public void checkCanShowBranches(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        explain(context, table, control -> control.checkCanShowColumns(context, table));
    }

    @Override
    public void checkCanCreateBranch(SystemSecurityContext context, CatalogSchemaTableName table, String branch)
    {
        checkCanChangeBranches(context, table);
    }

    @Override
    public void checkCanDropBranch(SystemSecurityContext context, CatalogSchemaTableName table, String branch)
    {
        checkCanChangeBranches(context, table);
    }

    @Override
    public void checkCanFastForwardBranch(SystemSecurityContext context, CatalogSchemaTableName table, String sourceBranch, String targetBranch)
    {
        checkCanChangeBranches(context, table);
    }

    @Override
    public Iterable<EventListener> getEventListeners()
    {
        return ImmutableList.of(statisticsQueries);
    }

    @Override
    public void shutdown()
    {
        lifeCycleManager.stop();
    }

    private void checkCanChangeBranches(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        checkCanInsertIntoTable(context, table, Optional.empty());
        checkCanDeleteFromTable(context, table, Optional.empty());
    }

    private Rules rules(SystemSecurityContext context)
    {
        return uncheckedCacheGet(rulesOfQueries, context.getQueryId(), file::current);
    }

    private ColumnGuard guard(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        return new ColumnGuard(rules(context), context.getIdentity(), table);
    }

    private void checkLocations(SystemSecurityContext context, String catalog, String subject, Map<String, ?> properties)
    {
        if (guardLocations) {
            LocationGuard.checkProperties(rules(context), context.getIdentity(), catalog, subject, properties);
        }
    }

    /**
     * Adds to a refusal of Trino's whom it is about, and by which rule.
     */
    private void explain(SystemSecurityContext context, CatalogSchemaTableName table, Consumer<SystemAccessControl> check)
    {
        try {
            check.accept(rules(context).control());
        }
        catch (AccessDeniedException e) {
            throw new AccessDeniedException("%s: user %s has no right to, by %s".formatted(
                    withoutPrefix(e),
                    context.getIdentity().getUser(),
                    place(context, table).orElse("the rules, of which none in \"tables\" is about user and table")), e);
        }
    }

    private Optional<String> place(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        Rules rules = rules(context);
        return rules.ruleFor(context.getIdentity(), table).map(rules::place);
    }

    private static String withoutPrefix(AccessDeniedException e)
    {
        return e.getMessage().startsWith(AccessDeniedException.PREFIX) ? e.getMessage().substring(AccessDeniedException.PREFIX.length()) : e.getMessage();
    }
}
