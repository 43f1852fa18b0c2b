package io.tarn.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.tarn.server.lake.LakeServices;
import io.tarn.server.thrift.HiveSamples;
import org.apache.hadoop.hive.metastore.api.GetTableRequest;
import org.apache.hadoop.hive.metastore.api.LockComponent;
import org.apache.hadoop.hive.metastore.api.LockLevel;
import org.apache.hadoop.hive.metastore.api.LockRequest;
import org.apache.hadoop.hive.metastore.api.LockType;
import org.apache.hadoop.hive.metastore.api.ShowLocksRequest;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The metastore as a service of its own, over the local Glue; the last test stops it.
 */
@TestInstance(PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
public class TestMetastoreCommand
{
    private static final Pattern UP = Pattern.compile("The metastore is up at (thrift://\\S+?), over Glue .*");
    private static final int IDLE_CONNECTIONS = 10_000;

    private LakeServices lake;
    private Path config;
    private TarnProcess metastore;
    private int port;

    @BeforeAll
    public void start(@TempDir Path folder)
            throws Exception
    {
        lake = new LakeServices();
        config = folder.resolve("metastore.properties");
        Files.writeString(config,
                """
                glue.aws-access-key=%s
                glue.aws-secret-key=%s
                metastore.max-connections=20000
                metastore.port=0
                """.formatted(lake.glueCredentials().accessKey(), lake.glueCredentials().secretKey()));
        metastore = start();
        port = port(metastore);
    }

    @AfterAll
    public void stop()
    {
        try (LakeServices _ = lake; TarnProcess _ = metastore) {
            // in the opposite order of the start
        }
    }

    private TarnProcess start(String... more)
    {
        List<String> arguments = new ArrayList<>(List.of("metastore", "--glue-endpoint", lake.awsEndpoint().toString(), "--glue-region", lake.glueRegion(), "--config", config.toString()));
        arguments.addAll(List.of(more));
        return TarnProcess.start(arguments.toArray(String[]::new)).awaitUp();
    }

    private static int port(TarnProcess metastore)
    {
        return metastore.linesUntilUp().stream()
                .map(UP::matcher)
                .filter(Matcher::matches)
                .map(matcher -> URI.create(matcher.group(1)).getPort())
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(1)
    public void testKilledAndStartedAgain()
            throws Exception
    {
        try (TSocket socket = connect()) {
            ThriftHiveMetastore.Client client = new ThriftHiveMetastore.Client(new TBinaryProtocol(socket));
            client.create_table(HiveSamples.table("lake", "kept"));
            LockComponent lock = new LockComponent(LockType.EXCLUSIVE, LockLevel.TABLE, "lake");
            lock.setTablename("kept");
            client.lock(new LockRequest(List.of(lock), "somebody", "somewhere"));
            assertThat(client.show_locks(new ShowLocksRequest()).getLocks()).hasSize(1);
        }
        metastore.kill();
        metastore = start("--port", String.valueOf(port));
        assertThat(port(metastore)).isEqualTo(port);
        try (TSocket socket = connect()) {
            ThriftHiveMetastore.Client client = new ThriftHiveMetastore.Client(new TBinaryProtocol(socket));
            assertThat(client.get_table_req(new GetTableRequest("lake", "kept")).getTable().getTableName()).isEqualTo("kept");
            // locks end with the server that gave them
            assertThat(client.show_locks(new ShowLocksRequest()).getLocks()).isEmpty();
            client.drop_table("lake", "kept", false);
        }
    }

    @Test
    @Order(2)
    public void testIdleConnections()
            throws Exception
    {
        int count = Math.min(IDLE_CONNECTIONS, availableFiles());
        if (count < IDLE_CONNECTIONS) {
            System.out.printf("Only %s idle connections are opened: this process may not have more files open (ulimit -n)%n", count);
        }
        long threads = threads();
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Socket socket = new Socket("127.0.0.1", port);
                // so that its port can be used again at once
                socket.setSoLinger(true, 0);
                sockets.add(socket);
            }
            try (TSocket socket = connect()) {
                assertThat(new ThriftHiveMetastore.Client(new TBinaryProtocol(socket)).get_all_databases()).contains("lake");
            }
            long more = threads() - threads;
            System.out.printf("%s idle connections: %s more threads in the metastore's process%n", count, more);
            assertThat(more).isLessThan(100);
            // none of them was closed to make room
            for (Socket socket : List.of(sockets.getFirst(), sockets.getLast())) {
                ThriftHiveMetastore.Client client = new ThriftHiveMetastore.Client(new TBinaryProtocol(new TSocket(socket)));
                assertThat(client.getName()).isEqualTo("Tarn");
            }
        }
        finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static int availableFiles()
    {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        // the metastore's process has the same limit, and some files of its own
        return (int) Math.min(Integer.MAX_VALUE, system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - 500);
    }

    private long threads()
            throws IOException
    {
        return Files.readAllLines(Path.of("/proc", String.valueOf(metastore.pid()), "status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToLong(line -> Long.parseLong(line.substring("Threads:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(3)
    public void testPortTaken()
    {
        try (TarnProcess second = TarnProcess.start("metastore", "--glue-endpoint", lake.awsEndpoint().toString(), "--glue-region", lake.glueRegion(), "--port", String.valueOf(port))) {
            assertThat(second.exitCode()).as(second.error()).isEqualTo(3);
            assertThat(second.error()).contains("The metastore cannot listen at 127.0.0.1:%s: the port is taken".formatted(port));
        }
    }

    @Test
    @Order(3)
    public void testWrongOptions()
            throws Exception
    {
        checkFails(2, "'123456' is not a port", "--port", "123456");
        checkFails(2, "'10.0.0.0/99' is no address", "--allow", "127.0.0.1,10.0.0.0/99");
        checkFails(2, "Unknown option: '--glue-regoin=x'", "--glue-regoin=x");
        Path wrong = Files.writeString(config.resolveSibling("wrong.properties"), "metastore.prot=1\n");
        checkFails(1, "metastore.prot", "--config", wrong.toString());
    }

    private static void checkFails(int exitCode, String message, String... arguments)
    {
        List<String> all = new ArrayList<>(List.of("metastore", "--glue-region", "us-east-1"));
        all.addAll(List.of(arguments));
        try (TarnProcess process = TarnProcess.start(all.toArray(String[]::new))) {
            assertThat(process.exitCode()).as(process.error()).isEqualTo(exitCode);
            assertThat(process.error()).contains(message);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    public void testTermination()
    {
        assertThat(metastore.terminate()).isEqualTo(0);
        assertThat(metastore.error().lines()).allMatch(line -> line.startsWith("WARNING: Using incubator modules"));
    }

    private TSocket connect()
            throws Exception
    {
        TSocket socket = new TSocket(new TConfiguration(), "127.0.0.1", port, 20_000);
        socket.open();
        return socket;
    }
}
