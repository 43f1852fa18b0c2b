package io.tarn.error;

import io.trino.spi.ErrorCode;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.ErrorType;

import static io.trino.spi.ErrorType.EXTERNAL;
import static io.trino.spi.ErrorType.INSUFFICIENT_RESOURCES;
import static io.trino.spi.ErrorType.USER_ERROR;

/**
 * The errors of Tarn's own. A client sees the name (as {@code TARN_BAD_DATA}), the number and a message that names
 * the table, file or line at fault, the value found there, and the remedy.
 */
public enum TarnErrorCode
        implements ErrorCodeSupplier
{
    /**
     * The catalogue answered with an error that is not the user's.
     */
    TARN_METASTORE_ERROR(0, EXTERNAL),
    /**
     * The catalogue could not be reached, timed out, or throttled longer than the configured patience.
     */
    TARN_METASTORE_UNAVAILABLE(1, EXTERNAL),
    /**
     * A definition in the catalogue cannot be understood: a type, a SerDe property, a partition value.
     */
    TARN_INVALID_METADATA(2, USER_ERROR),
    /**
     * The storage answered with an error, or could not be reached.
     */
    TARN_STORAGE_ERROR(3, EXTERNAL),
    /**
     * A file or a bucket that the catalogue or the listing named is not there.
     */
    TARN_FILE_NOT_FOUND(4, EXTERNAL),
    /**
     * A file cannot be opened as what its table says it is: wrong magic, broken footer, unknown codec.
     */
    TARN_CANNOT_OPEN_FILE(5, EXTERNAL),
    /**
     * A file's content is damaged or does not parse: a truncated stream, a corrupt page, a malformed line.
     */
    TARN_BAD_DATA(6, EXTERNAL),
    /**
     * A column's declared type does not fit what the file holds.
     */
    TARN_SCHEMA_MISMATCH(7, USER_ERROR),
    /**
     * No format of Tarn's reads this SerDe and input format.
     */
    TARN_UNSUPPORTED_FORMAT(8, USER_ERROR),
    /**
     * A view's text or dialect cannot be read.
     */
    TARN_INVALID_VIEW(9, USER_ERROR),
    /**
     * A query reads more partitions than one scan may.
     */
    TARN_TOO_MANY_PARTITIONS(10, USER_ERROR),
    /**
     * A query would pass a limit or a budget of its workgroup, or passed what it was lent.
     */
    QUOTA_EXCEEDED(11, INSUFFICIENT_RESOURCES),
    /**
     * The ledger of the quotas cannot be reached, so nobody knows what is left.
     */
    QUOTA_LEDGER_UNAVAILABLE(12, EXTERNAL),
    /**
     * A query's workgroup is disabled, or may not be chosen by it.
     */
    QUOTA_WORKGROUP_UNAVAILABLE(13, USER_ERROR),
    /**
     * A table may only be scanned with a filter on a partition key, and the query has none.
     */
    QUOTA_PARTITION_FILTER_REQUIRED(14, USER_ERROR),
    /**
     * Only the estimate was asked for; the message is the answer.
     */
    QUOTA_DRY_RUN(15, USER_ERROR),
    /**
     * A file could not be written to the end.
     */
    TARN_WRITER_ERROR(16, EXTERNAL),
    /**
     * A table's declaration, a column's type or a value is not one that its format can hold.
     */
    TARN_CANNOT_WRITE(17, USER_ERROR),
    /**
     * A writer has more partitions open than it may.
     */
    TARN_TOO_MANY_OPEN_PARTITIONS(18, USER_ERROR),
    /**
     * There are files already where a new table or partition is to be.
     */
    TARN_TARGET_NOT_EMPTY(19, USER_ERROR),
    /**
     * A partition is there already, or is not there, where the statement needs it otherwise.
     */
    TARN_PARTITION_CONFLICT(20, USER_ERROR),
    /**
     * Writes of a table have been left unfinished, so that no other can begin.
     */
    TARN_UNFINISHED_WRITES(21, USER_ERROR),
    /**
     * A statement of Athena's language that Athena refuses as well.
     */
    TARN_STATEMENT_REFUSED(22, USER_ERROR),
    /**
     * A statement that is another catalogue's to run, by the kind of its table or because it is a query.
     */
    TARN_STATEMENT_ELSEWHERE(23, USER_ERROR),
    /**/;

    private static final int BASE = 0x5441_0000;

    private final ErrorCode errorCode;

    TarnErrorCode(int code, ErrorType type)
    {
        errorCode = new ErrorCode(BASE + code, name(), type);
    }

    @Override
    public ErrorCode toErrorCode()
    {
        return errorCode;
    }
}
