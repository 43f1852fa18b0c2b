package io.tarn.store;

/**
 * Where the SQL of the two databases parts.
 */
public enum Dialect
{
    /**
     * A write transaction is alone in the database.
     */
    SQLITE("INTEGER PRIMARY KEY", "", "", ""),
    /**
     * Write transactions run side by side, and see what others have committed meanwhile; what is read to be changed is
     * locked.
     */
    POSTGRESQL("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "COLLATE \"C\"", " FOR UPDATE", " FOR UPDATE SKIP LOCKED"),
    /**/;

    private final String identity;
    private final String binaryOrder;
    private final String forUpdate;
    private final String forUpdateSkipLocked;

    Dialect(String identity, String binaryOrder, String forUpdate, String forUpdateSkipLocked)
    {
        this.identity = identity;
        this.binaryOrder = binaryOrder;
        this.forUpdate = forUpdate;
        this.forUpdateSkipLocked = forUpdateSkipLocked;
    }

    /**
     * The type of a column that numbers its rows; migrations have it as <code>${identity}</code>.
     */
    String identity()
    {
        return identity;
    }

    /**
     * What follows the type of a text column that is ordered by its bytes in UTF-8; migrations have it as
     * <code>${binary}</code>.
     */
    String binaryOrder()
    {
        return binaryOrder;
    }

    /**
     * What ends a {@code SELECT} whose rows are to be changed.
     */
    public String forUpdate()
    {
        return forUpdate;
    }

    /**
     * The same where rows that others are changing are to be left out.
     */
    public String forUpdateSkipLocked()
    {
        return forUpdateSkipLocked;
    }
}
