package io.tarn.quota.access;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.airlift.bootstrap.LifeCycleManager;
import io.tarn.quota.GateKeeper;
import io.tarn.quota.QueryOrigin;
import io.tarn.quota.QuotaConfig;
import io.tarn.quota.QuotaGate;
import io.tarn.quota.policy.QueryAttributes;
import io.trino.plugin.base.security.AllowAllSystemAccessControl;
import io.trino.plugin.base.security.DefaultSystemAccessControl;
import io.trino.spi.QueryId;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.security.Identity;
import io.trino.spi.security.SystemAccessControl;
import io.trino.spi.security.SystemSecurityContext;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Lets the gate refuse: a disabled workgroup when a query comes in, a spent budget when the query names its first
 * table. Between the two the engine has told the listener of the query, so that source, tags and session are known. All
 * else is as with Trino's default access control, or left to those that stand beside this one.
 */
public class QuotaAccessControl
        extends AllowAllSystemAccessControl
{
    private final LifeCycleManager lifeCycleManager;
    private final QuotaGate gate;
    private final EventListener eventListener;
    private final SystemAccessControl otherwise;

    @Inject
    public QuotaAccessControl(LifeCycleManager lifeCycleManager, GateKeeper gateKeeper, QuotaEventListener eventListener, QuotaConfig config)
    {
        this.lifeCycleManager = requireNonNull(lifeCycleManager, "lifeCycleManager is null");
        this.gate = gateKeeper.gate();
        this.eventListener = requireNonNull(eventListener, "eventListener is null");
        this.otherwise = config.isBesideOtherAccessControl() ? AllowAllSystemAccessControl.INSTANCE : new DefaultSystemAccessControl();
    }

    @Override
    public void checkCanImpersonateUser(Identity identity, String userName)
    {
        otherwise.checkCanImpersonateUser(identity, userName);
    }

    @Override
    public void checkCanWriteSystemInformation(Identity identity)
    {
        otherwise.checkCanWriteSystemInformation(identity);
    }

    @Override
    public void checkCanExecuteQuery(Identity identity, QueryId queryId)
    {
        gate.admit(identity.getUser(), identity.getGroups());
    }

    @Override
    public void checkCanSelectFromColumns(SystemSecurityContext context, CatalogSchemaTableName table, Optional<String> branch, Set<String> columns)
    {
        admitTable(context, table);
    }

    @Override
    public void checkCanSelectFromColumns(SystemSecurityContext context, CatalogSchemaTableName table, Set<String> columns)
    {
        admitTable(context, table);
    }

    @Override
    public void checkCanDeleteFromTable(SystemSecurityContext context, CatalogSchemaTableName table, Optional<String> branch)
    {
        admitTable(context, table);
    }

    @Override
    public void checkCanDeleteFromTable(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        admitTable(context, table);
    }

    @Override
    public void checkCanUpdateTableColumns(SystemSecurityContext context, CatalogSchemaTableName table, Optional<String> branch, Set<String> updatedColumnNames)
    {
        admitTable(context, table);
    }

    @Override
    public void checkCanUpdateTableColumns(SystemSecurityContext context, CatalogSchemaTableName table, Set<String> updatedColumnNames)
    {
        admitTable(context, table);
    }

    @Override
    public void checkCanExecuteTableProcedure(SystemSecurityContext context, CatalogSchemaTableName table, String procedure)
    {
        admitTable(context, table);
    }

    @Override
    public Iterable<EventListener> getEventListeners()
    {
        return ImmutableList.of(eventListener);
    }

    @Override
    public void shutdown()
    {
        lifeCycleManager.stop();
    }

    private void admitTable(SystemSecurityContext context, CatalogSchemaTableName table)
    {
        if (InternalTables.isInternal(table.getCatalogName(), table.getSchemaTableName().getSchemaName())) {
            return;
        }
        Identity identity = context.getIdentity();
        QueryAttributes attributes = new QueryAttributes(identity.getUser(), identity.getGroups(), Optional.empty(), ImmutableSet.of(), Optional.empty(), Optional.empty());
        gate.admitTable(new QueryOrigin(context.getQueryId().toString(), context.getQueryStart(), attributes, ""));
    }
}
