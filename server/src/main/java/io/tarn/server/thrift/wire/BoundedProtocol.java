package io.tarn.server.thrift.wire;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TSet;

/**
 * Thrift's binary protocol, for messages of strangers. The generated classes make room for as many elements as a
 * message claims before they read the first, so a claim is bounded and paid for as if it were true.
 */
final class BoundedProtocol
        extends TBinaryProtocol
{
    private static final long NO_LENGTH_LIMIT = -1;
    private static final int MAX_ELEMENTS = 1_000_000;
    private static final int ELEMENT_BYTES = 8;
    private static final int MAX_DEPTH = 64;

    static {
        // of fields that nobody knows
        TProtocolUtil.setMaxSkipDepth(MAX_DEPTH);
    }

    private final MessageTransport transport;

    BoundedProtocol(MessageTransport transport)
    {
        super(transport, NO_LENGTH_LIMIT, MAX_ELEMENTS, true, true);
        this.transport = transport;
    }

    @Override
    public TList readListBegin()
            throws TException
    {
        TList list = super.readListBegin();
        transport.reserve((long) list.size * ELEMENT_BYTES);
        return list;
    }

    @Override
    public TSet readSetBegin()
            throws TException
    {
        TSet set = super.readSetBegin();
        transport.reserve((long) set.size * ELEMENT_BYTES);
        return set;
    }

    @Override
    public TMap readMapBegin()
            throws TException
    {
        TMap map = super.readMapBegin();
        transport.reserve(2L * map.size * ELEMENT_BYTES);
        return map;
    }
}
