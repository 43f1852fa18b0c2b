package io.tarn.server.thrift.lock;

import com.google.common.collect.ImmutableList;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * A lock that is held, or waited for.
 *
 * @param acquiredAt empty while it waits
 * @param blocker the lock it waits for, as far as that is known
 */
public record HeldLock(
        long id,
        LockOwner owner,
        List<LockTarget> targets,
        Instant lastHeartbeat,
        int heartbeats,
        Optional<Instant> acquiredAt,
        OptionalLong blocker)
{
    public HeldLock
    {
        requireNonNull(owner, "owner is null");
        targets = ImmutableList.copyOf(targets);
        requireNonNull(lastHeartbeat, "lastHeartbeat is null");
        requireNonNull(acquiredAt, "acquiredAt is null");
        requireNonNull(blocker, "blocker is null");
    }

    HeldLock(long id, LockOwner owner, List<LockTarget> targets, Instant now)
    {
        this(id, owner, targets, now, 0, Optional.empty(), OptionalLong.empty());
    }

    boolean blocks(HeldLock later)
    {
        return targets.stream().anyMatch(target -> later.targets.stream().anyMatch(target::conflictsWith));
    }

    HeldLock beating(Instant now)
    {
        return new HeldLock(id, owner, targets, now, heartbeats + 1, acquiredAt, blocker);
    }

    HeldLock acquired(Instant now)
    {
        return new HeldLock(id, owner, targets, lastHeartbeat, heartbeats, Optional.of(now), OptionalLong.empty());
    }

    HeldLock blockedBy(long other)
    {
        return new HeldLock(id, owner, targets, lastHeartbeat, heartbeats, Optional.empty(), OptionalLong.of(other));
    }
}
