package io.tarn.server.thrift.wire;

import java.time.Duration;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What connections are held to.
 *
 * @param maxConnections open at a time
 * @param idleTimeout after which a client that asks nothing is closed
 * @param readTimeout how long a client may pause in the middle of a message
 * @param maxMessageSize bytes of the largest message that is read
 * @param messageMemory bytes of all large messages that are read at a time
 */
public record WireLimits(int maxConnections, Duration idleTimeout, Duration readTimeout, int maxMessageSize, long messageMemory)
{
    public WireLimits
    {
        checkArgument(maxConnections > 0, "maxConnections is not positive");
        requireNonNull(idleTimeout, "idleTimeout is null");
        requireNonNull(readTimeout, "readTimeout is null");
        checkArgument(maxMessageSize > 0, "maxMessageSize is not positive");
        checkArgument(messageMemory > 0, "messageMemory is not positive");
    }
}
