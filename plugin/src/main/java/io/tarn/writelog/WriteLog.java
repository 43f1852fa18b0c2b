package io.tarn.writelog;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.tarn.metastore.LiveTables;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_UNFINISHED_WRITES;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Which of a table's files are part of it, kept in the table's parameters, so that one change of the table in the
 * catalogue publishes a write of any number of files.
 * <p>
 * Every write takes a number when it begins. The names of its files carry the number ({@link WriteFileName}), and a
 * reader passes over the files of writes that were open when it read the table, and of those that began later. A write
 * that takes files away names them in a list ({@link ReplacedFiles}) which stands in the log from the moment of the
 * change until they are deleted. Files whose names are not of this log are part of the table in any case.
 * <p>
 * The log has a random name, so that a table that is dropped and declared anew over the same files shows all of them.
 *
 * @param id twelve hexadecimal digits
 * @param last number of the write that began last
 * @param open writes that have begun and are not published, in the order of their numbers
 * @param replaced numbers of the published writes whose lists of replaced files are in force
 * @param replacements how many published writes have replaced files; while it stays the same no file was taken away
 */
public record WriteLog(String id, long last, List<OpenWrite> open, List<Long> replaced, long replacements)
{
    /**
     * What the keys of all parameters of the log begin with.
     */
    public static final String PREFIX = "tarn.writes.";

    /**
     * A parameter that a table has while its partitions are being registered: Tarn does not show it yet.
     */
    public static final String CREATING = LiveTables.UNLISTED;

    private static final String ID = PREFIX + "log";
    private static final String LAST = PREFIX + "last";
    private static final String OPEN = PREFIX + "open";
    private static final String REPLACED = PREFIX + "replaced";
    private static final String REPLACEMENTS = PREFIX + "replacements";

    // each takes some 60 characters of a parameter, and a table with that many is not being cared for
    private static final int MAX_OPEN = 1000;

    public WriteLog
    {
        requireNonNull(id, "id is null");
        open = ImmutableList.copyOf(open);
        replaced = ImmutableList.copyOf(replaced);
    }

    /**
     * The log of a table that was never written to.
     */
    public static WriteLog create()
    {
        return new WriteLog(UUID.randomUUID().toString().replace("-", "").substring(0, 12), 0, ImmutableList.of(), ImmutableList.of(), 0);
    }

    /**
     * The log that a table's parameters hold; empty where it has none.
     *
     * @throws TrinoException {@code TARN_INVALID_METADATA} where somebody has changed the parameters to what is no log
     */
    public static Optional<WriteLog> of(SchemaTableName table, Map<String, String> parameters)
    {
        String id = parameters.get(ID);
        if (id == null) {
            return Optional.empty();
        }
        try {
            checkArgument(id.matches("[0-9a-f]{12}"), "%s is not twelve hexadecimal digits", ID);
            return Optional.of(new WriteLog(
                    id,
                    Long.parseLong(parameters.getOrDefault(LAST, "0")),
                    elements(parameters, OPEN).map(WriteLog::openWrite).collect(toImmutableList()),
                    elements(parameters, REPLACED).map(Long::valueOf).collect(toImmutableList()),
                    Long.parseLong(parameters.getOrDefault(REPLACEMENTS, "0"))));
        }
        catch (RuntimeException e) {
            throw new TrinoException(TARN_INVALID_METADATA, "The parameters %s* of table %s are no write log: %s. Put them back as they were in the version of the table before; without them unpublished files would be read."
                    .formatted(PREFIX, table, e.getMessage()), e);
        }
    }

    private static Stream<String> elements(Map<String, String> parameters, String key)
    {
        return Splitter.on(',').omitEmptyStrings().splitToStream(parameters.getOrDefault(key, ""));
    }

    private static OpenWrite openWrite(String text)
    {
        List<String> parts = Splitter.on(':').splitToList(text);
        checkArgument(parts.size() == 3, "'%s' is not number:query:milliseconds", text);
        return new OpenWrite(Long.parseLong(parts.get(0)), parts.get(1), Instant.ofEpochMilli(Long.parseLong(parts.get(2))));
    }

