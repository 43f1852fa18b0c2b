package io.tarn.server.thrift.call;

import com.google.common.collect.ImmutableSet;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The result of a method that only older clients know: a struct, or a list of structs, or one of some exceptions,
 * whose fields are numbered from 1.
 */
final class LegacyReply
        implements Reply
{
    private final String method;
    private final List<Class<? extends TException>> failures;
    private Object value;
    private TException failure;

    LegacyReply(String method, List<Class<? extends TException>> failures)
    {
        this.method = requireNonNull(method, "method is null");
        this.failures = requireNonNull(failures, "failures is null");
    }

    @Override
    public Set<Class<?>> declaredFailures()
    {
        return ImmutableSet.copyOf(failures);
    }

    @Override
    public void succeed(Object value)
    {
        this.value = value;
    }

    @Override
    public void fail(TException failure)
    {
        this.failure = failure;
    }

    @Override
    public void write(TProtocol output)
            throws TException
    {
        output.writeStructBegin(new TStruct(method + "_result"));
        if (failure != null) {
            output.writeFieldBegin(new TField("o", TType.STRUCT, (short) (failures.indexOf(failure.getClass()) + 1)));
            ((TBase<?, ?>) failure).write(output);
            output.writeFieldEnd();
        }
        else if (value instanceof List<?> list) {
            output.writeFieldBegin(new TField("success", TType.LIST, (short) 0));
            output.writeListBegin(new TList(TType.STRUCT, list.size()));
            for (Object element : list) {
                ((TBase<?, ?>) element).write(output);
            }
            output.writeListEnd();
            output.writeFieldEnd();
        }
        else {
            output.writeFieldBegin(new TField("success", TType.STRUCT, (short) 0));
            ((TBase<?, ?>) value).write(output);
            output.writeFieldEnd();
        }
        output.writeFieldStop();
        output.writeStructEnd();
    }
}
