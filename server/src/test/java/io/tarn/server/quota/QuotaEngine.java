package io.tarn.server.quota;

import com.google.common.collect.ImmutableMap;
import io.tarn.TarnPlugin;
import io.tarn.server.lake.Clients;
import io.tarn.server.lake.LakeServices;
import io.trino.spi.security.SystemAccessControl;
import io.trino.spi.security.SystemAccessControlFactory;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.QueryRunner;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.Iterables.find;
import static com.google.common.collect.Streams.stream;
import static io.tarn.server.lake.LakeServices.SCHEMA;
import static io.trino.testing.TestingSession.testSessionBuilder;

/**
 * A coordinator with quotas, and its plugin's catalogue {@code awsdatacatalog} over a lake.
 */
final class QuotaEngine
        implements AutoCloseable
{
    private final QueryRunner queryRunner;
    private final URI uri;

    /**
     * @param quota the properties of {@code access-control.properties}
     * @param catalog the properties of the catalogue
     */
    QuotaEngine(Map<String, String> quota, Map<String, String> catalog)
            throws Exception
    {
        TarnPlugin plugin = new TarnPlugin();
        SystemAccessControlFactory factory = find(plugin.getSystemAccessControlFactories(), control -> control.getName().equals("tarn-quota"));
        SystemAccessControl accessControl = factory.create(quota, null);
        DistributedQueryRunner runner = DistributedQueryRunner.builder(testSessionBuilder().setCatalog("awsdatacatalog").setSchema(SCHEMA).build())
                .setWorkerCount(0)
                .setSystemAccessControl(accessControl)
                .setEventListeners(stream(accessControl.getEventListeners()).collect(toImmutableList()))
                .build();
        queryRunner = runner;
        uri = runner.getCoordinator().getBaseUrl();
        try {
            runner.installPlugin(plugin);
            runner.createCatalog("awsdatacatalog", "tarn", catalog);
        }
        catch (Throwable t) {
            runner.close();
            throw t;
        }
    }

    static Map<String, String> s3Catalog(LakeServices lake, URI s3)
    {
        return ImmutableMap.<String, String>builder()
                .putAll(lake.tarnGlueProperties())
                .put("storage.kind", "s3")
                .putAll(lake.s3Properties(s3))
                .buildOrThrow();
    }

    static Map<String, String> quota(Path policy, String ledgerUrl)
    {
        return ImmutableMap.of("quota.policy-file", policy.toString(), "quota.ledger.url", ledgerUrl);
    }

    QueryRunner queryRunner()
    {
        return queryRunner;
    }

    URI uri()
    {
        return uri;
    }

    Connection connect(String user)
            throws SQLException
    {
        return connect(uri, user);
    }

    static Connection connect(URI uri, String user)
            throws SQLException
    {
        return Clients.connect(uri, "awsdatacatalog", SCHEMA, user, Map.of());
    }

    @Override
    public void close()
    {
        queryRunner.close();
    }
}
