package io.tarn.server.dialect;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.athena.dialect.DialectException;
import io.trino.client.ErrorInfo;
import io.trino.client.ErrorLocation;
import io.trino.client.FailureInfo;
import io.trino.client.QueryData;
import io.trino.client.QueryError;
import io.trino.client.QueryResults;
import io.trino.client.StatementStats;
import io.trino.dispatcher.DispatchManager;
import io.trino.spi.ErrorCode;
import io.trino.spi.StandardErrorCode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import java.net.URI;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * Tells a client that its statement failed, as Trino tells it: with line and column in the client's own text, which a
 * translated text would not have.
 */
final class RefusedStatements
{
    private final DispatchManager dispatchManager;

    @Inject
    RefusedStatements(DispatchManager dispatchManager)
    {
        this.dispatchManager = requireNonNull(dispatchManager, "dispatchManager is null");
    }

    Response response(DialectException failure, UriInfo uri)
    {
        ErrorCode code = switch (failure.reason()) {
            case SYNTAX -> StandardErrorCode.SYNTAX_ERROR.toErrorCode();
            case REFUSED -> StandardErrorCode.NOT_SUPPORTED.toErrorCode();
        };
        ErrorLocation location = new ErrorLocation(failure.line(), failure.column());
        ErrorInfo info = new ErrorInfo(code.getCode(), code.getName(), code.getType().name());
        FailureInfo cause = new FailureInfo(failure.getClass().getName(), failure.getMessage(), null, ImmutableList.of(), ImmutableList.of(), info, location);
        QueryError error = new QueryError(failure.getMessage(), null, code.getCode(), code.getName(), code.getType().name(), location, cause);
        String queryId = dispatchManager.createQueryId().toString();
        URI page = uri.getBaseUriBuilder().path("ui/query.html").replaceQuery(queryId).build();
        StatementStats stats = StatementStats.builder()
                .setState("FAILED")
                .setProgressPercentage(OptionalDouble.empty())
                .setRunningPercentage(OptionalDouble.empty())
                .build();
        return Response.ok(new QueryResults(queryId, page, null, null, null, QueryData.NULL, stats, error, ImmutableList.of(), null, OptionalLong.empty()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
