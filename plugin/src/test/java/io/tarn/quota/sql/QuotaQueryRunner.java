package io.tarn.quota.sql;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.quota.QuotaView;
import io.trino.Session;
import io.trino.spi.Plugin;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.procedure.Procedure;
import io.trino.spi.security.Identity;
import io.trino.spi.transaction.IsolationLevel;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;

import java.util.Map;
import java.util.Set;

import static io.trino.testing.TestingSession.testSessionBuilder;

/**
 * A Trino whose catalogue {@code quotas} has nothing but the tables and procedures.
 */
final class QuotaQueryRunner
        implements AutoCloseable
{
    private static final String CATALOG = "quotas";

    private final DistributedQueryRunner queryRunner;

    QuotaQueryRunner(QuotaView view, Map<String, Set<String>> groups)
            throws Exception
    {
        queryRunner = DistributedQueryRunner.builder(session("admin"))
                .setWorkerCount(0)
                .build();
        queryRunner.getGroupProvider().setConfiguredGroupProvider(user -> groups.getOrDefault(user, Set.of()));
        queryRunner.installPlugin(new Plugin()
        {
            @Override
            public Iterable<ConnectorFactory> getConnectorFactories()
            {
                return ImmutableList.of(new QuotaConnectorFactory(view));
            }
        });
        queryRunner.createCatalog(CATALOG, CATALOG, ImmutableMap.of());
    }

    MaterializedResult execute(String user, String sql)
    {
        return queryRunner.execute(session(user), sql);
    }

    private static Session session(String user)
    {
        return testSessionBuilder()
                .setCatalog(CATALOG)
                .setSchema("system")
                .setIdentity(Identity.ofUser(user))
                .build();
    }

    @Override
    public void close()
    {
        queryRunner.close();
    }

    private record QuotaConnectorFactory(QuotaView view)
            implements ConnectorFactory
    {
        @Override
        public String getName()
        {
            return CATALOG;
        }

        @Override
        public Connector create(String catalogName, Map<String, String> config, ConnectorContext context)
        {
            return new QuotaConnector(QuotaTables.tables(view), QuotaProcedures.procedures(view));
        }
    }

    private record QuotaConnector(Set<SystemTable> tables, Set<Procedure> procedures)
            implements Connector
    {
        @Override
        public ConnectorTransactionHandle beginTransaction(IsolationLevel isolationLevel, boolean readOnly, boolean autoCommit)
        {
            return Transaction.ONE;
        }

        @Override
        public ConnectorMetadata getMetadata(ConnectorSession session, ConnectorTransactionHandle transaction)
        {
            return new ConnectorMetadata() {};
        }

        @Override
        public Set<SystemTable> getSystemTables()
        {
            return tables;
        }

        @Override
        public Set<Procedure> getProcedures()
        {
            return procedures;
        }

        @Override
        public void shutdown() {}
    }

    public enum Transaction
            implements ConnectorTransactionHandle
    {
        ONE
    }
}
