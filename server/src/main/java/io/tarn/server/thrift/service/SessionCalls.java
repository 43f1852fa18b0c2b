package io.tarn.server.thrift.service;

import com.facebook.fb303.FacebookService.aliveSince_args;
import com.facebook.fb303.FacebookService.getCounter_args;
import com.facebook.fb303.FacebookService.getCounters_args;
import com.facebook.fb303.FacebookService.getName_args;
import com.facebook.fb303.FacebookService.getOption_args;
import com.facebook.fb303.FacebookService.getOptions_args;
import com.facebook.fb303.FacebookService.getStatusDetails_args;
import com.facebook.fb303.FacebookService.getStatus_args;
import com.facebook.fb303.FacebookService.getVersion_args;
import com.facebook.fb303.fb_status;
import com.google.common.collect.ImmutableMap;
import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveNames;
import org.apache.hadoop.hive.metastore.api.Catalog;
import org.apache.hadoop.hive.metastore.api.ConfigValSecurityException;
import org.apache.hadoop.hive.metastore.api.GetCatalogResponse;
import org.apache.hadoop.hive.metastore.api.GetCatalogsResponse;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.flushCache_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.getMetaConf_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_catalog_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_catalogs_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_config_value_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_metastore_db_uuid_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.setMetaConf_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.set_ugi_args;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static com.google.common.base.Strings.nullToEmpty;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * What a client asks of the server itself, before it asks for anything in the catalogue.
 */
final class SessionCalls
        implements CallTable.Calls
{
    // what clients ask for, as a metastore answers that was left as it comes
    private static final Map<String, String> SETTINGS = ImmutableMap.of(
            "hive.metastore.partition.name.whitelist.pattern", "",
            "hive.metastore.client.capability.check", "true",
            "hive.metastore.disallow.incompatible.col.type.changes", "false",
            "metastore.batch.retrieve.max", "300",
            "hive.exec.default.partition.name", "__HIVE_DEFAULT_PARTITION__");

    private final String identity;
    private final String version;
    private final Instant startedAt;

    /**
     * @param identity tells this catalogue from others, and is the same after a restart
     */
    SessionCalls(String identity, String version, Instant startedAt)
    {
        this.identity = requireNonNull(identity, "identity is null");
        this.version = requireNonNull(version, "version is null");
        this.startedAt = requireNonNull(startedAt, "startedAt is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        // as whom a client presents itself is not proven by it, and so means nothing here
        calls.ask(set_ugi_args.class, args -> groups(args.getUser_name(), args.getGroup_names()));
        calls.ask(get_config_value_args.class, args -> setting(args.getName(), args.getDefaultValue()));
        calls.ask(getMetaConf_args.class, args -> {
            if (!SETTINGS.containsKey(args.getKey())) {
                throw new MetaException("Invalid configuration key %s".formatted(args.getKey()));
            }
            return SETTINGS.get(args.getKey());
        });
        calls.ask(setMetaConf_args.class, args -> {
            throw new MetaException("setMetaConf is refused: %s cannot be set by a client".formatted(args.getKey()));
        });
        calls.ask(get_metastore_db_uuid_args.class, _ -> UUID.nameUUIDFromBytes(identity.getBytes(UTF_8)).toString());
        calls.ask(flushCache_args.class, _ -> null);
        calls.ask(get_catalogs_args.class, _ -> new GetCatalogsResponse(List.of(HiveNames.CATALOG)));
        calls.ask(get_catalog_args.class, args -> {
            HiveNames.checkCatalog(args.getCatName().getName());
            Catalog catalog = new Catalog(HiveNames.CATALOG, "");
            catalog.setDescription("The only catalogue");
            return new GetCatalogResponse(catalog);
        });

        calls.ask(getName_args.class, _ -> "Tarn");
        calls.ask(getVersion_args.class, _ -> version);
        calls.ask(getStatus_args.class, _ -> fb_status.ALIVE);
        calls.ask(getStatusDetails_args.class, _ -> "");
        calls.ask(getCounters_args.class, _ -> Map.of());
        calls.ask(getCounter_args.class, _ -> 0L);
        calls.ask(getOption_args.class, args -> nullToEmpty(SETTINGS.get(nullToEmpty(args.getKey()))));
        calls.ask(getOptions_args.class, _ -> SETTINGS);
        calls.ask(aliveSince_args.class, _ -> startedAt.getEpochSecond());
    }

    private static List<String> groups(String user, List<String> groups)
    {
        List<String> result = new ArrayList<>(groups == null ? List.of() : groups);
        result.add(nullToEmpty(user));
        return result;
    }

    private static String setting(String name, String defaultValue)
            throws ConfigValSecurityException
    {
        if (name == null) {
            return nullToEmpty(defaultValue);
        }
        if (!name.startsWith("hive.") && !name.startsWith("mapred.") && !name.startsWith("hdfs.") && !name.startsWith("metastore.")) {
            throw new ConfigValSecurityException("For security reasons, the config key %s cannot be accessed".formatted(name));
        }
        return SETTINGS.getOrDefault(name, nullToEmpty(defaultValue));
    }
}
