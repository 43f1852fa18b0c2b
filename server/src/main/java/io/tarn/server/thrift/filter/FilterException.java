package io.tarn.server.thrift.filter;

/**
 * A filter cannot be understood; the message says where and why.
 */
public class FilterException
        extends Exception
{
    FilterException(String message)
    {
        super(message);
    }
}
