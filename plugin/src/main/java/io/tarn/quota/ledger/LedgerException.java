package io.tarn.quota.ledger;

/**
 * The ledger cannot be reached, read or written; the message names it, what happened and the remedy.
 */
public class LedgerException
        extends RuntimeException
{
    public LedgerException(String message)
    {
        super(message);
    }

    public LedgerException(String message, Throwable cause)
    {
        super(message, cause);
    }
}
