package io.tarn.format.ion;

import com.amazon.ion.IonException;
import io.airlift.units.DataSize;
import io.tarn.format.FileErrors;
import io.tarn.format.ion.IonPages.ChangedFileException;
import io.tarn.format.ion.IonRow.FieldException;
import io.tarn.format.ion.RecordBoundStream.TooLargeException;
import io.tarn.format.line.source.LineSessionProperties;
import io.tarn.format.line.source.StorageStream.StorageException;
import io.trino.filesystem.Location;
import io.trino.spi.TrinoException;

import java.util.Optional;
import java.util.function.LongSupplier;

import static com.google.common.base.Throwables.getCausalChain;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static java.util.Objects.requireNonNull;

/**
 * Says in which value of a file something is wrong.
 */
final class IonErrors
        extends FileErrors
{
    private final DataSize maxValueLength;
    private final LongSupplier record;

    /**
     * @param record the number of the value that is being read, counted from 1
     */
    IonErrors(Location location, long fileLength, DataSize maxValueLength, LongSupplier record)
    {
        super("an", "Ion", location, fileLength);
        this.maxValueLength = requireNonNull(maxValueLength, "maxValueLength is null");
        this.record = requireNonNull(record, "record is null");
    }

    @Override
    protected Optional<TrinoException> classify(Optional<String> column, Throwable cause, Throwable failure)
    {
        return switch (cause) {
            case StorageException e -> Optional.of(storage(e.getCause()));
            case FieldException e -> Optional.of(valueMismatch(Optional.of(e.column()), "in value %s, %s".formatted(record.getAsLong(), e.getMessage()), failure));
            case IonValueException e -> Optional.of(valueMismatch(Optional.empty(), "value %s: %s".formatted(record.getAsLong(), e.getMessage()), failure));
            case StackOverflowError _ -> Optional.of(badData(column, "value %s is nested too deeply".formatted(record.getAsLong()), failure));
            case ChangedFileException e -> Optional.of(changed(e.found()));
            case TooLargeException _ -> Optional.of(tooLarge(failure));
            // the reader wraps what its stream throws
            case IonException e when isOfStream(e) -> Optional.empty();
            case IonException e -> Optional.of(badData(column, "value %s is malformed: %s".formatted(record.getAsLong(), e.getMessage()), failure));
            default -> Optional.empty();
        };
    }

    /**
     * Whether a file cannot be read although it need not be malformed.
     */
    static boolean isOfStream(IonException failure)
    {
        return getCausalChain(failure).stream().anyMatch(cause -> cause instanceof StorageException || cause instanceof TooLargeException);
    }

    private TrinoException tooLarge(Throwable failure)
    {
        return new TrinoException(TARN_BAD_DATA, "Value %s of %s is longer than %s. Raise the session property '%s' (or tarn.text.max-line-length), or write the file again with smaller values."
                .formatted(record.getAsLong(), location(), maxValueLength, LineSessionProperties.MAX_LINE_LENGTH), failure);
    }
}
