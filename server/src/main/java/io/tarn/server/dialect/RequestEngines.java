package io.tarn.server.dialect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;
import io.airlift.log.Logger;
import io.opentelemetry.api.trace.Span;
import io.tarn.athena.dialect.Engine;
import io.trino.Session;
import io.trino.client.ProtocolHeaders;
import io.trino.connector.CatalogHandle;
import io.trino.dispatcher.DispatchManager;
import io.trino.execution.warnings.WarningCollector;
import io.trino.metadata.Metadata;
import io.trino.metadata.TablePropertyManager;
import io.trino.security.AccessControl;
import io.trino.security.AllowAllAccessControl;
import io.trino.server.HttpRequestSessionContextFactory;
import io.trino.server.SessionContext;
import io.trino.server.SessionSupplier;
import io.trino.spi.TrinoException;
import io.trino.spi.session.PropertyMetadata;
import io.trino.sql.analyzer.AnalyzerFactory;
import io.trino.sql.parser.SqlParser;
import io.trino.transaction.TransactionId;
import io.trino.transaction.TransactionManager;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.AbstractMultivaluedMap;
import jakarta.ws.rs.core.MultivaluedMap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.athena.dialect.Engine.Verdict.ACCEPTED;
import static io.tarn.athena.dialect.Engine.Verdict.MISMATCHED_ALIASES;
import static io.tarn.athena.dialect.Engine.Verdict.UNKNOWN;
import static io.trino.execution.querystats.PlanOptimizersStatsCollector.createPlanOptimizersStatsCollector;
import static io.trino.server.ServletSecurityUtils.authenticatedIdentity;
import static io.trino.spi.StandardErrorCode.MISMATCHED_COLUMN_ALIASES;
import static io.trino.sql.analyzer.QueryType.DESCRIBE;
import static java.util.Objects.requireNonNull;

/**
 * The engine of this very process, asked of a statement before it becomes a query: it is analyzed with the session that
 * the request will have, in a transaction of its own that is given up. As there is no query, none is queued, charged or
 * logged. Whether the client may read what it names is asked when the statement runs; here it is only told whether names
 * and columns are as many.
 */
final class RequestEngines
{
    private static final Logger log = Logger.get(RequestEngines.class);

    private final DispatchManager dispatchManager;
    private final HttpRequestSessionContextFactory sessionContexts;
    private final SessionSupplier sessions;
    private final TransactionManager transactions;
    private final Metadata metadata;
    private final AccessControl accessControl;
    private final AnalyzerFactory analyzers;
    private final TablePropertyManager tableProperties;
    private final SqlParser parser;

    @Inject
    RequestEngines(
            DispatchManager dispatchManager,
            HttpRequestSessionContextFactory sessionContexts,
            SessionSupplier sessions,
            TransactionManager transactions,
            Metadata metadata,
            AccessControl accessControl,
            AnalyzerFactory analyzers,
            TablePropertyManager tableProperties,
            SqlParser parser)
    {
        this.dispatchManager = requireNonNull(dispatchManager, "dispatchManager is null");
        this.sessionContexts = requireNonNull(sessionContexts, "sessionContexts is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.accessControl = requireNonNull(accessControl, "accessControl is null");
        this.analyzers = requireNonNull(analyzers, "analyzers is null");
        this.tableProperties = requireNonNull(tableProperties, "tableProperties is null");
        this.parser = requireNonNull(parser, "parser is null");
    }

    /**
     * @param request authenticated; asked while it is filtered
     * @param catalog Tarn's own
     */
    Engine engine(ContainerRequestContext request, ProtocolHeaders protocol, String catalog)
    {
        return new RequestEngine(request, protocol, catalog);
    }

    private final class RequestEngine
            implements Engine
    {
        private final ContainerRequestContext request;
        private final ProtocolHeaders protocol;
        private final String catalog;

        private RequestEngine(ContainerRequestContext request, ProtocolHeaders protocol, String catalog)
        {
            this.request = requireNonNull(request, "request is null");
            this.protocol = requireNonNull(protocol, "protocol is null");
            this.catalog = requireNonNull(catalog, "catalog is null");
        }

        @Override
        public Verdict analyze(String statement)
        {
            try {
                return inTransaction(session -> {
                    analyzers.createAnalyzer(session, ImmutableList.of(), new AllowAllAccessControl(), ImmutableMap.of(), WarningCollector.NOOP, createPlanOptimizersStatsCollector())
                            // parameters have no values yet
                            .analyze(parser.createStatement(statement), DESCRIBE);
                    return ACCEPTED;
                });
            }
            catch (TrinoException e) {
                return e.getErrorCode().equals(MISMATCHED_COLUMN_ALIASES.toErrorCode()) ? MISMATCHED_ALIASES : UNKNOWN;
            }
            catch (RuntimeException | StackOverflowError e) {
                // the statement goes on as it is, and Trino says what is wrong
                log.debug(e, "Cannot analyze [%s]", statement);
                return UNKNOWN;
            }
        }

        @Override
        public Optional<Set<String>> tableProperties(List<String> table)
        {
            try {
                return inTransaction(session -> {
                    // without a catalogue in name and session it is Athena's
                    String target = table.size() == 3 ? table.getFirst() : session.getCatalog().orElse(catalog);
                    return Optional.of(target)
                            .filter(catalog::equals)
                            .flatMap(name -> transactions.getCatalogHandle(session.getRequiredTransactionId(), name))
                            .map(this::propertyNames);
                });
            }
            catch (RuntimeException e) {
                log.debug(e, "Cannot tell the properties of table %s", table);
                return Optional.empty();
            }
        }

        private Set<String> propertyNames(CatalogHandle handle)
        {
            return tableProperties.getAllProperties(handle).stream()
                    .map(PropertyMetadata::getName)
                    .collect(toImmutableSet());
        }

        private <T> T inTransaction(Function<Session, T> callback)
        {
            TransactionId transaction = transactions.beginTransaction(true);
            try {
                Session session = session().beginTransactionId(transaction, transactions, accessControl);
                accessControl.checkCanExecuteQuery(session.getIdentity(), session.getQueryId());
                metadata.beginQuery(session);
                try {
                    return callback.apply(session);
                }
                finally {
                    metadata.cleanupQuery(session);
                }
            }
            finally {
                var _ = transactions.asyncAbort(transaction);
            }
        }

        private Session session()
        {
            MultivaluedMap<String, String> headers = new Headers(request.getHeaders());
            // what the client has prepared may not be Trino's, and its own transaction is not to suffer from an error
            headers.remove(protocol.requestPreparedStatement());
            headers.remove(protocol.requestTransactionId());
            SessionContext context = sessionContexts.createSessionContext(headers, Optional.empty(), authenticatedIdentity(request));
            return sessions.createSession(dispatchManager.createQueryId(), Span.getInvalid(), context);
        }
    }

    /**
     * A copy that does not tell names apart by their case either.
     */
    private static final class Headers
            extends AbstractMultivaluedMap<String, String>
    {
        private Headers(MultivaluedMap<String, String> headers)
        {
            super(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
            putAll(headers);
        }
    }
}
