package io.tarn.format.rcfile;

import io.tarn.format.FileErrors;
import io.tarn.format.line.source.StorageStream.StorageException;
import io.trino.filesystem.Location;
import io.trino.spi.TrinoException;

import java.io.EOFException;
import java.util.Optional;

/**
 * Tells the storage's failures from damage.
 */
final class RcErrors
        extends FileErrors
{
    RcErrors(Location location, long fileLength)
    {
        super("an", "RC", location, fileLength);
    }

    @Override
    protected Optional<TrinoException> classify(Optional<String> column, Throwable cause, Throwable failure)
    {
        return switch (cause) {
            case StorageException e -> Optional.of(storage(e.getCause()));
            // no more is asked than what the file was listed with
            case EOFException e when e == failure -> Optional.of(storage(e));
            default -> Optional.empty();
        };
    }
}
