package io.tarn.server.thrift.call;

import com.google.common.collect.ImmutableList;
import io.tarn.metastore.CallStats;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;

import java.util.List;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * A method that Hive 4 dropped from its interface and that clients of Hive 3 and before, Trino and Impala still call.
 *
 * @param newArgumentsOf makes the arguments: of another method whose fields have the same numbers and types
 * @param failures the exceptions that the method declares, in the order of their numbers
 */
public record LegacyCall<A extends TBase<?, ?>>(
        String name,
        CallStats stats,
        Supplier<A> newArgumentsOf,
        List<Class<? extends TException>> failures,
        CallTable.Answer<A> handler)
        implements Call<A>
{
    public LegacyCall
    {
        requireNonNull(name, "name is null");
        requireNonNull(stats, "stats is null");
        requireNonNull(newArgumentsOf, "newArgumentsOf is null");
        failures = ImmutableList.copyOf(failures);
        requireNonNull(handler, "handler is null");
    }

    public LegacyCall(String name, Supplier<A> newArgumentsOf, List<Class<? extends TException>> failures, CallTable.Answer<A> handler)
    {
        this(name, new CallStats(), newArgumentsOf, failures, handler);
    }

    @Override
    public boolean changes()
    {
        return false;
    }

    @Override
    public A newArguments()
    {
        return newArgumentsOf.get();
    }

    @Override
    public Object answer(A arguments)
            throws TException
    {
        return handler.answer(arguments);
    }

    @Override
    public Reply newReply()
    {
        return new LegacyReply(name, failures);
    }
}
