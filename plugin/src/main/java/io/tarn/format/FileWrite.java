package io.tarn.format;

import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.connector.ConnectorSession;

import java.util.OptionalInt;

import static java.util.Objects.requireNonNull;

/**
 * A request to write a file.
 *
 * @param session gives a format its own session properties
 * @param location where the file will be; its name ends with {@link FormatWriter#extension}
 * @param schema what the catalogue says about the files of the table
 * @param codec one of {@link FormatWriter#codecs}
 * @param level of the codec; empty for the codec's own default
 */
public record FileWrite(ConnectorSession session, TrinoFileSystem fileSystem, Location location, FileSchema schema, FileCodec codec, OptionalInt level)
{
    public FileWrite
    {
        requireNonNull(session, "session is null");
        requireNonNull(fileSystem, "fileSystem is null");
        requireNonNull(location, "location is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(codec, "codec is null");
        requireNonNull(level, "level is null");
    }
}
