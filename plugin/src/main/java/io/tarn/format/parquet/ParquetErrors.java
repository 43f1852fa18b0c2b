package io.tarn.format.parquet;

import io.tarn.format.FileErrors;
import io.trino.filesystem.Location;
import io.trino.parquet.ParquetCorruptionException;
import io.trino.spi.TrinoException;

import java.util.Optional;

import static io.trino.spi.ErrorType.USER_ERROR;

/**
 * The errors of one Parquet file.
 */
final class ParquetErrors
        extends FileErrors
{
    ParquetErrors(Location location, long fileLength)
    {
        super("a", "Parquet", location, fileLength);
    }

    /**
     * @param remedy a sentence
     */
    TrinoException unsupported(String problem, String remedy)
    {
        return cannotOpen(problem, remedy, null);
    }

    @Override
    protected Optional<TrinoException> classify(Optional<String> column, Throwable cause, Throwable failure)
    {
        if (cause instanceof ArithmeticException || cause instanceof TrinoException known && known.getErrorCode().getType() == USER_ERROR) {
            return Optional.of(valueMismatch(column, cause.getMessage(), failure));
        }
        if (cause instanceof ParquetCorruptionException) {
            return Optional.of(badData(column, cause.getMessage(), failure));
        }
        return Optional.empty();
    }
}
