package io.tarn.server.dialect;

import io.tarn.athena.dialect.DialectMode;
import io.tarn.athena.dialect.DialectSession;
import io.trino.client.ProtocolHeaders;
import jakarta.ws.rs.core.MultivaluedMap;

import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static io.tarn.athena.dialect.DialectMode.AUTO;
import static io.tarn.athena.dialect.DialectMode.TRINO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * What the headers of a request say of its session, as far as the dialect goes by it. Headers that Trino refuses are
 * passed over here: it says so itself.
 */
final class SessionHeaders
{
    private static final String DIALECT = "dialect";

    private final ProtocolHeaders protocol;
    private final MultivaluedMap<String, String> headers;

    SessionHeaders(ProtocolHeaders protocol, MultivaluedMap<String, String> headers)
    {
        this.protocol = requireNonNull(protocol, "protocol is null");
        this.headers = requireNonNull(headers, "headers is null");
    }

    /**
     * @return empty where nothing is to be translated
     */
    Optional<DialectSession> session(DialectCatalogs catalogs)
    {
        Optional<String> name = value(protocol.requestCatalog());
        Optional<DialectCatalog> own = name.flatMap(catalogs::named);
        Optional<DialectCatalog> catalog = own.or(catalogs::first);
        if (catalog.isEmpty()) {
            return Optional.empty();
        }
        DialectMode mode = mode(catalog.get().name()).orElseGet(catalog.get()::defaultMode);
        if (mode == TRINO) {
            return Optional.empty();
        }
        return Optional.of(new DialectSession(
                catalog.get().name(),
                // the schema of another connector's catalogue is no database of Athena's
                own.flatMap(_ -> value(protocol.requestSchema())),
                own.isPresent() || name.isEmpty() ? mode : AUTO,
                catalog.get().icebergCatalog(),
                catalogs.tables(catalog.get())));
    }

    private Optional<String> value(String header)
    {
        return Optional.ofNullable(headers.getFirst(header))
                .map(text -> text.strip().toLowerCase(Locale.ENGLISH))
                .filter(text -> !text.isEmpty());
    }

    private Optional<DialectMode> mode(String catalog)
    {
        List<String> sessions = headers.get(protocol.requestSession());
        if (sessions == null) {
            return Optional.empty();
        }
        return sessions.stream()
                .flatMap(header -> List.of(header.split(",")).stream())
                .map(String::strip)
                .filter(property -> property.startsWith(catalog + "." + DIALECT + "="))
                .map(property -> property.substring(property.indexOf('=') + 1))
                .flatMap(value -> decoded(value).flatMap(DialectMode::of).stream())
                .findFirst();
    }

    private static Optional<String> decoded(String value)
    {
        try {
            return Optional.of(URLDecoder.decode(value.strip(), UTF_8));
        }
        catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
