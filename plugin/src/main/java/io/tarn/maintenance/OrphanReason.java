package io.tarn.maintenance;

/**
 * Why a file below a table is no part of it.
 */
public enum OrphanReason
{
    /**
     * It belongs to a write that has begun and is not published.
     */
    UNFINISHED_WRITE,
    /**
     * It belongs to the write that creates the table, which is not shown yet.
     */
    UNFINISHED_TABLE,
    /**
     * A published write has replaced it, or it is the list of such files.
     */
    REPLACED,
    /**
     * It is the list of files that a write replaced, which are deleted, or was going to replace.
     */
    UNUSED_LIST;

    /**
     * As users read it.
     */
    @Override
    public String toString()
    {
        return switch (this) {
            case UNFINISHED_WRITE -> "unfinished write";
            case UNFINISHED_TABLE -> "unfinished table";
            case REPLACED -> "replaced";
            case UNUSED_LIST -> "unused list";
        };
    }
}
