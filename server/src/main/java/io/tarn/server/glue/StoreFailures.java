package io.tarn.server.glue;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.nio.file.Path;

/**
 * What a failure of SQLite means to the person who runs the endpoint.
 */
final class StoreFailures
{
    private StoreFailures() {}

    static String describe(Path file, SQLiteException exception)
    {
        SQLiteErrorCode code = exception.getResultCode();
        // the low byte of an extended code is the code it extends
        int primary = code.code & 0xFF;
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return "The catalogue file %s cannot grow, its disk is full: free some space; nothing of this request was written".formatted(file);
        }
        if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return "The catalogue file %s is damaged or not a SQLite database: restore it from a backup, or move it away to start with an empty catalogue".formatted(file);
        }
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return "The catalogue file %s is locked by another process: stop the other engine, or try again".formatted(file);
        }
        if (primary == SQLiteErrorCode.SQLITE_READONLY.code || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code || primary == SQLiteErrorCode.SQLITE_PERM.code) {
            return "The catalogue file %s cannot be written: check the permissions of the file and its folder".formatted(file);
        }
        return "The catalogue file %s failed: %s".formatted(file, exception.getMessage());
    }
}
