package io.tarn.format;

import io.tarn.error.TarnErrorCode;
import io.trino.filesystem.Location;
import io.trino.spi.ErrorCode;
import io.trino.spi.TrinoException;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Throwables.getCausalChain;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.tarn.error.TarnErrorCode.TARN_STORAGE_ERROR;
import static io.trino.spi.ErrorType.INSUFFICIENT_RESOURCES;
import static java.util.Objects.requireNonNull;

/**
 * Names the file, and the column where there is one, in what goes wrong while one file is read. A format whose reader
 * has exceptions of its own that say more than damage extends this.
 */
public class FileErrors
{
    private static final String REPLACE = "Write the file again, or move it out of the table's location.";

    private static final Set<ErrorCode> TARN_CODES = Arrays.stream(TarnErrorCode.values())
            .map(TarnErrorCode::toErrorCode)
            .collect(toImmutableSet());

    private final String article;
    private final String kind;
    private final Location location;
    private final long fileLength;

    /**
     * @param article that goes before {@code kind}
     * @param kind the format's name as it goes before "file"
     * @param fileLength bytes that the file was listed with
     */
    public FileErrors(String article, String kind, Location location, long fileLength)
    {
        this.article = requireNonNull(article, "article is null");
        this.kind = requireNonNull(kind, "kind is null");
        this.location = requireNonNull(location, "location is null");
        this.fileLength = fileLength;
    }

    public final Location location()
    {
        return location;
    }

    /**
     * @param problem what the file does or lacks, as it goes on after "it"
     */
    public TrinoException otherKind(String problem)
    {
        return new TrinoException(TARN_CANNOT_OPEN_FILE, "%s is not %s %s file, as its table says: it %s. Declare the table in the format that the file has, or move the file out of the table's location."
                .formatted(location, article, kind, problem));
    }

    public TrinoException cannotOpen(String problem, Throwable cause)
    {
        return cannotOpen(problem, REPLACE, cause);
    }

    public TrinoException cannotOpen(String problem)
    {
        return cannotOpen(problem, null);
    }

    public TrinoException limitExceeded(String problem, String key)
    {
        return cannotOpen(problem, "Raise %s if the file is sound.".formatted(key), null);
    }

    protected final TrinoException cannotOpen(String problem, String remedy, Throwable cause)
    {
        return new TrinoException(TARN_CANNOT_OPEN_FILE, "Cannot open %s file %s: %s. %s".formatted(kind, location, problem, remedy), cause);
    }

    /**
     * A file whose length is not what it was listed with.
     *
     * @param found bytes that it has
     */
    public TrinoException changed(long found)
    {
        return new TrinoException(TARN_CANNOT_OPEN_FILE, "%s file %s was listed with %s bytes but has %s: it changed while the query ran. Run the query again.".formatted(kind, location, fileLength, found));
    }

    public TrinoException mismatch(String column, String declared, String found)
    {
        return new TrinoException(TARN_SCHEMA_MISMATCH, "Column '%s' is declared %s, but %s file %s holds it as %s. Declare the column with a type that fits, or write the file again."
                .formatted(column, declared, kind, location, found));
    }

    /**
     * A value that the file may hold, but the declared type cannot.
     */
    public TrinoException valueMismatch(Optional<String> column, String problem, Throwable cause)
    {
        return new TrinoException(TARN_SCHEMA_MISMATCH, "%s holds a value that its declared type cannot: %s. Declare the column with a wider type, or write the file again."
                .formatted(subject(column), problem), cause);
    }

    public TrinoException badData(Optional<String> column, String problem, Throwable cause)
    {
        return new TrinoException(TARN_BAD_DATA, "%s is damaged: %s. %s".formatted(subject(column), problem, REPLACE), cause);
    }

    public TrinoException badData(String problem)
    {
        return badData(Optional.empty(), problem, null);
    }

    /**
     * An error of the storage while the file's bytes were asked for.
     */
    public TrinoException storage(IOException failure)
    {
        if (failure instanceof FileNotFoundException || failure instanceof NoSuchFileException) {
            return new TrinoException(TARN_FILE_NOT_FOUND, "%s file %s is not there any more. Run the query again; if the file stays away, repair what still lists it.".formatted(kind, location), failure);
        }
        if (failure instanceof EOFException) {
            return new TrinoException(TARN_CANNOT_OPEN_FILE, "%s file %s ends before the %s bytes that it was listed with: it changed while the query ran. Run the query again.".formatted(kind, location, fileLength), failure);
        }
        return new TrinoException(TARN_STORAGE_ERROR, "Cannot read %s file %s: %s. Check that the storage can be reached, and run the query again.".formatted(kind, location, failure.getMessage()), failure);
    }

    /**
     * The exception to throw for a failure of the reader: one of Tarn's, or one for lack of resources, is handed back
     * as it is, anything else is damage unless {@link #classify} knows better.
     */
    public final RuntimeException reading(Optional<String> column, Throwable failure)
    {
        for (Throwable cause : getCausalChain(failure)) {
            if (cause instanceof TrinoException known
                    && (TARN_CODES.contains(known.getErrorCode()) || known.getErrorCode().getType() == INSUFFICIENT_RESOURCES)) {
                return known;
            }
            Optional<TrinoException> classified = classify(column, cause, failure);
            if (classified.isPresent()) {
                return classified.get();
            }
        }
        return badData(column, failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage(), failure);
    }

    /**
     * What the format's reader says with {@code cause}; empty where it says nothing in particular.
     *
     * @param cause one of the causes of {@code failure}, which are asked from the outermost on
     */
    protected Optional<TrinoException> classify(Optional<String> column, Throwable cause, Throwable failure)
    {
        return Optional.empty();
    }

    private String subject(Optional<String> column)
    {
        return column
                .map(name -> "Column '%s' of %s file %s".formatted(name, kind, location))
                .orElseGet(() -> "%s file %s".formatted(kind, location));
    }
}
