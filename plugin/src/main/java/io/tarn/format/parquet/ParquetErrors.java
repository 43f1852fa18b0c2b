package io.tarn.format.parquet;

import com.google.common.base.Throwables;
import io.tarn.error.TarnErrorCode;
import io.trino.filesystem.Location;
import io.trino.parquet.ParquetCorruptionException;
import io.trino.spi.ErrorCode;
import io.trino.spi.TrinoException;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.tarn.error.TarnErrorCode.TARN_STORAGE_ERROR;
import static io.trino.spi.ErrorType.INSUFFICIENT_RESOURCES;
import static io.trino.spi.ErrorType.USER_ERROR;
import static java.util.Objects.requireNonNull;

/**
 * Names the file, and the column where there is one, in what goes wrong while one file is read.
 */
final class ParquetErrors
{
    private static final Set<ErrorCode> TARN_CODES = Arrays.stream(TarnErrorCode.values())
            .map(TarnErrorCode::toErrorCode)
            .collect(toImmutableSet());

    private final Location location;
    private final long fileLength;

    ParquetErrors(Location location, long fileLength)
    {
        this.location = requireNonNull(location, "location is null");
        this.fileLength = fileLength;
    }

    TrinoException notParquet(String kind)
    {
        return new TrinoException(TARN_CANNOT_OPEN_FILE, "%s is not a Parquet file, as its table says: it %s. Declare the table in the format that the file has, or move the file out of the table's location."
                .formatted(location, kind));
    }

    TrinoException cannotOpen(String problem)
    {
        return cannotOpen(problem, null);
    }

    TrinoException cannotOpen(String problem, Throwable cause)
    {
        return new TrinoException(TARN_CANNOT_OPEN_FILE, "Cannot open Parquet file %s: %s. Write the file again, or move it out of the table's location.".formatted(location, problem), cause);
    }

    TrinoException limitExceeded(String problem, String key)
    {
        return new TrinoException(TARN_CANNOT_OPEN_FILE, "Cannot open Parquet file %s: %s. Raise %s if the file is sound.".formatted(location, problem, key));
    }

    TrinoException unsupported(String problem, String remedy)
    {
        return new TrinoException(TARN_CANNOT_OPEN_FILE, "Cannot open Parquet file %s: %s. %s".formatted(location, problem, remedy));
    }

    TrinoException changed(long found)
    {
        return new TrinoException(TARN_CANNOT_OPEN_FILE, "Parquet file %s was listed with %s bytes but has %s: it changed while the query ran. Run the query again.".formatted(location, fileLength, found));
    }

    TrinoException mismatch(String column, String declared, String found)
    {
        return new TrinoException(TARN_SCHEMA_MISMATCH, "Column '%s' is declared %s, but Parquet file %s holds it as %s. Declare the column with a type that fits, or write the file again."
                .formatted(column, declared, location, found));
    }

    TrinoException badData(Optional<String> column, String problem)
    {
        return badData(column, problem, null);
    }

    /**
     * An error of the storage while the file's bytes were asked for.
     */
    TrinoException storage(IOException failure)
    {
        if (failure instanceof FileNotFoundException || failure instanceof NoSuchFileException) {
            return new TrinoException(TARN_FILE_NOT_FOUND, "Parquet file %s is not there any more. Run the query again; if the file stays away, repair what still lists it.".formatted(location), failure);
        }
        if (failure instanceof EOFException) {
            return new TrinoException(TARN_CANNOT_OPEN_FILE, "Parquet file %s ends before the %s bytes that it was listed with: it changed while the query ran. Run the query again.".formatted(location, fileLength), failure);
        }
        return new TrinoException(TARN_STORAGE_ERROR, "Cannot read Parquet file %s: %s. Check that the storage can be reached, and run the query again.".formatted(location, failure.getMessage()), failure);
    }

    /**
     * An error of the reader while it decoded {@code column}, or while it pruned where there is none.
     */
    RuntimeException reading(Optional<String> column, Throwable failure)
    {
        for (Throwable cause : Throwables.getCausalChain(failure)) {
            if (cause instanceof TrinoException trinoException) {
                if (TARN_CODES.contains(trinoException.getErrorCode()) || trinoException.getErrorCode().getType() == INSUFFICIENT_RESOURCES) {
                    return trinoException;
                }
                if (trinoException.getErrorCode().getType() == USER_ERROR) {
                    return valueMismatch(column, cause, failure);
                }
            }
            if (cause instanceof ArithmeticException) {
                return valueMismatch(column, cause, failure);
            }
            if (cause instanceof ParquetCorruptionException) {
                return badData(column, cause.getMessage(), failure);
            }
        }
        return badData(column, failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage(), failure);
    }

    private TrinoException valueMismatch(Optional<String> column, Throwable cause, Throwable failure)
    {
        return new TrinoException(TARN_SCHEMA_MISMATCH, "%s holds a value that its declared type cannot: %s. Declare the column with a wider type, or write the file again."
                .formatted(subject(column), cause.getMessage()), failure);
    }

    private TrinoException badData(Optional<String> column, String problem, Throwable cause)
    {
        return new TrinoException(TARN_BAD_DATA, "%s is damaged: %s. Write the file again, or move it out of the table's location.".formatted(subject(column), problem), cause);
    }

    private String subject(Optional<String> column)
    {
        return column
                .map(name -> "Column '%s' of Parquet file %s".formatted(name, location))
                .orElseGet(() -> "Parquet file " + location);
    }
}
