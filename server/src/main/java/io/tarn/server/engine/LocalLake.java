package io.tarn.server.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.log.Logger;
import io.tarn.server.aws.AwsEndpoint;
import io.tarn.server.aws.Credentials;
import io.tarn.server.dialect.DialectCatalog;
import io.tarn.server.dialect.DialectCatalogs;
import io.tarn.server.dialect.DialectModule;
import io.tarn.server.glue.GlueService;
import io.tarn.server.glue.GlueStore;
import io.tarn.server.s3.S3Gateway;
import io.tarn.server.thrift.GlueThriftMetastore;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import static com.google.common.util.concurrent.Futures.getUnchecked;
import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static io.tarn.server.engine.LakeOptions.LOOPBACK;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

/**
 * Everything one machine needs for a lake, in this process: S3 over a folder, the AWS endpoint over its catalogue, and
 * Trino with the plugin. One at a time in a process, because Trino's management beans have fixed names.
 */
public final class LocalLake
        implements Closeable
{
    private static final Logger log = Logger.get(LocalLake.class);

    public static final String REGION = "us-east-1";

    // an empty catalogue, the configuration and a log take less than this
    private static final long REQUIRED_SPACE = 16 << 20;

    private final DataFolder folder;
    private final Endpoints endpoints;
    private final OpenDoors doors;

    private LocalLake(DataFolder folder, Endpoints endpoints, OpenDoors doors)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.doors = requireNonNull(doors, "doors is null");
    }

    /**
     * Returns when every door answers and {@code endpoints.json} says where.
     *
     * @throws EngineException when the data folder is in use, full or not writable, a port is taken, or the engine's
     *         configuration is wrong; nothing of the engine runs then
     */
    public static LocalLake start(LakeOptions options, Progress progress)
    {
        options.installation().verify();
        DataFolder folder = new DataFolder(options.data());
        OpenDoors doors = new OpenDoors();
        Thread hook = new Thread(() -> closeQuietly(doors), "close-lake");
        try {
            doors.add(FolderLock.take(folder, REQUIRED_SPACE));
            Ports.verifyFree(options);
            if (EndpointsFile.delete(folder)) {
                progress.note("The last engine on this data folder did not stop cleanly; its catalogue and data are used as they are");
            }
            doors.add(() -> EndpointsFile.delete(folder));
            Runtime.getRuntime().addShutdownHook(hook);
            doors.add(() -> removeHook(hook));
            return new LocalLake(folder, start(options, folder, doors, progress), doors);
        }
        catch (IOException | RuntimeException e) {
            closeQuietly(doors);
            throw StartFailures.explain(e, folder);
        }
    }

    private static Endpoints start(LakeOptions options, DataFolder folder, OpenDoors doors, Progress progress)
            throws IOException
    {
        Credentials credentials = CredentialsFile.loadOrCreate(folder.credentials());
        Files.createDirectories(folder.buckets());
        Files.createDirectories(folder.log().getParent());
        EngineLog.start(TrinoSettings.log(options.installation(), folder));

        progress.begin("Starting the AWS endpoint");
        GlueStore catalogue = options.catalogue()
                .map(database -> GlueStore.open(database.url(), database.user(), database.password()))
                .orElseGet(() -> GlueStore.open(folder.glueDatabase()));
        doors.add(catalogue::close);
        GlueService glue = new GlueService(catalogue);
        doors.add(glue::close);
        AwsEndpoint awsEndpoint = AwsEndpoint.start(options.host(), options.awsPort(), credentials, List.of(glue));
        doors.add(awsEndpoint::close);
        URI aws = reachable(awsEndpoint.uri(), options);

        progress.begin("Starting S3");
        S3Gateway gateway = S3Gateway.start(options.installation().s3Proxy(), folder.buckets(), options.host(), options.s3Port(), credentials);
        doors.add(gateway::close);
        URI s3 = reachable(gateway.uri(), options);

        progress.begin("Starting Trino");
        EffectiveEtc etc = EffectiveEtc.render(options.installation().etc(), folder.effectiveEtc(), variables(options, folder, credentials, aws, s3));
        Map<String, String> settings = TrinoSettings.systemProperties(etc, options.installation(), folder);
        // beside Trino's start, which waits for nothing of them
        FutureTask<GlueThriftMetastore> metastoreStart = new FutureTask<>(() -> GlueThriftMetastore.start(metastoreSettings(options, folder, credentials, aws, etc), version()));
        Thread.ofPlatform().name("start-metastore").daemon().start(metastoreStart);
        doors.add(() -> {
            if (metastoreStart.state() == Future.State.SUCCESS) {
                metastoreStart.resultNow().close();
            }
        });
        FutureTask<?> database = new FutureTask<>(() -> DefaultDatabase.createIfMissing(aws, REGION, credentials), null);
        Thread.ofVirtual().name("default-database").start(database);
        DialectCatalogs dialect = new DialectCatalogs(dialectCatalogs(etc));
        doors.add(dialect);
        TrinoServer trino = TrinoServer.start(settings, List.of(new DialectModule(dialect)), failure -> end(StartFailures.explain(failure, folder), doors, progress));
        doors.add(trino);
        getUnchecked(database);
        GlueThriftMetastore metastore = getUnchecked(metastoreStart);

        Endpoints endpoints = new Endpoints(reachable(trino.uri(), options), aws, s3, reachable(metastore.uri(), options), credentials.accessKey(), credentials.secretKey(), ProcessHandle.current().pid());
        EndpointsFile.write(folder, endpoints);
        progress.done();
        return endpoints;
    }

    public Endpoints endpoints()
    {
        return endpoints;
    }

    /**
     * Cancels the queries that run, stops everything in the opposite order of the start, and gives the data folder
     * free; once.
     *
     * @throws EngineException when something did not stop as it should; what comes after it is stopped nevertheless
     */
    @Override
    public void close()
    {
        try {
            doors.close();
        }
        catch (IOException | RuntimeException e) {
            log.error(e, "Not everything of the engine could be stopped");
            throw new EngineException(FAILED, "Not everything of the engine stopped as it should (%s), and ends with its process. More is in %s".formatted(e.getMessage(), folder.log()), e);
        }
    }

    /**
     * What {@code etc/metastore.properties} says goes before what this engine does, but for the address.
     */
    private static Map<String, String> metastoreSettings(LakeOptions options, DataFolder folder, Credentials credentials, URI aws, EffectiveEtc etc)
            throws IOException
    {
        return ImmutableMap.<String, String>builder()
                .put("glue.endpoint-url", aws.toString())
                .put("glue.region", REGION)
                .put("glue.aws-access-key", credentials.accessKey())
                .put("glue.aws-secret-key", credentials.secretKey())
                .put("storage.kind", "local")
                .put("storage.local.root", folder.buckets().toString())
                .putAll(etc.properties("metastore.properties"))
                .put("metastore.host", options.host())
                .put("metastore.port", String.valueOf(options.metastorePort()))
                .buildKeepingLast();
    }

    private static List<DialectCatalog> dialectCatalogs(EffectiveEtc etc)
            throws IOException
    {
        ImmutableList.Builder<DialectCatalog> catalogs = ImmutableList.builder();
        for (String name : etc.catalogs()) {
            Map<String, String> properties = etc.properties("catalog/%s.properties".formatted(name));
            if (DialectCatalog.isTarn(properties)) {
                catalogs.add(new DialectCatalog(name, properties));
            }
        }
        return catalogs.build();
    }

    private static String version()
    {
        return requireNonNullElse(LocalLake.class.getPackage().getImplementationVersion(), "unpackaged");
    }

    private static Map<String, String> variables(LakeOptions options, DataFolder folder, Credentials credentials, URI aws, URI s3)
            throws IOException
    {
        return ImmutableMap.<String, String>builder()
                .put("TARN_HOST", options.host())
                .put("TARN_INTERNAL_ADDRESS", reachableHost(options))
                .put("TARN_TRINO_PORT", String.valueOf(options.trinoPort()))
                .put("TARN_GLUE_ENDPOINT", aws.toString())
                .put("TARN_GLUE_REGION", REGION)
                .put("TARN_S3_ENDPOINT", s3.toString())
                .put("TARN_ACCESS_KEY", credentials.accessKey())
                .put("TARN_SECRET_KEY", credentials.secretKey())
                .put("TARN_STORAGE_ROOT", folder.buckets().toString())
                .put("TARN_DATA", folder.path().toString())
                // as it was written, so that what its owner changes there is seen
                .put("TARN_ETC", options.installation().etc().toString())
                .buildOrThrow();
    }

    private static URI reachable(URI uri, LakeOptions options)
            throws IOException
    {
        try {
            return new URI(uri.getScheme(), null, reachableHost(options), uri.getPort(), null, null, null);
        }
        catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /**
     * Nobody connects to an address that stands for all of this machine's.
     */
    private static String reachableHost(LakeOptions options)
            throws IOException
    {
        return InetAddress.getByName(options.host()).isAnyLocalAddress() ? LOOPBACK : options.host();
    }

    /**
     * Trino has called {@link System#exit} already: this runs in a shutdown hook, and gives the exit its meaning.
     */
    private static void end(EngineException failure, OpenDoors doors, Progress progress)
    {
        closeQuietly(doors);
        EngineLog.flush();
        Runtime.getRuntime().halt(progress.failed(failure));
    }

    private static void removeHook(Thread hook)
    {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (IllegalStateException e) {
            // the process is ending, and the hook is what runs this
        }
    }

    private static void closeQuietly(OpenDoors doors)
    {
        try {
            doors.close();
        }
        catch (IOException | RuntimeException e) {
            log.warn(e, "Not everything of the engine could be stopped");
        }
    }
}
