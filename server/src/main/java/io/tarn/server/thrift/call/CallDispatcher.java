package io.tarn.server.thrift.call;

import io.airlift.log.Logger;
import io.tarn.server.thrift.wire.MessageHandler;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TType;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import static io.tarn.server.thrift.call.CallFailures.message;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.apache.thrift.TApplicationException.INTERNAL_ERROR;
import static org.apache.thrift.TApplicationException.PROTOCOL_ERROR;
import static org.apache.thrift.TApplicationException.UNKNOWN_METHOD;

/**
 * Finds what answers a message by the method's name. What is not served is refused by that name, as Thrift's own
 * servers refuse what they do not know, which is what clients look for before they ask in another way.
 */
public final class CallDispatcher
        implements MessageHandler
{
    private static final Logger log = Logger.get(CallDispatcher.class);

    private static final int MAX_DEPTH = 64;

    private final CallTable calls;
    private final boolean readOnly;
    private final Semaphore permits;
    private final int maxCalls;
    private final Duration patience;

    /**
     * @param maxCalls answered at a time
     * @param patience how long a call waits for others
     */
    public CallDispatcher(CallTable calls, boolean readOnly, int maxCalls, Duration patience)
    {
        this.calls = requireNonNull(calls, "calls is null");
        this.readOnly = readOnly;
        this.permits = new Semaphore(maxCalls, true);
        this.maxCalls = maxCalls;
        this.patience = requireNonNull(patience, "patience is null");
    }

    @Override
    public void handle(TProtocol input, TProtocol output)
            throws TException
    {
        TMessage message = input.readMessageBegin();
        if (message.type != TMessageType.CALL && message.type != TMessageType.ONEWAY) {
            throw new TProtocolException(TProtocolException.INVALID_DATA, "A message of type %s is no call".formatted(message.type));
        }
        Optional<Call<?>> call = calls.call(message.name);
        if (call.isEmpty()) {
            TProtocolUtil.skip(input, TType.STRUCT, MAX_DEPTH);
            input.readMessageEnd();
            refuse(output, message, UNKNOWN_METHOD, "Invalid method name: '%s' is not served by Tarn's metastore".formatted(message.name));
            return;
        }
        handle(call.get(), message, input, output);
    }

    private <A extends TBase<?, ?>> void handle(Call<A> call, TMessage message, TProtocol input, TProtocol output)
            throws TException
    {
        A arguments = call.newArguments();
        try {
            arguments.read(input);
            input.readMessageEnd();
        }
        catch (TException | RuntimeException e) {
            call.stats().record(0, true);
            // what is left of the message cannot be told from the next one
            refuse(output, message, PROTOCOL_ERROR, "The arguments of %s cannot be read: %s".formatted(call.name(), message(e)));
            throw e;
        }
        long start = System.nanoTime();
        Reply reply = call.newReply();
        Optional<Exception> failure = answer(call, arguments, reply);
        call.stats().record(System.nanoTime() - start, failure.isPresent());
        if (failure.isPresent() && !declare(failure.get(), reply)) {
            refuse(output, message, INTERNAL_ERROR, "%s failed: %s".formatted(call.name(), message(failure.get())));
            return;
        }
        output.writeMessageBegin(new TMessage(message.name, TMessageType.REPLY, message.seqid));
        reply.write(output);
        output.writeMessageEnd();
        output.getTransport().flush();
    }

    private <A extends TBase<?, ?>> Optional<Exception> answer(Call<A> call, A arguments, Reply reply)
    {
        boolean permitted = false;
        try {
            if (call.changes() && readOnly) {
                throw new MetaException("%s is refused: this metastore is read-only".formatted(call.name()));
            }
            permitted = permits.tryAcquire(patience.toMillis(), MILLISECONDS);
            if (!permitted) {
                throw new MetaException("The metastore is busy with %s other calls, and %s was not begun in %s s: try again".formatted(maxCalls, call.name(), patience.toSeconds()));
            }
            reply.succeed(call.answer(arguments));
            return Optional.empty();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        }
        catch (TException | RuntimeException e) {
            if (CallFailures.isInternal(e)) {
                log.error(e, "%s failed", call.name());
            }
            else {
                log.debug(e, "%s failed", call.name());
            }
            return Optional.of(e);
        }
        finally {
            if (permitted) {
                permits.release();
            }
        }
    }

    private static boolean declare(Exception failure, Reply reply)
    {
        Optional<TException> declared = CallFailures.declared(failure, reply.declaredFailures());
        declared.ifPresent(reply::fail);
        return declared.isPresent();
    }

    private static void refuse(TProtocol output, TMessage message, int type, String text)
            throws TException
    {
        output.writeMessageBegin(new TMessage(message.name, TMessageType.EXCEPTION, message.seqid));
        new TApplicationException(type, text).write(output);
        output.writeMessageEnd();
        output.getTransport().flush();
    }
}
