package io.tarn.server.dialect;

import com.google.inject.Inject;
import io.airlift.log.Logger;
import io.tarn.athena.dialect.AthenaDialect;
import io.tarn.athena.dialect.DialectException;
import io.tarn.athena.dialect.DialectSession;
import io.tarn.athena.dialect.Translation;
import io.trino.client.ProtocolDetectionException;
import io.trino.client.ProtocolHeaders;
import io.trino.execution.QueryManagerConfig;
import io.trino.server.ProtocolConfig;
import io.trino.server.protocol.PreparedStatementEncoder;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

import static io.tarn.athena.dialect.DialectMode.ATHENA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Reads what a client sends to {@code /v1/statement} in Athena's dialect, after the client has been authenticated.
 * What is not to be translated goes on byte for byte.
 */
@Priority(Priorities.USER)
public final class StatementTranslationFilter
        implements ContainerRequestFilter
{
    private static final Logger log = Logger.get(StatementTranslationFilter.class);

    private final DialectCatalogs catalogs;
    private final RefusedStatements refusals;
    private final EarlierStatements earlierStatements;
    private final RequestEngines engines;
    private final PreparedStatementEncoder preparedStatements;
    private final Optional<String> alternateHeaderName;
    private final int maxBytes;

    // as Trino itself tells its protocols apart
    @SuppressWarnings("deprecation")
    @Inject
    StatementTranslationFilter(
            DialectCatalogs catalogs,
            RefusedStatements refusals,
            EarlierStatements earlierStatements,
            RequestEngines engines,
            PreparedStatementEncoder preparedStatements,
            ProtocolConfig protocol,
            QueryManagerConfig queryManager)
    {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.refusals = requireNonNull(refusals, "refusals is null");
        this.earlierStatements = requireNonNull(earlierStatements, "earlierStatements is null");
        this.engines = requireNonNull(engines, "engines is null");
        this.preparedStatements = requireNonNull(preparedStatements, "preparedStatements is null");
        this.alternateHeaderName = protocol.getAlternateHeaderName();
        // a character is four bytes at the most; what is longer is refused by Trino
        maxBytes = (int) Math.min(4L * queryManager.getMaxQueryLength(), 64 << 20);
    }

    @Override
    public void filter(ContainerRequestContext request)
            throws IOException
    {
        ProtocolHeaders protocol;
        try {
            protocol = ProtocolHeaders.detectProtocol(alternateHeaderName, request.getHeaders().keySet());
        }
        catch (ProtocolDetectionException e) {
            // Trino says so itself
            return;
        }
        Optional<DialectSession> session = new SessionHeaders(protocol, request.getHeaders()).session(catalogs)
                .map(found -> found.withEngine(engines.engine(request, protocol, found.catalog())));
        if (session.isEmpty()) {
            return;
        }
        InputStream stream = request.getEntityStream();
        byte[] body = stream.readNBytes(maxBytes + 1);
        request.setEntityStream(new ByteArrayInputStream(body));
        if (body.length > maxBytes) {
            request.setEntityStream(new SequenceInputStream(request.getEntityStream(), stream));
            return;
        }
        Optional<Charset> charset = charset(request.getMediaType());
        if (charset.isEmpty()) {
            return;
        }
        try {
            String statement = new String(body, charset.get());
            new PreparedStatementHeaders(protocol, preparedStatements).translate(request.getHeaders(), statement, session.get());
            translate(request, statement, charset.get(), session.get());
        }
        catch (DialectException e) {
            request.abortWith(refusals.response(e, request.getUriInfo()));
        }
        catch (FailedStatementException e) {
            request.abortWith(e.response());
        }
    }

    private void translate(ContainerRequestContext request, String statement, Charset charset, DialectSession session)
    {
        Translation translation = AthenaDialect.translate(statement, session);
        boolean changed = !translation.statement().equals(statement) || !translation.before().isEmpty();
        // of a statement of Trino's own Athena's limits are of no interest
        if (changed || session.mode() == ATHENA) {
            TranslationNotesFilter.keep(request, translation.notes());
        }
        if (!changed) {
            return;
        }
        log.debug("Translated [%s] to %s, %s", statement, translation.statements(), translation.notes());
        if (!translation.before().isEmpty()) {
            earlierStatements.run(translation.before(), request);
        }
        request.setEntityStream(new ByteArrayInputStream(translation.statement().getBytes(charset)));
    }

    /**
     * As the text of a request is read: UTF-8 unless it says otherwise.
     */
    private static Optional<Charset> charset(MediaType type)
    {
        String name = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (name == null) {
            return Optional.of(UTF_8);
        }
        try {
            return Optional.of(Charset.forName(name));
        }
        catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}
