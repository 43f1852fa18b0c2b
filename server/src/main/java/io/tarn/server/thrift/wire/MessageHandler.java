package io.tarn.server.thrift.wire;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;

/**
 * Answers messages; for any number of threads.
 */
@FunctionalInterface
public interface MessageHandler
{
    /**
     * Reads one message and writes its answer.
     *
     * @throws TException where the connection cannot go on: the message could not be read, or the answer not be written
     */
    void handle(TProtocol input, TProtocol output)
            throws TException;
}
