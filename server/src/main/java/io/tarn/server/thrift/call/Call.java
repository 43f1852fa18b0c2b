package io.tarn.server.thrift.call;

import io.tarn.metastore.CallStats;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;

/**
 * One method of the interface.
 *
 * @param <A> its arguments
 */
public interface Call<A extends TBase<?, ?>>
{
    String name();

    boolean changes();

    CallStats stats();

    A newArguments();

    Object answer(A arguments)
            throws TException;

    Reply newReply();
}
