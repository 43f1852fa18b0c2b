package io.tarn.server.thrift.lock;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Who asked for a lock, as it says of itself.
 */
public record LockOwner(String user, String host, Optional<String> agent)
{
    public LockOwner
    {
        requireNonNull(user, "user is null");
        requireNonNull(host, "host is null");
        requireNonNull(agent, "agent is null");
    }
}
