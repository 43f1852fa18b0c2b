package io.tarn.server.thrift.call;

import io.tarn.metastore.CallStats;
import org.apache.hadoop.hive.metastore.api.EnvironmentContext;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;
import org.apache.thrift.TFieldIdEnum;
import org.apache.thrift.meta_data.FieldMetaData;
import org.apache.thrift.meta_data.StructMetaData;

import java.lang.reflect.Constructor;
import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A method of the generated interface.
 */
record GeneratedCall<A extends TBase<?, ?>>(
        String name,
        boolean changes,
        CallStats stats,
        Constructor<A> arguments,
        Constructor<? extends TBase<?, ?>> result,
        Map<Class<?>, TFieldIdEnum> failures,
        CallTable.Answer<A> handler)
        implements Call<A>
{
    private static final String ARGUMENTS = "_args";
    private static final String RESULT = "_result";

    GeneratedCall
    {
        requireNonNull(name, "name is null");
        requireNonNull(stats, "stats is null");
        requireNonNull(arguments, "arguments is null");
        requireNonNull(result, "result is null");
        requireNonNull(failures, "failures is null");
        requireNonNull(handler, "handler is null");
    }

    static <A extends TBase<?, ?>> GeneratedCall<A> of(Class<A> arguments, CallTable.Answer<A> handler, boolean changes)
    {
        String className = arguments.getName();
        checkArgument(className.endsWith(ARGUMENTS), "%s is not the class of a method's arguments", className);
        try {
            Constructor<? extends TBase<?, ?>> result = resultClass(arguments).getConstructor();
            return new GeneratedCall<>(
                    arguments.getSimpleName().substring(0, arguments.getSimpleName().length() - ARGUMENTS.length()),
                    changes,
                    new CallStats(),
                    arguments.getConstructor(),
                    result,
                    GeneratedReply.failures(result.newInstance()),
                    handler);
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("%s has no result beside it".formatted(className), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends TBase<?, ?>> resultClass(Class<?> arguments)
            throws ClassNotFoundException
    {
        String name = arguments.getName().substring(0, arguments.getName().length() - ARGUMENTS.length()) + RESULT;
        return (Class<? extends TBase<?, ?>>) Class.forName(name, true, arguments.getClassLoader());
    }

    @Override
    public A newArguments()
    {
        return newInstance(arguments);
    }

    @Override
    public Object answer(A arguments)
            throws TException
    {
        checkComplete(arguments);
        return handler.answer(arguments);
    }

    @Override
    public Reply newReply()
    {
        return new GeneratedReply(newInstance(result), failures);
    }

    /**
     * A client may leave out any argument, and only an environment is none that is needed.
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private void checkComplete(A arguments)
            throws MetaException
    {
        Map<TFieldIdEnum, FieldMetaData> fields = (Map) FieldMetaData.getStructMetaDataMap((Class) arguments.getClass());
        for (Map.Entry<TFieldIdEnum, FieldMetaData> field : fields.entrySet()) {
            if (field.getValue().valueMetaData instanceof StructMetaData struct
                    && struct.structClass != EnvironmentContext.class
                    && !((TBase) arguments).isSet(field.getKey())) {
                throw new MetaException("%s needs its argument %s".formatted(name, field.getKey().getFieldName()));
            }
        }
    }

    private static <T> T newInstance(Constructor<T> constructor)
    {
        try {
            return constructor.newInstance();
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
