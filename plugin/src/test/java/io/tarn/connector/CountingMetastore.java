package io.tarn.connector;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.Multiset;
import io.trino.metastore.HiveMetastore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Counts the calls that reach a metastore, by method.
 */
final class CountingMetastore
{
    private final Multiset<String> calls = ConcurrentHashMultiset.create();
    private final HiveMetastore metastore;

    CountingMetastore(HiveMetastore counted)
    {
        metastore = (HiveMetastore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {HiveMetastore.class}, (_, method, arguments) -> {
            calls.add(method.getName());
            try {
                return method.invoke(counted, arguments);
            }
            catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    HiveMetastore metastore()
    {
        return metastore;
    }

    int calls(String method)
    {
        return calls.count(method);
    }

    int calls()
    {
        return calls.size();
    }

    void reset()
    {
        calls.clear();
    }

    @Override
    public String toString()
    {
        return calls.toString();
    }
}
