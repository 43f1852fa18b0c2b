package io.tarn.server.thrift.call;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import io.trino.spi.ErrorCode;
import io.trino.spi.TrinoException;
import org.apache.hadoop.hive.metastore.api.AlreadyExistsException;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.InvalidOperationException;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.UnknownDBException;
import org.apache.hadoop.hive.metastore.api.UnknownTableException;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static io.trino.spi.StandardErrorCode.ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.FUNCTION_NOT_FOUND;
import static io.trino.spi.StandardErrorCode.NOT_FOUND;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.StandardErrorCode.SCHEMA_ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.SCHEMA_NOT_FOUND;
import static io.trino.spi.StandardErrorCode.TABLE_ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.TABLE_NOT_FOUND;

/**
 * Which of the exceptions that a method declares tells its client what went wrong. Not every method declares the one
 * that fits best: each kind of failure has a list, and the first that is declared is taken.
 */
final class CallFailures
{
    private enum Kind
    {
        NO_SUCH_OBJECT,
        ALREADY_EXISTS,
        INVALID_OPERATION,
        INVALID_OBJECT,
        META,
    }

    private static final Map<Class<?>, Function<String, TException>> EXCEPTIONS = Map.of(
            NoSuchObjectException.class, NoSuchObjectException::new,
            UnknownTableException.class, UnknownTableException::new,
            UnknownDBException.class, UnknownDBException::new,
            AlreadyExistsException.class, AlreadyExistsException::new,
            InvalidOperationException.class, InvalidOperationException::new,
            InvalidObjectException.class, InvalidObjectException::new,
            MetaException.class, MetaException::new);

    private static final Set<ErrorCode> NOT_FOUND_CODES = Set.of(NOT_FOUND.toErrorCode(), TABLE_NOT_FOUND.toErrorCode(), SCHEMA_NOT_FOUND.toErrorCode(), FUNCTION_NOT_FOUND.toErrorCode());
    private static final Set<ErrorCode> EXISTS_CODES = Set.of(ALREADY_EXISTS.toErrorCode(), TABLE_ALREADY_EXISTS.toErrorCode(), SCHEMA_ALREADY_EXISTS.toErrorCode());

    private CallFailures() {}

    /**
     * @param declared the exceptions that the method declares
     * @return empty where none of them fits
     */
    static Optional<TException> declared(Exception failure, Set<Class<?>> declared)
    {
        if (failure instanceof TException own && declared.contains(own.getClass())) {
            return Optional.of(own);
        }
        return candidates(kind(failure)).stream()
                .filter(declared::contains)
                .findFirst()
                .map(type -> EXCEPTIONS.get(type).apply(message(failure)));
    }

    static String message(Exception failure)
    {
        if (failure.getMessage() == null) {
            return failure.getClass().getSimpleName();
        }
        return failure instanceof TBase<?, ?> && failure.getCause() != null ? Throwables.getRootCause(failure).getMessage() : failure.getMessage();
    }

    /**
     * Whether it is the metastore, and not who asked, that is at fault.
     */
    static boolean isInternal(Exception failure)
    {
        return !(failure instanceof TException) && !(failure instanceof TrinoException);
    }

    private static Kind kind(Exception failure)
    {
        return switch (failure) {
            case TrinoException trino when NOT_FOUND_CODES.contains(trino.getErrorCode()) -> Kind.NO_SUCH_OBJECT;
            case TrinoException trino when EXISTS_CODES.contains(trino.getErrorCode()) -> Kind.ALREADY_EXISTS;
            case TrinoException trino when trino.getErrorCode().equals(NOT_SUPPORTED.toErrorCode()) -> Kind.INVALID_OPERATION;
            case NoSuchObjectException _, UnknownTableException _, UnknownDBException _ -> Kind.NO_SUCH_OBJECT;
            case AlreadyExistsException _ -> Kind.ALREADY_EXISTS;
            case InvalidOperationException _ -> Kind.INVALID_OPERATION;
            case InvalidObjectException _ -> Kind.INVALID_OBJECT;
            case Exception _ -> Kind.META;
        };
    }

    private static List<Class<? extends TException>> candidates(Kind kind)
    {
        return switch (kind) {
            case NO_SUCH_OBJECT -> ImmutableList.of(NoSuchObjectException.class, UnknownTableException.class, UnknownDBException.class, InvalidObjectException.class, InvalidOperationException.class, MetaException.class);
            case ALREADY_EXISTS -> ImmutableList.of(AlreadyExistsException.class, InvalidOperationException.class, InvalidObjectException.class, MetaException.class);
            case INVALID_OPERATION -> ImmutableList.of(InvalidOperationException.class, InvalidObjectException.class, MetaException.class);
            case INVALID_OBJECT -> ImmutableList.of(InvalidObjectException.class, InvalidOperationException.class, MetaException.class);
            case META -> ImmutableList.of(MetaException.class);
        };
    }
}
