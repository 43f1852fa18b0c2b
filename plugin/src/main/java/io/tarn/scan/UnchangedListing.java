package io.tarn.scan;

import com.google.common.collect.AbstractIterator;
import io.tarn.metastore.LiveTables;
import io.tarn.writelog.WriteLog;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;

import java.util.Iterator;
import java.util.Optional;

import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static java.util.Objects.requireNonNull;

/**
 * Makes sure, when a listing has come to its end, that nobody has taken files away meanwhile: then it would hold some
 * of the old rows and none of the new ones. What was only added does no harm, as its files are passed over. Asks the
 * catalogue once for a table that Tarn has written to, and not for others.
 */
final class UnchangedListing
        extends AbstractIterator<ScanGroup>
{
    private final Iterator<ScanGroup> groups;
    private final Table table;
    private final LiveTables liveTables;

    /**
     * @param table as it was read before the listing began
     */
    UnchangedListing(Iterator<ScanGroup> groups, Table table, LiveTables liveTables)
    {
        this.groups = requireNonNull(groups, "groups is null");
        this.table = requireNonNull(table, "table is null");
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
    }

    @Override
    protected ScanGroup computeNext()
    {
        if (groups.hasNext()) {
            return groups.next();
        }
        WriteLog.of(table.getSchemaTableName(), table.getParameters()).ifPresent(this::requireUnchanged);
        return endOfData();
    }

    private void requireUnchanged(WriteLog before)
    {
        Optional<WriteLog> now = liveTables.table(table.getSchemaTableName())
                .flatMap(current -> WriteLog.of(table.getSchemaTableName(), current.getParameters()));
        if (now.isEmpty() || !now.get().id().equals(before.id()) || now.get().replacements() != before.replacements()) {
            throw new TrinoException(TRANSACTION_CONFLICT, "Rows of table %s were replaced, or the table was dropped, while its files were listed. Run the query again.".formatted(table.getSchemaTableName()));
        }
    }
}
