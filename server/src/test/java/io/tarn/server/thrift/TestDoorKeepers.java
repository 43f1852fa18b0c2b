package io.tarn.server.thrift;

import io.tarn.server.lake.LakeServices;
import io.tarn.server.thrift.MetastoreDoor.Client;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.thrift.transport.TTransportException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Who is let in, and to do what.
 */
@TestInstance(PER_CLASS)
final class TestDoorKeepers
{
    private static final String PASSWORD = "a-password-of-the-tests";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler()
    {
        @Override
        public void publish(LogRecord record)
        {
            told.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    // a logger that nobody refers to is forgotten with its handlers
    private final Logger logger = Logger.getLogger("io.tarn.server.thrift.wire.RefusalLog");
    private LakeServices lake;
    private Path keyStore;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        lake = new LakeServices();
        logger.addHandler(listener);
        keyStore = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "metastore",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass",
                PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
    }

    @AfterAll
    void stop()
    {
        try (LakeServices _ = lake) {
            logger.removeHandler(listener);
        }
    }

    @Test
    void testTls()
            throws Exception
    {
        try (MetastoreDoor door = new MetastoreDoor(lake, Map.of("metastore.tls.key-store-path", keyStore.toString(), "metastore.tls.key-store-password", PASSWORD))) {
            SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", door.port());
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            try (Client client = door.connectOver(socket)) {
                assertThat(client.calls().get_all_databases()).contains("lake");
                assertThat(socket.getSession().getProtocol()).startsWith("TLSv1.");
            }
            assertThat(door.server().connections().getMisunderstood().getTotalCount()).isZero();

            told.clear();
            try (Client plain = door.connect()) {
                assertThatThrownBy(() -> plain.calls().get_all_databases()).isInstanceOf(TTransportException.class);
            }
            try (SSLSocket distrusting = (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket("127.0.0.1", door.port())) {
                assertThatThrownBy(distrusting::startHandshake).isInstanceOf(SSLHandshakeException.class);
            }
            awaitMisunderstood(door, 2);
            assertThat(told).anyMatch(message -> message.contains("no TLS was agreed on") && message.contains("hive.metastore.use.SSL=true"));
            // and goes on with those who speak it
            try (Client client = door.connectOver(trusting().getSocketFactory().createSocket("127.0.0.1", door.port()))) {
                assertThat(client.calls().get_all_databases()).contains("lake");
            }
        }
    }

    @Test
    void testTlsWhereNoneIsSpoken()
            throws Exception
    {
        try (MetastoreDoor door = new MetastoreDoor(lake, Map.of());
                SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", door.port())) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
            awaitMisunderstood(door, 1);
        }
    }

    @Test
    void testAllowedAddresses()
            throws Exception
    {
        try (MetastoreDoor closed = new MetastoreDoor(lake, Map.of("metastore.allowed-addresses", "10.0.0.0/8"));
                Socket socket = new Socket("127.0.0.1", closed.port())) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(closed.server().connections().getRefused().getTotalCount()).isEqualTo(1);
            assertThat(closed.server().connections().getAccepted().getTotalCount()).isZero();
        }
        try (MetastoreDoor open = new MetastoreDoor(lake, Map.of("metastore.allowed-addresses", "10.0.0.0/8, 127.0.0.0/8"));
                Client client = open.connect()) {
            assertThat(client.calls().get_all_databases()).contains("lake");
        }
        assertThatThrownBy(() -> new MetastoreDoor(lake, Map.of("metastore.allowed-addresses", "10.0.0.0/40"))).hasMessageContaining("'10.0.0.0/40' is no address");
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
            assertThatThrownBy(() -> client.calls().truncate_table("lake", "t", null)).isInstanceOf(MetaException.class).hasMessageContaining("read-only");
            assertThat(client.calls().get_all_databases()).contains("lake").doesNotContain("new");
            assertThat(readOnly.server().stats().get("create_database").failureCount()).isEqualTo(1);
            assertThat(readOnly.server().stats().get("get_all_databases").callCount()).isEqualTo(1);
        }
    }

    /**
     * A client learns of the end of its connection before the server has told why.
     */
    private static void awaitMisunderstood(MetastoreDoor door, long count)
    {
        while (door.server().connections().getMisunderstood().getTotalCount() < count) {
            Thread.onSpinWait();
        }
        assertThat(door.server().connections().getMisunderstood().getTotalCount()).isEqualTo(count);
    }

    private SSLContext trusting()
            throws Exception
    {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(keyStore)) {
            store.load(input, PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
