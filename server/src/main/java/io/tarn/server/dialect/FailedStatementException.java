package io.tarn.server.dialect;

import jakarta.ws.rs.core.Response;

import static java.util.Objects.requireNonNull;

/**
 * One of several statements failed, and the client is to hear what Trino said of it.
 */
final class FailedStatementException
        extends RuntimeException
{
    private final transient Response response;

    FailedStatementException(Response response)
    {
        super("A statement failed", null, false, false);
        this.response = requireNonNull(response, "response is null");
    }

    Response response()
    {
        return response;
    }
}
