package io.tarn.server.dialect;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.dialect.AthenaDialect;
import io.tarn.athena.dialect.DialectSession;
import io.tarn.athena.dialect.Engine;
import io.tarn.athena.dialect.Translation;
import io.trino.client.ProtocolHeaders;
import io.trino.server.protocol.PreparedStatementEncoder;
import jakarta.ws.rs.core.MultivaluedMap;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;

import static io.tarn.athena.dialect.DialectMode.AUTO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The statements that a client has prepared: it keeps them itself and sends them with every request. What Trino gave it
 * to keep is Trino's; some clients put their own text there.
 */
final class PreparedStatementHeaders
{
    private final ProtocolHeaders protocol;
    private final PreparedStatementEncoder encoder;

    PreparedStatementHeaders(ProtocolHeaders protocol, PreparedStatementEncoder encoder)
    {
        this.protocol = requireNonNull(protocol, "protocol is null");
        this.encoder = requireNonNull(encoder, "encoder is null");
    }

    /**
     * Replaces the statements that are Athena's; where there is none, the headers stay as they are.
     *
     * @param executed the statement of the request, which may name one of them
     * @throws io.tarn.athena.dialect.DialectException where one of them cannot be translated
     */
    void translate(MultivaluedMap<String, String> headers, String executed, DialectSession session)
    {
        List<String> values = headers.get(protocol.requestPreparedStatement());
        if (values == null) {
            return;
        }
        // whatever the session's mode: a text that was translated before must not be translated again
        DialectSession careful = session.withMode(AUTO);
        ImmutableList.Builder<String> translated = ImmutableList.builder();
        boolean changed = false;
        for (String value : values) {
            for (String statement : value.split(",")) {
                String replaced = translated(statement, executed, careful);
                changed |= !replaced.equals(statement);
                translated.add(replaced);
            }
        }
        if (changed) {
            headers.put(protocol.requestPreparedStatement(), translated.build());
        }
    }

    private String translated(String assignment, String executed, DialectSession session)
    {
        int equals = assignment.indexOf('=');
        if (equals < 0) {
            return assignment;
        }
        String name;
        String statement;
        try {
            name = URLDecoder.decode(assignment.substring(0, equals).strip(), UTF_8);
            statement = encoder.decodePreparedStatementFromHeader(URLDecoder.decode(assignment.substring(equals + 1).strip(), UTF_8));
        }
        catch (RuntimeException e) {
            // Trino tells what is wrong with it
            return assignment;
        }
        // they come with every request, and Trino is asked of none in vain; a name that is there by chance only costs that
        boolean named = executed.toLowerCase(ENGLISH).contains(name.toLowerCase(ENGLISH));
        Translation translation = AthenaDialect.translate(statement, named ? session : session.withEngine(Engine.unknown()));
        if (!translation.before().isEmpty() || translation.statement().equals(statement)) {
            return assignment;
        }
        return assignment.substring(0, equals + 1) + URLEncoder.encode(encoder.encodePreparedStatementForHeader(translation.statement()), UTF_8);
    }
}
