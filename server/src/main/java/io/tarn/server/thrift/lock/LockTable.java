package io.tarn.server.thrift.lock;

import com.google.common.collect.ImmutableList;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

/**
 * The locks that clients hold at this server, in its memory: they hold between the clients of one server, and end with
 * it. What protects a commit beyond that is that a table is changed only where it is as its client expects it. A lock
 * whose client sends no heartbeat is taken from it after a while. Locks are given in the order in which they were asked
 * for: none is given before one that was asked for earlier and is in its way.
 */
public final class LockTable
{
    private final Map<Long, HeldLock> locks = new LinkedHashMap<>();
    private final Duration timeout;
    private final int maxLocks;
    private final InstantSource clock;
    private long lastId;

    /**
     * @param timeout after which a lock without heartbeats ends
     * @param maxLocks held and waited for at a time
     */
    public LockTable(Duration timeout, int maxLocks, InstantSource clock)
    {
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.maxLocks = maxLocks;
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Asks for a lock; it is acquired, or waits, which {@link #check} tells later.
     *
     * @throws IllegalStateException where there are too many
     */
    public synchronized HeldLock request(LockOwner owner, List<LockTarget> targets)
    {
        expire();
        checkState(locks.size() < maxLocks, "There are %s locks already, which are the most that this metastore keeps", maxLocks);
        lastId++;
        HeldLock lock = new HeldLock(lastId, owner, ImmutableList.copyOf(targets), clock.instant());
        locks.put(lock.id(), lock);
        return advance(lock);
    }

    /**
     * Whether a lock that waited is acquired by now. Counts as a heartbeat.
     *
     * @return empty where there is no such lock, or it has ended
     */
    public synchronized Optional<HeldLock> check(long id)
    {
        expire();
        return Optional.ofNullable(locks.get(id)).map(lock -> advance(lock.beating(clock.instant())));
    }

    /**
     * @return false where there is no such lock, or it has ended
     */
    public synchronized boolean heartbeat(long id)
    {
        expire();
        return locks.computeIfPresent(id, (_, lock) -> lock.beating(clock.instant())) != null;
    }

    /**
     * @return false where there is no such lock, or it has ended
     */
    public synchronized boolean release(long id)
    {
        expire();
        return locks.remove(id) != null;
    }

    public synchronized List<HeldLock> locks()
    {
        expire();
        return ImmutableList.copyOf(locks.values());
    }

    private HeldLock advance(HeldLock lock)
    {
        HeldLock advanced = lock;
        if (lock.acquiredAt().isEmpty()) {
            Optional<HeldLock> blocker = locks.values().stream()
                    .filter(other -> other.id() < lock.id() && other.blocks(lock))
                    .findFirst();
            advanced = blocker.isPresent() ? lock.blockedBy(blocker.get().id()) : lock.acquired(clock.instant());
        }
        locks.put(advanced.id(), advanced);
        return advanced;
    }

    private void expire()
    {
        locks.values().removeIf(lock -> lock.lastHeartbeat().plus(timeout).isBefore(clock.instant()));
    }
}
