package io.tarn.server.thrift.call;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;

import java.util.Set;

/**
 * What a method gives back: a value, or one of the exceptions that it declares.
 */
public interface Reply
{
    Set<Class<?>> declaredFailures();

    void succeed(Object value);

    /**
     * @param failure of a class that is declared
     */
    void fail(TException failure);

    void write(TProtocol output)
            throws TException;
}
