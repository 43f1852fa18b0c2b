package io.tarn.metastore;

import io.airlift.units.Duration;
import io.tarn.metastore.GlueMetastoreConfig.RetryMode;
import io.tarn.metastore.ScriptedGlue.Answer;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.TrinoException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

import static io.tarn.error.TarnErrorCode.TARN_METASTORE_ERROR;
import static io.tarn.error.TarnErrorCode.TARN_METASTORE_UNAVAILABLE;
import static io.tarn.metastore.GlueOperation.GET_TABLE;
import static io.trino.spi.StandardErrorCode.PERMISSION_DENIED;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestGlueFaults
{
    private static final Answer TABLE = Answer.ok("{'Table': {'Name': 't', 'DatabaseName': 'db'}}");

    @AutoClose
    private final ScriptedGlue server = new ScriptedGlue();

    @ParameterizedTest
    @EnumSource(RetryMode.class)
    void testThrottledTwice(RetryMode retryMode)
            throws Exception
    {
        server.on("GetTable", Answer.THROTTLED, Answer.THROTTLED, TABLE);
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri()).setRetryMode(retryMode))) {
            assertThat(glue.metastore().getTable("db", "t")).isPresent();
            assertThat(server.callCount()).isEqualTo(3);
            assertThat(glue.stats().operation(GET_TABLE).callCount()).isEqualTo(1);
            assertThat(glue.stats().operation(GET_TABLE).failureCount()).isZero();
            assertThat(glue.stats().getRequests().getTotalCount()).isEqualTo(3);
        }
    }

    @Test
    void testAlwaysThrottled()
            throws Exception
    {
        server.on("GetTable", Answer.THROTTLED);
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            assertFails(TARN_METASTORE_UNAVAILABLE, () -> glue.metastore().getTable("db", "t"))
                    .hasMessageStartingWith("Glue at %s kept throttling (ThrottlingException: Rate exceeded): GetTable for table db.t, after 4 attempts. ".formatted(server.uri()))
                    .hasMessageContaining("glue.max-attempts");
            assertThat(server.callCount()).isEqualTo(4);
            assertThat(glue.stats().operation(GET_TABLE).callCount()).isEqualTo(1);
            assertThat(glue.stats().operation(GET_TABLE).failureCount()).isEqualTo(1);
        }
    }

    @Test
    void testPatienceIsEveryCallsOwn()
            throws Exception
    {
        server.on("GetTable", Answer.THROTTLED);
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            for (int i = 0; i < 60; i++) {
                assertFails(TARN_METASTORE_UNAVAILABLE, () -> glue.metastore().getTable("db", "t")).hasMessageContaining("after 4 attempts");
            }
            assertThat(server.callCount()).isEqualTo(240);
        }
    }

    @Test
    void testConnectionRefused()
            throws Exception
    {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://%s:%s".formatted(socket.getInetAddress().getHostAddress(), socket.getLocalPort()));
        }
        try (TestingGlue glue = TestingGlue.on(nobody)) {
            assertFails(TARN_METASTORE_UNAVAILABLE, () -> glue.metastore().getAllDatabases())
                    .hasMessageStartingWith("Glue at %s could not be reached or did not answer in full (".formatted(nobody))
                    .hasMessageContaining("Connection refused")
                    .hasMessageContaining("GetDatabases for the catalogue, after 4 attempts. Check that it is up, that glue.endpoint-url is right");
            assertThat(glue.stats().getRequests().getTotalCount()).isEqualTo(4);
        }
    }

    @Test
    void testUnknownHost()
            throws Exception
    {
        try (TestingGlue glue = TestingGlue.on(URI.create("http://glue.invalid:1"))) {
            assertFails(TARN_METASTORE_UNAVAILABLE, () -> glue.metastore().getTable("db", "t"))
                    .hasMessageContaining("http://glue.invalid:1")
                    .hasMessageContaining("after 4 attempts");
        }
    }

    @Test
    void testReadTimeout()
            throws Exception
    {
        server.on("GetTable", Answer.silence());
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri())
                .setMaxAttempts(2)
                .setRequestTimeout(new Duration(1, SECONDS)))) {
            assertFails(TARN_METASTORE_UNAVAILABLE, () -> glue.metastore().getTable("db", "t"))
                    .hasMessageContaining(server.uri().toString())
                    .hasMessageContaining("GetTable for table db.t, after 2 attempts");
            assertThat(server.callCount()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "500, InternalServiceException, 4",
            "400, OperationTimeoutException, 4",
            "503, ServiceUnavailable, 4",
            "400, InvalidInputException, 1",
            "400, GlueEncryptionException, 1",
            "404, UnknownOperationException, 1",
    })
    void testErrors(int status, String code, int requests)
            throws Exception
    {
        server.on("GetTable", Answer.error(status, code, "said so"));
        boolean unavailable = status == 503 || code.equals("OperationTimeoutException");
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            AbstractThrowableAssert<?, ?> failure = assertFails(unavailable ? TARN_METASTORE_UNAVAILABLE : TARN_METASTORE_ERROR, () -> glue.metastore().getTable("db", "t"))
                    .hasMessageContaining(server.uri().toString())
                    .hasMessageContaining("GetTable for table db.t")
                    .hasMessageContaining("%s %s: said so".formatted(status, code));
            if (!unavailable) {
                failure.hasMessageContaining("(request request-1)");
            }
            assertThat(server.callCount()).isEqualTo(requests);
        }
    }

    @Test
    void testRecoveryFromServerErrors()
            throws Exception
    {
        server.on("GetTable", Answer.error(500, "InternalServiceException", "oops"), Answer.raw(502, "<html>Bad gateway</html>"), Answer.truncated("{\"Table\": {\"Na"), TABLE);
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            assertThat(glue.metastore().getTable("db", "t")).isPresent();
            assertThat(server.callCount()).isEqualTo(4);
        }
    }

    @Test
    void testHalfAnswers()
            throws Exception
    {
        server.on("GetTable", Answer.truncated("{\"Table\": {\"Name\": \"t\""));
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            assertFails(TARN_METASTORE_UNAVAILABLE, () -> glue.metastore().getTable("db", "t"))
                    .hasMessageContaining("did not answer in full")
                    .hasMessageContaining("after 4 attempts");
            assertThat(server.callCount()).isEqualTo(4);
        }
    }

    @Test
    void testAnswersThatAreNoGlue()
            throws Exception
    {
        for (Answer answer : new Answer[] {Answer.raw(200, "<html>Welcome</html>"), Answer.raw(200, "{\"Table\": {\"Na"), Answer.raw(404, "<html>Not here</html>"), Answer.raw(200, "")}) {
            try (ScriptedGlue other = new ScriptedGlue().on("GetTable", answer); TestingGlue glue = TestingGlue.on(other.uri())) {
                assertThatThrownBy(() -> glue.metastore().getTable("db", "t"))
                        .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isIn(TARN_METASTORE_ERROR.toErrorCode(), TARN_METASTORE_UNAVAILABLE.toErrorCode()))
                        .hasMessageContaining(other.uri().toString())
                        .hasMessageContaining("GetTable for table db.t");
            }
        }
    }

    @Test
    void testAccessDenied()
            throws Exception
    {
        server.on("GetTable", Answer.error(400, "AccessDeniedException", "User reader is not authorized"))
                .on("GetTables", Answer.error(400, "AccessDeniedException", "User reader is not authorized"));
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            assertFails(PERMISSION_DENIED, () -> glue.metastore().getTable("db", "t"))
                    .hasMessage("Access Denied: Glue at %s does not allow GetTable for table db.t: User reader is not authorized. The policy of the identity in use must allow glue:GetTable; request request-1", server.uri());
            // one closed database must not spoil the listing of all
            assertThat(glue.metastore().getTables("db")).isEmpty();
            assertThat(server.callCount()).isEqualTo(2);
        }
    }

    @Test
    void testBadCredentials()
            throws Exception
    {
        server.on("GetTable", Answer.error(403, "InvalidSignatureException", "The signature does not match"));
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            assertFails(TARN_METASTORE_ERROR, () -> glue.metastore().getTable("db", "t"))
                    .hasMessageContaining("did not accept the credentials")
                    .hasMessageContaining("glue.aws-secret-key");
        }
    }

    @Test
    void testPagesThatDoNotAdvance()
            throws Exception
    {
        server.on("GetDatabases", Answer.ok("{'DatabaseList': [{'Name': 'db'}], 'NextToken': 'again'}"));
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            assertFails(TARN_METASTORE_ERROR, () -> glue.metastore().getAllDatabases())
                    .hasMessage("Glue GetDatabases for the catalogue gives the same page for ever: its NextToken does not change");
            assertThat(server.callCount()).isEqualTo(2);
        }
    }

    private static AbstractThrowableAssert<?, ?> assertFails(ErrorCodeSupplier errorCode, ThrowingCallable callable)
    {
        return assertThatThrownBy(callable)
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(errorCode.toErrorCode()));
    }
}
