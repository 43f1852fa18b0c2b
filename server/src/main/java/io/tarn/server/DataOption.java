package io.tarn.server;

import io.tarn.server.engine.DataFolder;
import picocli.CommandLine.Option;

import java.nio.file.Path;

final class DataOption
{
    @Option(names = "--data",
            paramLabel = "DIR",
            defaultValue = ".tarn",
            converter = UserPath.class,
            description = "The folder that holds the engine's state: catalogue, buckets, key pair, log (default: ${DEFAULT-VALUE}).")
    private Path data;

    Path path()
    {
        return data;
    }

    DataFolder folder()
    {
        return new DataFolder(data);
    }
}
