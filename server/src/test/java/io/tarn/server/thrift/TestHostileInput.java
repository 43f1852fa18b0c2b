package io.tarn.server.thrift;

import io.tarn.server.lake.LakeServices;
import io.tarn.server.thrift.MetastoreDoor.Client;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.transport.TTransportException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * What no client of good will sends. Whatever it is, only its own connection ends.
 */
@TestInstance(PER_CLASS)
final class TestHostileInput
{
    private static final int STRICT_CALL = 0x80010001;
    private static final byte STRING = 11;
    private static final byte LIST = 15;
    private static final byte STRUCT = 12;

    private LakeServices lake;
    private MetastoreDoor door;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeServices();
        door = new MetastoreDoor(lake, Map.of("metastore.read-timeout", "1s", "metastore.max-message-size", "1MB", "metastore.message-memory", "4MB"));
    }

    @AfterAll
    void stop()
            throws Exception
    {
        try (LakeServices _ = lake; MetastoreDoor _ = door) {
            // in the opposite order of the start
        }
    }

    @Test
    void testGarbage()
            throws Exception
    {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[1 + random.nextInt(200)];
            random.nextBytes(garbage);
            if (i % 2 == 0) {
                garbage[0] = (byte) 0x80;
            }
            try (Socket socket = socket()) {
                send(socket, garbage);
            }
        }
        checkServes();
    }

    @Test
    void testOtherProtocols()
            throws Exception
    {
        checkClosed("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
        // SASL's start of a negotiation
        checkClosed(new byte[] {1, 0, 0, 0, 8, 'K', 'E', 'R', 'B', 'E', 'R', 'O', 'S'});
        // TLS's hello
        checkClosed(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3});
    }

    @Test
    void testHalfMessage()
            throws Exception
    {
        // nothing follows: the read time-out ends it
        checkClosed(new byte[] {(byte) 0x80, 1});
        checkClosed(new byte[] {0, 0, 1, 0, (byte) 0x80, 1, 0, 1});
        checkClosed(message("get_database", output -> {
            output.writeByte(STRING);
            output.writeShort(1);
            output.writeInt(1000);
            output.write("lake".getBytes(UTF_8));
        }));
        checkServes();
    }

    @Test
    void testHugeLengths()
            throws Exception
    {
        for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 2_000_000}) {
            assertThat(answer(message("get_database", output -> {
                output.writeByte(STRING);
                output.writeShort(1);
                output.writeInt(length);
            }))).as("length %s", length).contains("cannot be read");
            assertThat(answer(message("get_table_objects_by_name", output -> {
                output.writeByte(LIST);
                output.writeShort(2);
                output.writeByte(STRUCT);
                output.writeInt(length);
            }))).as("length %s", length).contains("cannot be read");
            // as the length of a frame
            byte[] frame = new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length, (byte) 0x80, 1, 0, 1};
            checkClosed(frame);
        }
        checkServes();
    }

    @Test
    void testDeepNesting()
            throws Exception
    {
        checkClosed(message("no_such_method", output -> {
            for (int i = 0; i < 100_000; i++) {
                output.writeByte(STRUCT);
                output.writeShort(1);
            }
        }));
        checkServes();
    }

    @Test
    void testLargeMessage()
            throws Exception
    {
        try (Client client = door.connect()) {
            // the refusal, or the end of the connection before all was sent
            assertThatThrownBy(() -> client.calls().create_database(new Database("large", "x".repeat(3_000_000), null, Map.of())))
                    .isInstanceOfAny(TTransportException.class, TApplicationException.class);
        }
        checkServes();
    }

    @Test
    void testNames()
            throws Exception
    {
        try (Client client = door.connect()) {
            for (String name : new String[] {"a.b", "a'b", "a\"b", "ü", "", "!", "@hive#", "@", "a/b", "%", "\0", "x".repeat(1000)}) {
                assertThatThrownBy(() -> client.calls().get_database(name)).as(name).isInstanceOfAny(NoSuchObjectException.class, MetaException.class, TApplicationException.class);
            }
            assertThat(client.calls().get_all_databases()).contains("lake");
        }
    }

    @Test
    void testManyConnections()
            throws Exception
    {
        List<Socket> sockets = new ArrayList<>();
        try (MetastoreDoor small = new MetastoreDoor(lake, Map.of("metastore.max-connections", "50"))) {
            for (int i = 0; i < 200; i++) {
                sockets.add(new Socket("127.0.0.1", small.port()));
            }
            // those that were refused see the end of their connection
            int closed = 0;
            for (Socket socket : sockets.subList(50, 200)) {
                if (socket.getInputStream().read() < 0) {
                    closed++;
                }
            }
            assertThat(closed).isEqualTo(150);
            assertThat(small.server().connections().getOpenConnections()).isEqualTo(50);
            assertThat(small.server().connections().getRefused().getTotalCount()).isEqualTo(150);
        }
        finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void testIdleConnections()
            throws Exception
    {
        List<Socket> sockets = new ArrayList<>();
        try (MetastoreDoor wide = new MetastoreDoor(lake, Map.of("metastore.max-connections", "20000"))) {
            int threads = Thread.getAllStackTraces().size();
            for (int i = 0; i < 2000; i++) {
                sockets.add(new Socket("127.0.0.1", wide.port()));
            }
            try (Client client = wide.connect()) {
                assertThat(client.calls().get_all_databases()).contains("lake");
            }
            assertThat(Thread.getAllStackTraces().size() - threads).isLessThan(100);
        }
        finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void testAllowedAddresses()
            throws Exception
    {
        try (MetastoreDoor closed = new MetastoreDoor(lake, Map.of("metastore.allowed-addresses", "10.0.0.0/8"));
                Socket socket = new Socket("127.0.0.1", closed.port())) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        try (MetastoreDoor open = new MetastoreDoor(lake, Map.of("metastore.allowed-addresses", "10.0.0.0/8, 127.0.0.0/8"));
                Client client = open.connect()) {
            assertThat(client.calls().get_all_databases()).contains("lake");
        }
    }

    @Test
    void testReadOnly()
            throws Exception
    {
        try (MetastoreDoor readOnly = new MetastoreDoor(lake, Map.of("metastore.read-only", "true"));
                Client client = readOnly.connect()) {
            assertThatThrownBy(() -> client.calls().create_database(new Database("new", "", null, Map.of())))
                    .isInstanceOf(MetaException.class)
                    .hasMessageContaining("create_database is refused: this metastore is read-only");
            assertThat(client.calls().get_all_databases()).contains("lake").doesNotContain("new");
            assertThat(readOnly.server().stats().get("create_database").failureCount()).isEqualTo(1);
            assertThat(readOnly.server().stats().get("get_all_databases").callCount()).isEqualTo(1);
        }
    }

    private void checkServes()
            throws Exception
    {
        try (Client client = door.connect()) {
            assertThat(client.calls().get_all_databases()).contains("lake");
        }
    }

    private void checkClosed(byte[] sent)
            throws IOException
    {
        try (Socket socket = socket()) {
            send(socket, sent);
            drain(socket);
        }
    }

    private String answer(byte[] sent)
            throws IOException
    {
        try (Socket socket = socket()) {
            send(socket, sent);
            return new String(drain(socket), UTF_8);
        }
    }

    /**
     * All until the server closes the connection.
     */
    private static byte[] drain(Socket socket)
            throws IOException
    {
        try {
            return socket.getInputStream().readAllBytes();
        }
        catch (SocketException e) {
            // closed while something was still on its way
            return new byte[0];
        }
    }

    private Socket socket()
            throws IOException
    {
        Socket socket = new Socket("127.0.0.1", door.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, byte[] bytes)
            throws IOException
    {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }
        catch (SocketException e) {
            // closed before all was sent
        }
    }

    private static byte[] message(String method, Arguments arguments)
            throws IOException
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream output = new DataOutputStream(bytes);
        output.writeInt(STRICT_CALL);
        output.writeInt(method.length());
        output.write(method.getBytes(UTF_8));
        output.writeInt(1);
        arguments.write(output);
        return bytes.toByteArray();
    }

    private interface Arguments
    {
        void write(DataOutputStream output)
                throws IOException;
    }
}
