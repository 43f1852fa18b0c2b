package io.tarn.server.thrift.wire;

import org.apache.thrift.TConfiguration;
import org.apache.thrift.transport.TEndpointTransport;
import org.apache.thrift.transport.TTransportException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import static java.util.Objects.requireNonNull;
import static org.apache.thrift.transport.TTransportException.END_OF_FILE;
import static org.apache.thrift.transport.TTransportException.MESSAGE_SIZE_LIMIT;

/**
 * A connection's bytes, one message at a time: what is read, and what a client only claims to send, is held to the
 * message's limit and to the budget of all connections before memory is given to it.
 */
final class MessageTransport
        extends TEndpointTransport
{
    private final InputStream input;
    private final OutputStream output;
    private final MessageBudget budget;
    private final long limit;

    private long consumed;
    private long end;
    private int unitsHeld;

    /**
     * @param limit bytes of the largest message that is read
     */
    MessageTransport(InputStream input, OutputStream output, MessageBudget budget, int limit)
            throws TTransportException
    {
        super(TConfiguration.custom().setMaxMessageSize(limit).setMaxFrameSize(limit).setRecursionLimit(64).build());
        this.input = requireNonNull(input, "input is null");
        this.output = requireNonNull(output, "output is null");
        this.budget = requireNonNull(budget, "budget is null");
        this.limit = limit;
        this.end = limit;
    }

    /**
     * @param size of the message, where a frame tells it; else the limit
     */
    void beginMessage(long size)
    {
        consumed = 0;
        end = size;
    }

    void endMessage()
    {
        budget.release(unitsHeld);
        unitsHeld = 0;
    }

    /**
     * Bytes of the message's frame that nobody has read.
     */
    long unread()
    {
        return end - consumed;
    }

    @Override
    public void checkReadBytesAvailable(long bytes)
            throws TTransportException
    {
        if (bytes < 0 || bytes > end - consumed) {
            throw new TTransportException(MESSAGE_SIZE_LIMIT, end < limit
                    ? "The message says that %s bytes follow, but its frame ends after %s".formatted(bytes, end - consumed)
                    : "The message is larger than the %s bytes that metastore.max-message-size allows: send less at a time, or raise it".formatted(limit));
        }
        reserve(consumed + bytes);
    }

    /**
     * Makes sure of memory for a number of bytes.
     */
    void reserve(long bytes)
            throws TTransportException
    {
        int missing = budget.units(bytes) - unitsHeld;
        if (missing > 0) {
            if (!budget.acquire(missing)) {
                throw new TTransportException(MESSAGE_SIZE_LIMIT, "The metastore is reading too many large messages at a time: try again");
            }
            unitsHeld += missing;
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length)
            throws TTransportException
    {
        checkReadBytesAvailable(length);
        try {
            int count = input.read(buffer, offset, length);
            if (count < 0) {
                throw new TTransportException(END_OF_FILE, "The client closed the connection in the middle of a message");
            }
            consumed += count;
            return count;
        }
        catch (IOException e) {
            throw new TTransportException(e);
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length)
            throws TTransportException
    {
        try {
            output.write(buffer, offset, length);
        }
        catch (IOException e) {
            throw new TTransportException(e);
        }
    }

    @Override
    public void flush()
            throws TTransportException
    {
        try {
            output.flush();
        }
        catch (IOException e) {
            throw new TTransportException(e);
        }
    }

    @Override
    public boolean isOpen()
    {
        return true;
    }

    @Override
    public void open() {}

    @Override
    public void close() {}
}
