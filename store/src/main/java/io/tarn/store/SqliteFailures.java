package io.tarn.store;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.nio.file.Path;
import java.util.Optional;

import static com.google.common.base.Throwables.getCausalChain;

/**
 * What a failure of SQLite means to the person who runs Tarn.
 */
final class SqliteFailures
{
    private SqliteFailures() {}

    /**
     * Empty where it was not SQLite that failed.
     */
    static Optional<StoreException> find(StoreKind kind, Path file, Exception exception)
    {
        return getCausalChain(exception).stream()
                .filter(SQLiteException.class::isInstance)
                .map(SQLiteException.class::cast)
                .findFirst()
                .map(sqlite -> new StoreException("The %s %s %s".formatted(kind.name(), file, describe(kind, sqlite)), exception));
    }

    private static String describe(StoreKind kind, SQLiteException exception)
    {
        SQLiteErrorCode code = exception.getResultCode();
        // the low byte of an extended code is the code it extends
        int primary = code.code & 0xFF;
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return "cannot grow, its disk is full: free some space; nothing of this request was written";
        }
        if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return "is damaged or not a SQLite database: restore it from a backup, or move it away to start with an empty " + kind.content();
        }
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return "is locked by another process: stop the other engine, or try again";
        }
        if (primary == SQLiteErrorCode.SQLITE_READONLY.code || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code || primary == SQLiteErrorCode.SQLITE_PERM.code) {
            return "cannot be written: check the permissions of the file and its folder";
        }
        return "failed: " + exception.getMessage();
    }
}
