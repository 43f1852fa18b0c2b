package io.tarn.clients.spark;

import io.tarn.clients.LocalEngine;

import java.nio.file.Path;

/**
 * One engine for all tests of this module: each has databases of its own in it. It ends with the tests' process.
 */
final class SharedEngine
{
    private SharedEngine() {}

    static LocalEngine engine()
    {
        return Engine.INSTANCE;
    }

    /**
     * The folder of the bucket {@code lake}.
     */
    static Path bucket()
    {
        return Engine.BUCKET;
    }

    private static final class Engine
    {
        private static final LocalEngine INSTANCE = LocalEngine.start();
        private static final Path BUCKET = INSTANCE.createBucket("lake");
    }
}
