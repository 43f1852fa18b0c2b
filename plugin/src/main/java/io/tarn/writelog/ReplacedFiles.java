package io.tarn.writelog;

import com.google.common.collect.ImmutableSet;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputStream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.tarn.storage.StorageErrors.storageFailure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The lists of files that writes have taken away from a table: one text file for each write, a location in each line,
 * in a folder of the table's that no reader looks into. As a list may name more files than a parameter of the
 * catalogue has room for, it is written before the change that puts it in force.
 */
public final class ReplacedFiles
{
    private static final String FOLDER = "_tarn_replaced";
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{12})-([0-9]{1,18})");

    private final TrinoFileSystem fileSystem;
    private final Location table;

    /**
     * @param table where the table's own location is, whatever its partitions'
     */
    public ReplacedFiles(TrinoFileSystem fileSystem, Location table)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * Where the list of a write is.
     */
    public Location list(WriteFileName write)
    {
        return folder().appendPath("%s-%s".formatted(write.logId(), write.sequence()));
    }

    /**
     * Where all lists are, those in force and others.
     */
    public Location folder()
    {
        return table.appendPath(FOLDER);
    }

    /**
     * The write whose list a file is; empty for a file that is none.
     */
    public Optional<WriteFileName> writeOf(Location file)
    {
        String prefix = folder() + "/";
        if (!file.toString().startsWith(prefix)) {
            return Optional.empty();
        }
        Matcher matcher = NAME.matcher(file.toString().substring(prefix.length()));
        return matcher.matches() ? Optional.of(new WriteFileName(matcher.group(1), Long.parseLong(matcher.group(2)))) : Optional.empty();
    }

    /**
     * Writes the list of a write, over one that is there.
     */
    public void write(WriteFileName write, Collection<Location> files)
    {
        Location location = list(write);
        try {
            fileSystem.newOutputFile(location).createOrOverwrite(String.join("\n", files.stream().map(Location::toString).toList()).getBytes(UTF_8));
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("write", location, e);
        }
    }

    /**
     * The files of a write's list; empty where there is no list, because its files are deleted and the list too.
     */
    public Optional<Set<String>> read(WriteFileName write)
    {
        Location location = list(write);
        try (TrinoInputStream stream = fileSystem.newInputFile(location).newStream()) {
            return Optional.of(ImmutableSet.copyOf(new String(stream.readAllBytes(), UTF_8).split("\n", -1)));
        }
        catch (FileNotFoundException _) {
            return Optional.empty();
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("read", location, e);
        }
    }

    /**
     * Deletes the list of a write, which may be deleted already.
     */
    public void delete(WriteFileName write)
    {
        Location location = list(write);
        try {
            fileSystem.deleteFile(location);
        }
        catch (FileNotFoundException _) {
            // somebody else was faster
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("delete", location, e);
        }
    }
}
