package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import io.tarn.clients.LocalMetastore;

import java.util.Map;

/**
 * One engine for all tests of this module: each has databases of its own in it. It ends with the tests' process.
 */
final class SharedEngine
{
    static final String BUCKET = "clients";
    /**
     * After which the locks of a client that is gone end at {@link #otherMetastore}.
     */
    static final String LOCK_TIMEOUT = "5s";

    private SharedEngine() {}

    static LocalEngine engine()
    {
        return Engine.INSTANCE;
    }

    /**
     * A second metastore over the same Glue, in a process of its own, with a short patience for locks. It knows nothing
     * of the locks that clients hold at the engine's metastore.
     */
    static LocalMetastore otherMetastore()
    {
        return OtherMetastore.INSTANCE;
    }

    static String location(String path)
    {
        return "s3://%s/%s".formatted(BUCKET, path);
    }

    private static final class Engine
    {
        private static final LocalEngine INSTANCE = start();

        private static LocalEngine start()
        {
            LocalEngine engine = LocalEngine.start();
            engine.createBucket(BUCKET);
            return engine;
        }
    }

    private static final class OtherMetastore
    {
        private static final LocalMetastore INSTANCE = LocalMetastore.start(engine(), Map.of("metastore.lock-timeout", LOCK_TIMEOUT));
    }
}
