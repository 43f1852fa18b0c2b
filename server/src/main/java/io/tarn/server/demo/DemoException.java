package io.tarn.server.demo;

/**
 * The demonstration cannot go on, or an answer was not what the lake's generator knows.
 */
public class DemoException
        extends RuntimeException
{
    public DemoException(String message)
    {
        super(message);
    }

    public DemoException(String message, Throwable cause)
    {
        super(message, cause);
    }
}