    /**
     * A table's parameters with this log in place of the one they hold.
     */
    public Map<String, String> addTo(Map<String, String> parameters)
    {
        Map<String, String> changed = new HashMap<>(withoutLog(parameters));
        changed.put(ID, id);
        changed.put(LAST, Long.toString(last));
        if (!open.isEmpty()) {
            changed.put(OPEN, open.stream().map(write -> "%s:%s:%s".formatted(write.sequence(), write.queryId(), write.begun().toEpochMilli())).collect(joining(",")));
        }
        if (!replaced.isEmpty()) {
            changed.put(REPLACED, replaced.stream().map(Object::toString).collect(joining(",")));
        }
        if (replacements > 0) {
            changed.put(REPLACEMENTS, Long.toString(replacements));
        }
        return changed;
    }

    /**
     * A table's parameters as its users think of them.
     */
    public static Map<String, String> withoutLog(Map<String, String> parameters)
    {
        return parameters.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith(PREFIX))
                .collect(toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The log with one more write, whose number is {@link #last}.
     *
     * @throws TrinoException {@code TARN_UNFINISHED_WRITES} where too many have been left open
     */
    public WriteLog begin(SchemaTableName table, String queryId, Instant now)
    {
        if (open.size() >= MAX_OPEN) {
            throw new TrinoException(TARN_UNFINISHED_WRITES, "Table %s has %s writes that were begun and never ended, the first by query %s at %s. CALL system.remove_orphan_files ends those that are dead."
                    .formatted(table, open.size(), open.getFirst().queryId(), open.getFirst().begun()));
        }
        return new WriteLog(
                id,
                last + 1,
                ImmutableList.<OpenWrite>builder().addAll(open).add(new OpenWrite(last + 1, queryId, now)).build(),
                replaced,
                replacements);
    }

    public boolean isOpen(long sequence)
    {
        return open.stream().anyMatch(write -> write.sequence() == sequence);
    }

    /**
     * The log in which the files of a write are part of the table.
     */
    public WriteLog publish(long sequence)
    {
        checkArgument(isOpen(sequence), "write %s is not open", sequence);
        return new WriteLog(id, last, withoutOpen(sequence), replaced, replacements);
    }

    /**
     * The log in which the files of a write are part of the table, and those of its list no more.
     */
    public WriteLog publishReplacing(long sequence)
    {
        return new WriteLog(
                id,
                last,
                publish(sequence).open(),
                ImmutableList.<Long>builder().addAll(replaced).add(sequence).build(),
                replacements + 1);
    }

    /**
     * The log without a list whose files are deleted.
     */
    public WriteLog forgetReplaced(long sequence)
    {
        return new WriteLog(id, last, open, replaced.stream().filter(number -> number != sequence).collect(toImmutableList()), replacements);
    }

    /**
     * The log in which open writes are given up as dead: they cannot be published any more, and no reader sees their
     * files yet. They stand as begun long ago.
     */
    public WriteLog giveUp(Set<Long> sequences)
    {
        List<OpenWrite> marked = open.stream()
                .map(write -> sequences.contains(write.sequence()) ? new OpenWrite(write.sequence(), write.queryId(), Instant.EPOCH) : write)
                .collect(toImmutableList());
        return new WriteLog(id, last, marked, replaced, replacements);
    }

    /**
     * Whether a write is open and may still be published.
     */
    public boolean isPublishable(long sequence)
    {
        return open.stream().anyMatch(write -> write.sequence() == sequence && !write.begun().equals(Instant.EPOCH));
    }

    /**
     * The log without a write that has left no files. Its number is not given again.
     */
    public WriteLog abandon(long sequence)
    {
        return new WriteLog(id, last, withoutOpen(sequence), replaced, replacements);
    }

    private List<OpenWrite> withoutOpen(long sequence)
    {
        return open.stream().filter(write -> write.sequence() != sequence).collect(toImmutableList());
    }

    /**
     * Whether a file of this name is part of the table, as far as its name can tell.
     */
    public boolean isPublished(String fileName)
    {
        return WriteFileName.of(fileName)
                .filter(name -> name.logId().equals(id))
                .map(name -> name.sequence() <= last && !isOpen(name.sequence()))
                .orElse(true);
    }

    /**
     * What the names of a write's files carry.
     */
    public WriteFileName fileName(long sequence)
    {
        return new WriteFileName(id, sequence);
    }
}
