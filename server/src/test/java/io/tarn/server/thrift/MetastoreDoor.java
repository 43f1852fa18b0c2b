package io.tarn.server.thrift;

import com.google.common.collect.ImmutableMap;
import io.tarn.metastore.GlueStats;
import io.tarn.server.lake.LakeServices;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;
import org.apache.thrift.transport.layered.TFramedTransport;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;

/**
 * The metastore over the lake's Glue, on a free port, with the client that Hive's interface generates.
 */
public final class MetastoreDoor
        implements AutoCloseable
{
    private final GlueThriftMetastore metastore;

    public MetastoreDoor(LakeServices lake, Map<String, String> settings)
    {
        metastore = GlueThriftMetastore.start(
                ImmutableMap.<String, String>builder()
                        .putAll(lake.tarnGlueProperties())
                        .put("storage.kind", "s3")
                        .putAll(lake.s3Properties(lake.s3Endpoint()))
                        .put("metastore.port", "0")
                        .putAll(settings)
                        .buildKeepingLast(),
                "test");
    }

    ThriftMetastore server()
    {
        return metastore.server();
    }

    GlueStats glueStats()
    {
        return metastore.glueStats();
    }

    public String uri()
    {
        return metastore.uri().toString();
    }

    int port()
    {
        return metastore.uri().getPort();
    }

    /**
     * A client that does not frame its messages, as Hive's do not.
     */
    Client connect()
            throws TTransportException
    {
        return new Client(new TSocket(new TConfiguration(), "127.0.0.1", port(), 20_000));
    }

    Client connectOver(Socket socket)
            throws TTransportException
    {
        return new Client(new TSocket(socket));
    }

    Client connectFramed()
            throws TTransportException
    {
        return new Client(new TFramedTransport(new TSocket(new TConfiguration(), "127.0.0.1", port(), 20_000)));
    }

    @Override
    public void close()
            throws IOException
    {
        metastore.close();
    }

    static final class Client
            implements AutoCloseable
    {
        private final TTransport transport;
        private final ThriftHiveMetastore.Client calls;

        private Client(TTransport transport)
                throws TTransportException
        {
            this.transport = transport;
            if (!transport.isOpen()) {
                transport.open();
            }
            calls = new ThriftHiveMetastore.Client(new TBinaryProtocol(transport));
        }

        ThriftHiveMetastore.Client calls()
        {
            return calls;
        }

        @Override
        public void close()
        {
            transport.close();
        }
    }
}
