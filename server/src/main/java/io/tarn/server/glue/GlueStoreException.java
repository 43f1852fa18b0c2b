package io.tarn.server.glue;

/**
 * A store that cannot be opened; the message names the file and the remedy.
 */
public final class GlueStoreException
        extends RuntimeException
{
    public GlueStoreException(String message, Throwable cause)
    {
        super(message, cause);
    }
}
