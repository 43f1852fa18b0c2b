package io.tarn.relay;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A request that a relay has received, without its body.
 *
 * @param head the lines up to the empty one, which is the last of them
 */
public record RelayedRequest(String head)
{
    public RelayedRequest
    {
        requireNonNull(head, "head is null");
    }

    public String method()
    {
        return head.substring(0, head.indexOf(' '));
    }

    /**
     * With the query, where there is one.
     */
    public String path()
    {
        int start = head.indexOf(' ') + 1;
        return head.substring(start, head.indexOf(' ', start));
    }

    /**
     * The operation of an AWS service whose protocol is JSON, as {@code UpdateTable}; empty for a request of S3.
     */
    public Optional<String> operation()
    {
        return HttpMessages.header(head, "x-amz-target").map(target -> target.substring(target.indexOf('.') + 1));
    }

    /**
     * Whether it changes what is stored.
     */
    public boolean changes()
    {
        return operation()
                .map(operation -> !operation.startsWith("Get") && !operation.startsWith("BatchGet"))
                .orElseGet(() -> !method().equals("GET") && !method().equals("HEAD"));
    }

    @Override
    public String toString()
    {
        return operation().orElseGet(() -> method() + " " + path());
    }
}
