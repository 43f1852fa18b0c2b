package io.tarn.server.thrift.lock;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a lock is on. One on a database is on all of its tables, and one on a table on all of its partitions.
 *
 * @param table empty for the whole database
 * @param partition a partition's name; empty for the whole table
 */
public record LockTarget(String database, Optional<String> table, Optional<String> partition, Mode mode)
{
    public enum Mode
    {
        SHARED_READ,
        SHARED_WRITE,
        /**
         * Of writers only one; readers are let through.
         */
        EXCLUSIVE_WRITE,
        EXCLUSIVE,
    }

    public LockTarget
    {
        requireNonNull(database, "database is null");
        requireNonNull(table, "table is null");
        requireNonNull(partition, "partition is null");
        requireNonNull(mode, "mode is null");
    }

    boolean conflictsWith(LockTarget other)
    {
        return database.equals(other.database)
                && overlaps(table, other.table)
                && overlaps(partition, other.partition)
                && excludes(mode, other.mode);
    }

    private static boolean overlaps(Optional<String> first, Optional<String> second)
    {
        return first.isEmpty() || second.isEmpty() || first.equals(second);
    }

    private static boolean excludes(Mode first, Mode second)
    {
        return switch (first) {
            case EXCLUSIVE -> true;
            case SHARED_READ -> second == Mode.EXCLUSIVE;
            case SHARED_WRITE -> second == Mode.EXCLUSIVE || second == Mode.EXCLUSIVE_WRITE;
            case EXCLUSIVE_WRITE -> second != Mode.SHARED_READ;
        };
    }
}
