package io.tarn.server.thrift;

import io.tarn.server.lake.LakeServices;
import io.tarn.server.thrift.MetastoreDoor.Client;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.transport.TTransportException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
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
    void testDefinitionOfHundredMegabytes()
            throws Exception
    {
        try (MetastoreDoor ordinary = new MetastoreDoor(lake, Map.of())) {
            byte[] definition = message("create_table", output -> {
                output.writeByte(STRUCT);
                output.writeShort(1);
                // its owner
                output.writeByte(STRING);
                output.writeShort(3);
                output.writeInt(100_000_000);
            });
            // what is claimed is refused before it is sent
            assertThat(answer(ordinary.port(), definition)).contains("metastore.max-message-size allows", "67108864 bytes");
            ByteArrayOutputStream framed = new ByteArrayOutputStream();
            DataOutputStream output = new DataOutputStream(framed);
            output.writeInt(definition.length + 100_000_000);
            output.write(definition);
            assertThat(answer(ordinary.port(), framed.toByteArray())).isEmpty();
            assertThat(ordinary.server().connections().getMisunderstood().getTotalCount()).isEqualTo(1);
            // one that may be sent is read, and is too large for the catalogue
            Table table = HiveSamples.table("lake", "large");
            table.setParameters(Map.of("k", "x".repeat(1_000_000)));
            try (Client client = ordinary.connect()) {
                assertThatThrownBy(() -> client.calls().create_table(table)).isInstanceOfAny(MetaException.class, InvalidObjectException.class).message().hasSizeLessThan(10_000);
                assertThat(client.calls().get_all_tables("lake")).doesNotContain("large");
            }
        }
    }

    @Test
    void testFrames()
            throws Exception
    {
        long before = door.server().connections().getMisunderstood().getTotalCount();
        byte[] call = message("get_all_databases", output -> output.writeByte(0));
        // as long as its message
        try (Socket socket = socket()) {
            send(socket, frame(call.length, call));
            DataInputStream input = new DataInputStream(socket.getInputStream());
            assertThat(new String(input.readNBytes(input.readInt()), UTF_8)).contains("lake");
        }
        // longer than allowed
        assertThat(answer(frame(2_000_000, call))).isEmpty();
        assertThat(door.server().connections().getMisunderstood().getTotalCount()).isEqualTo(before + 1);
        // longer than its message, and shorter
        assertThat(answer(frame(call.length + 10, call))).contains("lake");
        assertThat(answer(frame(call.length - 1, call))).contains("its frame ends after");
        // half of it, and nothing more
        checkClosed(frame(call.length, Arrays.copyOf(call, call.length / 2)));
        checkServes();
    }

    private static byte[] frame(int length, byte[] message)
            throws IOException
    {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        new DataOutputStream(frame).writeInt(length);
        frame.write(message);
        return frame.toByteArray();
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
        return answer(door.port(), sent);
    }

    private static String answer(int port, byte[] sent)
            throws IOException
    {
        try (Socket socket = socket(port)) {
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
        return socket(door.port());
    }

    private static Socket socket(int port)
            throws IOException
    {
        Socket socket = new Socket("127.0.0.1", port);
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
