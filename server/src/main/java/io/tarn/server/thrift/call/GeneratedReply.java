package io.tarn.server.thrift.call;

import com.google.common.collect.ImmutableMap;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;
import org.apache.thrift.TFieldIdEnum;
import org.apache.thrift.meta_data.FieldMetaData;
import org.apache.thrift.meta_data.StructMetaData;
import org.apache.thrift.protocol.TProtocol;

import java.util.Map;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A result of the generated classes: a struct whose field 0 is the value, and whose others are exceptions.
 */
final class GeneratedReply
        implements Reply
{
    // unchecked, as a struct's field ids are known only by its own class
    @SuppressWarnings("rawtypes")
    private final TBase result;
    private final Map<Class<?>, TFieldIdEnum> failures;

    GeneratedReply(TBase<?, ?> result, Map<Class<?>, TFieldIdEnum> failures)
    {
        this.result = requireNonNull(result, "result is null");
        this.failures = requireNonNull(failures, "failures is null");
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Map<Class<?>, TFieldIdEnum> failures(TBase<?, ?> result)
    {
        Map<TFieldIdEnum, FieldMetaData> fields = (Map) FieldMetaData.getStructMetaDataMap((Class) result.getClass());
        ImmutableMap.Builder<Class<?>, TFieldIdEnum> failures = ImmutableMap.builder();
        fields.forEach((field, metaData) -> {
            if (field.getThriftFieldId() > 0 && metaData.valueMetaData instanceof StructMetaData struct) {
                failures.put(struct.structClass, field);
            }
        });
        return failures.buildOrThrow();
    }

    @Override
    public Set<Class<?>> declaredFailures()
    {
        return failures.keySet();
    }

    @SuppressWarnings("unchecked")
    @Override
    public void succeed(Object value)
    {
        if (value != null) {
            result.setFieldValue(result.fieldForId(0), value);
        }
    }

    @SuppressWarnings("unchecked")
    @Override
    public void fail(TException failure)
    {
        result.setFieldValue(failures.get(failure.getClass()), failure);
    }

    @Override
    public void write(TProtocol output)
            throws TException
    {
        result.write(output);
    }
}
