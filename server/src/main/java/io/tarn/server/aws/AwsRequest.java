package io.tarn.server.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * A request as it came over HTTP.
 *
 * @param headers by lower-cased name, values in the order they came
 */
record AwsRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body)
{
    AwsRequest
    {
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        requireNonNull(query, "query is null");
        requireNonNull(headers, "headers is null");
        requireNonNull(body, "body is null");
    }

    /**
     * The header's only value; empty where it is missing, or there more than once.
     */
    Optional<String> header(String name)
    {
        List<String> values = headers.getOrDefault(name.toLowerCase(ENGLISH), List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
