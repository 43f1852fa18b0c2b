package io.tarn.write;

import io.tarn.metastore.LiveTables;
import io.tarn.writelog.WriteFileName;
import io.tarn.writelog.WriteLog;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static java.util.Objects.requireNonNull;

/**
 * Changes the write logs of tables, each by one versioned change of the table in the catalogue.
 */
final class WriteLogs
{
    // the catalogue's marks of who created a table are of no use after it
    private static final String QUERY_ID = "trino_query_id";

    private final LiveTables tables;
    private final InstantSource clock;

    WriteLogs(LiveTables tables, InstantSource clock)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Begins a write, whose files no reader sees until it is published.
     *
     * @param known the log of the table as the statement knows it; empty where it had none
     * @throws TableNotFoundException where the table is not shown yet
     * @throws TrinoException {@code TRANSACTION_CONFLICT} where the table was created anew since
     */
    WriteFileName begin(SchemaTableName table, Optional<WriteLog> known, String queryId)
    {
        AtomicReference<WriteFileName> begun = new AtomicReference<>();
        tables.changeParameters(table, parameters -> {
            if (parameters.containsKey(WriteLog.CREATING)) {
                throw new TableNotFoundException(table);
            }
            Optional<WriteLog> current = WriteLog.of(table, parameters);
            if (known.isPresent() && !known.map(WriteLog::id).equals(current.map(WriteLog::id))) {
                throw createdAnew(table);
            }
            WriteLog log = current.orElseGet(WriteLog::create);
            WriteFileName attempted = begun.get();
            if (attempted != null && attempted.logId().equals(log.id()) && log.open().stream().anyMatch(write -> write.sequence() == attempted.sequence() && write.queryId().equals(queryId))) {
                // it was only the answer to the first attempt that was lost
                return parameters;
            }
            WriteLog next = log.begin(table, queryId, clock.instant());
            begun.set(next.fileName(next.last()));
            return next.addTo(parameters);
        });
        return begun.get();
    }

    /**
     * Publishes a write by a change of the log, which is made to the table as it is at that moment.
     *
     * @param publish from the log in which the write is open, and the table's other parameters, to the log in which it
     *         is not; may be called several times
     * @throws TrinoException {@code TRANSACTION_CONFLICT} where the table was created anew since the write began, or
     *         the write was given up
     */
    void publish(SchemaTableName table, WriteFileName write, BiFunction<WriteLog, Map<String, String>, WriteLog> publish)
    {
        AtomicBoolean attempted = new AtomicBoolean();
        tables.changeParameters(table, parameters -> {
            WriteLog log = requireLog(table, parameters, write.logId());
            if (!log.isPublishable(write.sequence())) {
                if (attempted.get() && !log.isOpen(write.sequence())) {
                    // the first attempt was made, only its answer was lost
                    return parameters;
                }
                throw new TrinoException(TRANSACTION_CONFLICT, "This write of table %s was given up as dead by remove_orphan_files. Nothing was written; run the statement again, and leave it a longer retention.".formatted(table));
            }
            attempted.set(true);
            Map<String, String> changed = new HashMap<>(publish.apply(log, parameters).addTo(parameters));
            changed.remove(WriteLog.CREATING);
            changed.remove(QUERY_ID);
            return changed;
        });
    }

    /**
     * Makes sure that a write will not be published, although a request to do so may be under way.
     */
    WriteFate giveUp(SchemaTableName table, WriteFileName write)
    {
        Optional<WriteFate> ended = tables.table(table).map(found -> ended(table, found.getParameters(), write)).orElse(Optional.of(WriteFate.TABLE_GONE));
        if (ended.isPresent()) {
            return ended.get();
        }
        AtomicReference<WriteFate> fate = new AtomicReference<>(WriteFate.TABLE_GONE);
        try {
            tables.changeParameters(table, parameters -> {
                fate.set(ended(table, parameters, write).orElse(WriteFate.GIVEN_UP));
                return fate.get() == WriteFate.GIVEN_UP
                        ? changed(parameters, requireLog(table, parameters, write.logId()).giveUp(Set.of(write.sequence())))
                        : parameters;
            });
        }
        catch (TableNotFoundException _) {
            return WriteFate.TABLE_GONE;
        }
        return fate.get();
    }

    /**
     * What has become of a write; empty where it is still open.
     */
    private static Optional<WriteFate> ended(SchemaTableName table, Map<String, String> parameters, WriteFileName write)
    {
        Optional<WriteLog> log = WriteLog.of(table, parameters).filter(found -> found.id().equals(write.logId()));
        if (log.isEmpty()) {
            return Optional.of(WriteFate.TABLE_GONE);
        }
        return log.get().isOpen(write.sequence()) ? Optional.empty() : Optional.of(WriteFate.PUBLISHED);
    }

    /**
     * Changes the log where the table still has it.
     */
    void tidy(SchemaTableName table, String logId, UnaryOperator<WriteLog> change)
    {
        tables.changeParameters(table, parameters -> {
            Optional<WriteLog> log = WriteLog.of(table, parameters).filter(found -> found.id().equals(logId));
            if (log.isEmpty()) {
                return parameters;
            }
            return changed(parameters, change.apply(log.get()));
        });
    }

    private static Map<String, String> changed(Map<String, String> parameters, WriteLog log)
    {
        Map<String, String> changed = new HashMap<>(log.addTo(parameters));
        // a table that is not shown yet stays so
        Optional.ofNullable(parameters.get(WriteLog.CREATING)).ifPresent(creating -> changed.put(WriteLog.CREATING, creating));
        return changed;
    }

    /**
     * The log of a table, which must be a certain one.
     *
     * @throws TrinoException {@code TRANSACTION_CONFLICT} where the table was created anew
     */
    static WriteLog requireLog(SchemaTableName table, Map<String, String> parameters, String logId)
    {
        return WriteLog.of(table, parameters)
                .filter(found -> found.id().equals(logId))
                .orElseThrow(() -> createdAnew(table));
    }

    private static TrinoException createdAnew(SchemaTableName table)
    {
        return new TrinoException(TRANSACTION_CONFLICT, "Table %s was created anew, or its parameters %s* were removed, since this statement began. Nothing was written; run the statement again."
                .formatted(table, WriteLog.PREFIX));
    }
}
