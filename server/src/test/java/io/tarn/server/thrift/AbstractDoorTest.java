package io.tarn.server.thrift;

import io.tarn.server.lake.LakeServices;
import io.tarn.server.thrift.MetastoreDoor.Client;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

import java.util.Map;

import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * A lake and the metastore over it for all tests of a class, with the client that Hive's interface generates for each.
 */
@TestInstance(PER_CLASS)
abstract class AbstractDoorTest
{
    protected LakeServices lake;
    protected MetastoreDoor door;
    protected ThriftHiveMetastore.Client client;
    private Client connection;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeServices();
        door = new MetastoreDoor(lake, Map.of());
    }

    @AfterAll
    void stop()
            throws Exception
    {
        try (LakeServices _ = lake; MetastoreDoor _ = door) {
            // in the opposite order of the start
        }
    }

    @BeforeEach
    void connect()
            throws Exception
    {
        connection = door.connect();
        client = connection.calls();
    }

    @AfterEach
    void disconnect()
    {
        connection.close();
    }
}
