package io.tarn.server.protect;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Streams;
import io.tarn.TarnPlugin;
import io.tarn.protect.group.GroupFileProviderFactory;
import io.tarn.server.lake.LakeServices;
import io.trino.Session;
import io.trino.plugin.base.security.FileBasedSystemAccessControl;
import io.trino.plugin.hive.HivePlugin;
import io.trino.spi.security.GroupProvider;
import io.trino.spi.security.Identity;
import io.trino.spi.security.SystemAccessControl;
import io.trino.spi.security.SystemAccessControlFactory;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.Iterables.find;
import static io.tarn.server.lake.LakeServices.SCHEMA;
import static io.trino.testing.TestingSession.testSessionBuilder;

/**
 * A coordinator as a cluster has it: quotas and rules one after the other, groups from a file. Catalogue
 * {@code awsdatacatalog} is Tarn, {@code hive} is Trino's own Hive connector over the same tables.
 */
final class ProtectedEngine
        implements AutoCloseable
{
    private final QueryRunner queryRunner;
    private final String authority;

    private ProtectedEngine(LakeServices lake, TarnPlugin plugin, List<SystemAccessControl> accessControls, Path groups)
            throws Exception
    {
        DistributedQueryRunner runner = DistributedQueryRunner.builder(testSessionBuilder().setCatalog("awsdatacatalog").setSchema(SCHEMA).build())
                .setWorkerCount(0)
                .addExtraProperty("hide-inaccessible-columns", "true")
                .setSystemAccessControls(accessControls)
                .setEventListeners(accessControls.stream().flatMap(control -> Streams.stream(control.getEventListeners())).collect(toImmutableList()))
                .build();
        queryRunner = runner;
        authority = runner.getCoordinator().getBaseUrl().getAuthority();
        try {
            GroupProvider provider = new GroupFileProviderFactory().create(ImmutableMap.of("file.group-file", groups.toString()));
            runner.getGroupProvider().setConfiguredGroupProvider(provider);
            runner.installPlugin(plugin);
            runner.installPlugin(new HivePlugin());
            runner.createCatalog("awsdatacatalog", "tarn", ImmutableMap.<String, String>builder()
                    .putAll(lake.tarnGlueProperties())
                    .put("storage.kind", "s3")
                    .putAll(lake.s3Properties(lake.s3Endpoint()))
                    .buildOrThrow());
            runner.createCatalog("hive", "hive", ImmutableMap.<String, String>builder()
                    .put("hive.metastore", "glue")
                    .put("hive.metastore.glue.endpoint-url", lake.awsEndpoint().toString())
                    .put("hive.metastore.glue.region", lake.glueRegion())
                    .put("hive.metastore.glue.aws-access-key", lake.glueCredentials().accessKey())
                    .put("hive.metastore.glue.aws-secret-key", lake.glueCredentials().secretKey())
                    .put("hive.non-managed-table-writes-enabled", "true")
                    .put("fs.s3.enabled", "true")
                    .putAll(lake.s3Properties(lake.s3Endpoint()))
                    .buildOrThrow());
        }
        catch (Throwable t) {
            runner.close();
            throw t;
        }
    }

    /**
     * With quotas that let everything run, and Tarn's rules.
     */
    static ProtectedEngine start(LakeServices lake, Path folder, Path rules, Path groups)
            throws Exception
    {
        Path policy = Files.writeString(folder.resolve("quotas.json"), "{}");
        TarnPlugin plugin = new TarnPlugin();
        return new ProtectedEngine(lake, plugin, List.of(
                factory(plugin, "tarn-quota").create(ImmutableMap.of("quota.policy-file", policy.toString(), "quota.ledger.url", "jdbc:sqlite:" + folder.resolve("quota.db")), null),
                rules(plugin, rules)), groups);
    }

    /**
     * With Trino's own file-based access control.
     */
    static ProtectedEngine startPeer(LakeServices lake, Path rules, Path groups)
            throws Exception
    {
        SystemAccessControl control = new FileBasedSystemAccessControl.Factory().create(ImmutableMap.of("security.config-file", rules.toString()), null);
        return new ProtectedEngine(lake, new TarnPlugin(), List.of(control), groups);
    }

    static SystemAccessControl rules(TarnPlugin plugin, Path rules)
    {
        return factory(plugin, "tarn-rules").create(ImmutableMap.of("security.config-file", rules.toString(), "security.refresh-period", "1ms"), null);
    }

    private static SystemAccessControlFactory factory(TarnPlugin plugin, String name)
    {
        return find(plugin.getSystemAccessControlFactories(), factory -> factory.getName().equals(name));
    }

    MaterializedResult query(String user, String sql)
    {
        return queryRunner.execute(session(user), sql);
    }

    private Session session(String user)
    {
        Identity identity = Identity.ofUser(user);
        return Session.builder(queryRunner.getDefaultSession()).setIdentity(identity).setOriginalIdentity(identity).build();
    }

    Connection connect(String user)
            throws SQLException
    {
        return DriverManager.getConnection("jdbc:trino://" + authority + "/awsdatacatalog/" + SCHEMA + "?user=" + user);
    }

    @Override
    public void close()
    {
        queryRunner.close();
    }
}
