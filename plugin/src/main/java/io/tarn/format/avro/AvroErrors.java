package io.tarn.format.avro;

import io.tarn.format.FileErrors;
import io.tarn.format.avro.AvroTypes.OutOfRangeException;
import io.trino.filesystem.Location;
import io.trino.spi.TrinoException;

import java.util.Optional;

/**
 * The errors of one Avro file.
 */
final class AvroErrors
        extends FileErrors
{
    AvroErrors(Location location, long fileLength)
    {
        super("an", "Avro", location, fileLength);
    }

    @Override
    protected Optional<TrinoException> classify(Optional<String> column, Throwable cause, Throwable failure)
    {
        return cause instanceof OutOfRangeException || cause instanceof ArithmeticException
                ? Optional.of(valueMismatch(column, cause.getMessage(), failure))
                : Optional.empty();
    }
}
