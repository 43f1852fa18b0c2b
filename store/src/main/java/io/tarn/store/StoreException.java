package io.tarn.store;

/**
 * A store cannot be opened, read or written; the message names it, what happened and the remedy.
 */
public class StoreException
        extends RuntimeException
{
    public StoreException(String message)
    {
        super(message);
    }

    public StoreException(String message, Throwable cause)
    {
        super(message, cause);
    }
}
