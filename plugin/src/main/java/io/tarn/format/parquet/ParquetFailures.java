package io.tarn.format.parquet;

import io.tarn.storage.StorageErrors;
import io.trino.filesystem.Location;
import io.trino.parquet.ParquetCorruptionException;
import io.trino.spi.ErrorCode;
import io.trino.spi.TrinoException;

import java.io.EOFException;
import java.io.IOException;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.trino.spi.StandardErrorCode.EXCEEDED_LOCAL_MEMORY_LIMIT;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;

/**
 * Says what is wrong with a file that could not be read.
 */
final class ParquetFailures
{
    private ParquetFailures() {}

    /**
     * @param beginning the file's first bytes, to tell what it is instead; may be empty
     */
    static TrinoException cannotOpen(Location file, Throwable failure, byte[] beginning)
    {
        if (failure instanceof TrinoException known) {
            return known;
        }
        if (failure instanceof IOException io && !(failure instanceof ParquetCorruptionException) && !(failure instanceof EOFException)) {
            return StorageErrors.storageFailure("read", file, io);
        }
        String looks = looksLike(beginning);
        return new TrinoException(TARN_CANNOT_OPEN_FILE, "File %s is no Parquet file that can be read: %s.%s Write the file anew, or take it away from the table's location."
                .formatted(file, reason(failure), looks.isEmpty() ? "" : " It looks like " + looks + "."), failure);
    }

    static TrinoException cannotRead(Location file, Throwable failure)
    {
        if (failure instanceof TrinoException known) {
            ErrorCode code = known.getErrorCode();
            if (code.equals(NOT_SUPPORTED.toErrorCode())) {
                return doesNotFit(file, known.getMessage(), known);
            }
            if (isOurs(code) || code.equals(EXCEEDED_LOCAL_MEMORY_LIMIT.toErrorCode())) {
                return known;
            }
        }
        if (failure instanceof IOException io && !(failure instanceof ParquetCorruptionException) && !(failure instanceof EOFException)) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof ParquetCorruptionException) {
                    return damaged(file, failure);
                }
            }
            return StorageErrors.storageFailure("read", file, io);
        }
        return damaged(file, failure);
    }

    static TrinoException doesNotFit(Location file, String reason, Throwable failure)
    {
        return new TrinoException(TARN_SCHEMA_MISMATCH, "File %s does not fit its table: %s. Declare the column with a type that the file's can be read as.".formatted(file, reason), failure);
    }

    private static TrinoException damaged(Location file, Throwable failure)
    {
        return new TrinoException(TARN_BAD_DATA, "File %s is damaged: %s. Write the file anew, or take it away from the table's location.".formatted(file, reason(failure)), failure);
    }

    private static boolean isOurs(ErrorCode code)
    {
        return code.getName().startsWith("TARN_");
    }

    private static String reason(Throwable failure)
    {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    private static String looksLike(byte[] beginning)
    {
        if (starts(beginning, 0x1F, 0x8B)) {
            return "a gzip file";
        }
        if (starts(beginning, 'O', 'R', 'C')) {
            return "an ORC file";
        }
        if (starts(beginning, 'O', 'b', 'j', 1)) {
            return "an Avro file";
        }
        if (starts(beginning, 'P', 'A', 'R', '1')) {
            return "a Parquet file that is cut or damaged";
        }
        if (starts(beginning, '{') || starts(beginning, '[')) {
            return "JSON";
        }
        for (byte value : beginning) {
            if (value < ' ' && value != '\n' && value != '\r' && value != '\t') {
                return "";
            }
        }
        return beginning.length == 0 ? "" : "text";
    }

    private static boolean starts(byte[] bytes, int... magic)
    {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (bytes[i] != (byte) magic[i]) {
                return false;
            }
        }
        return true;
    }
}
