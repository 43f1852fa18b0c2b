package io.tarn.server.dialect;

import io.tarn.athena.dialect.DialectMode;
import io.tarn.athena.dialect.DialectSession;
import io.tarn.athena.dialect.Engine;
import io.tarn.athena.dialect.TableKinds;
import io.trino.server.ProtocolConfig;
import io.trino.server.protocol.PreparedStatementEncoder;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.junit.jupiter.api.Test;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.tarn.athena.dialect.Engine.Verdict.ACCEPTED;
import static io.tarn.athena.dialect.Engine.Verdict.MISMATCHED_ALIASES;
import static io.trino.client.ProtocolHeaders.TRINO_HEADERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

public class TestPreparedStatementHeaders
{
    private static final String HEADER = TRINO_HEADERS.requestPreparedStatement();
    private static final String UNNEST = "SELECT x FROM t CROSS JOIN UNNEST(items) AS u(x) WHERE a = ?";

    @Test
    public void testTheEngineIsAskedOfWhatIsNamed()
    {
        List<String> questions = new ArrayList<>();
        MultivaluedMap<String, String> headers = headers("Mine", UNNEST, "other", UNNEST.replace("items", "others"));
        translate(headers, "EXECUTE mine USING 1", questions);
        assertThat(headers.get(HEADER).stream().map(TestPreparedStatementHeaders::decoded)).containsExactly(
                "Mine=SELECT x FROM t CROSS JOIN UNNEST(transform(items, element -> ROW(element))) AS u(x) WHERE a = ?",
                "other=" + UNNEST.replace("items", "others"));
        assertThat(questions).hasSize(2).noneMatch(question -> question.contains("others"));
    }

    @Test
    public void testNothingChanges()
    {
        List<String> questions = new ArrayList<>();
        MultivaluedMap<String, String> headers = headers("mine", UNNEST, "other", "SELECT 1");
        MultivaluedMap<String, String> before = new MultivaluedHashMap<>(headers);
        translate(headers, "SELECT 2", questions);
        assertThat(headers).isEqualTo(before);
        assertThat(questions).isEmpty();
    }

    @Test
    public void testWhatIsAthenasAloneIsTranslatedAnyway()
    {
        // Trino refuses a request with a statement that its parser does not take, whether the request names it or not
        MultivaluedMap<String, String> headers = headers("mine", "EXPLAIN ANALYZE (FORMAT JSON) SELECT 1");
        translate(headers, "SELECT 2", new ArrayList<>());
        assertThat(decoded(headers.getFirst(HEADER))).isEqualTo("mine=EXPLAIN ANALYZE SELECT 1");
    }

    private static void translate(MultivaluedMap<String, String> headers, String statement, List<String> questions)
    {
        Engine engine = new Engine()
        {
            @Override
            public Verdict analyze(String statement)
            {
                questions.add(statement);
                return statement.contains("transform") ? ACCEPTED : MISMATCHED_ALIASES;
            }

            @Override
            public Optional<Set<String>> tableProperties(List<String> table)
            {
                return Optional.empty();
            }
        };
        DialectSession session = new DialectSession("awsdatacatalog", Optional.of("db"), DialectMode.ATHENA, Optional.empty(), TableKinds.assumeHive(), engine);
        new PreparedStatementHeaders(TRINO_HEADERS, new PreparedStatementEncoder(new ProtocolConfig())).translate(headers, statement, session);
    }

    private static MultivaluedMap<String, String> headers(String... namesAndStatements)
    {
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        for (int index = 0; index < namesAndStatements.length; index += 2) {
            headers.add(HEADER, namesAndStatements[index] + "=" + URLEncoder.encode(namesAndStatements[index + 1], UTF_8));
        }
        return headers;
    }

    private static String decoded(String header)
    {
        return URLDecoder.decode(header, UTF_8);
    }
}
