package io.tarn.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import com.google.inject.Injector;
import io.airlift.bootstrap.Bootstrap;
import io.airlift.bootstrap.LifeCycleManager;
import io.airlift.json.JsonModule;
import io.airlift.log.Logger;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.tarn.athena.dialect.TableKind;
import io.tarn.athena.dialect.TableKinds;
import io.tarn.metastore.GlueMetastoreModule;
import io.tarn.storage.StorageModule;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.plugin.base.jmx.MBeanServerModule;
import io.trino.spi.security.ConnectorIdentity;
import org.weakref.jmx.ObjectNameBuilder;
import org.weakref.jmx.ObjectNameGenerator;
import org.weakref.jmx.guice.MBeanModule;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a catalogue's Glue says of its tables, asked when the first statement needs it.
 */
final class GlueTableKinds
        implements TableKinds, Closeable
{
    private static final Logger log = Logger.get(GlueTableKinds.class);

    // several in one process are told apart in JMX
    private static final AtomicInteger NUMBER = new AtomicInteger();

    // metadata of tables with a long history; VACUUM goes by Athena's defaults where it is larger
    private static final long MAX_METADATA_BYTES = 64 << 20;

    private final Supplier<Injector> injector;
    private volatile boolean started;

    /**
     * @param catalogProperties of the catalogue's file, of which those of Glue and of the storage are taken
     */
    GlueTableKinds(Map<String, String> catalogProperties)
    {
        Map<String, String> properties = catalogProperties.entrySet().stream()
                .filter(property -> property.getKey().startsWith("glue.") || property.getKey().startsWith("storage.") || property.getKey().startsWith("s3."))
                .collect(toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
        injector = Suppliers.memoize(() -> start(properties));
    }

    private Injector start(Map<String, String> properties)
    {
        int number = NUMBER.incrementAndGet();
        Injector created = new Bootstrap("io.tarn.dialect", new MBeanModule(), new MBeanServerModule(), new JsonModule(), new GlueMetastoreModule(), new StorageModule(), binder -> {
            binder.bind(OpenTelemetry.class).toInstance(OpenTelemetry.noop());
            binder.bind(Tracer.class).toInstance(OpenTelemetry.noop().getTracer("tarn"));
            binder.bind(ObjectNameGenerator.class).toInstance((_, names) -> new ObjectNameBuilder("io.tarn.server.dialect.glue")
                    .withProperties(names)
                    .withProperty("catalog", String.valueOf(number))
                    .build());
        })
                .doNotInitializeLogging()
                .disableSystemProperties()
                .quiet()
                .setRequiredConfigurationProperties(properties)
                .initialize();
        started = true;
        return created;
    }

    @Override
    public TableKind kind(String database, String table)
    {
        return table(database, table).map(GlueTableKinds::kind).orElse(TableKind.NONE);
    }

    private Optional<Table> table(String database, String table)
    {
        try {
            return injector.get().getInstance(HiveMetastore.class).getTable(database, table);
        }
        catch (RuntimeException e) {
            // the statement itself will meet the same, and says what it is
            log.warn(e, "Glue does not tell what %s.%s is", database, table);
            return Optional.empty();
        }
    }

    private static TableKind kind(Table table)
    {
        if (table.getTableType().equals("VIRTUAL_VIEW")) {
            return TableKind.VIEW;
        }
        Map<String, String> parameters = table.getParameters();
        String provider = parameters.getOrDefault("spark.sql.sources.provider", "");
        String inputFormat = table.getStorage().getStorageFormat().getInputFormatNullable();
        if ("iceberg".equalsIgnoreCase(parameters.get("table_type"))) {
            return TableKind.ICEBERG;
        }
        if (provider.equalsIgnoreCase("delta") || "delta".equalsIgnoreCase(parameters.get("table_type"))) {
            return TableKind.DELTA_LAKE;
        }
        if (provider.equalsIgnoreCase("hudi") || (inputFormat != null && inputFormat.contains(".hudi."))) {
            return TableKind.HUDI;
        }
        return TableKind.HIVE;
    }

    @Override
    public Map<String, String> properties(String database, String table)
    {
        Optional<String> location = table(database, table).map(found -> found.getParameters().get("metadata_location"));
        if (location.isEmpty()) {
            return ImmutableMap.of();
        }
        try {
            return metadataProperties(location.get());
        }
        catch (IOException | RuntimeException e) {
            log.warn(e, "The metadata %s of table %s.%s cannot be read", location.get(), database, table);
            return ImmutableMap.of();
        }
    }

    private Map<String, String> metadataProperties(String location)
            throws IOException
    {
        TrinoInputFile file = injector.get().getInstance(TrinoFileSystemFactory.class)
                .create(ConnectorIdentity.ofUser("tarn"))
                .newInputFile(Location.of(location));
        // others compress it, and say so in the name
        if (file.length() > MAX_METADATA_BYTES || !location.endsWith(".metadata.json") || location.contains(".gz.")) {
            return ImmutableMap.of();
        }
        JsonNode metadata;
        try (TrinoInput input = file.newInput()) {
            metadata = new ObjectMapper().readTree(new String(input.readFully(0, (int) file.length()).getBytes(), UTF_8));
        }
        ImmutableMap.Builder<String, String> properties = ImmutableMap.builder();
        metadata.path("properties").properties().forEach(property -> properties.put(property.getKey(), property.getValue().asText()));
        return properties.buildOrThrow();
    }

    @Override
    public void close()
    {
        if (started) {
            injector.get().getInstance(LifeCycleManager.class).stop();
        }
    }
}
