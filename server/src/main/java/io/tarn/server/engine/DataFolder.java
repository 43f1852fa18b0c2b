package io.tarn.server.engine;

import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/**
 * What lies where in the folder that holds an engine's state.
 */
public record DataFolder(Path path)
{
    public DataFolder
    {
        requireNonNull(path, "path is null");
        path = path.toAbsolutePath().normalize();
    }

    public Path lock()
    {
        return path.resolve("engine.lock");
    }

    public Path endpoints()
    {
        return path.resolve("endpoints.json");
    }

    public Path credentials()
    {
        return path.resolve("credentials.json");
    }

    public Path glueDatabase()
    {
        return path.resolve("glue.db");
    }

    /**
     * In here a bucket is a directory.
     */
    public Path buckets()
    {
        return path.resolve("s3");
    }

    public Path log()
    {
        return path.resolve("log").resolve("server.log");
    }

    /**
     * The configuration as the engine reads it, written anew at every start.
     */
    public Path effectiveEtc()
    {
        return path.resolve("run").resolve("etc");
    }
}
