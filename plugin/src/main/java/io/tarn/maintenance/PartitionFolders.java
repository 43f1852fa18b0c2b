package io.tarn.maintenance;

import io.tarn.storage.DataFile;
import io.trino.filesystem.Location;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.metastore.Partitions.escapePathName;
import static io.trino.metastore.Partitions.unescapePathName;
import static java.util.Objects.requireNonNull;

/**
 * The folders below a table that are as deep as it has partition keys, by their paths from the table's location on.
 */
final class PartitionFolders
{
    private final List<String> names;
    private final String prefix;
    private final Map<String, Boolean> folders = new HashMap<>();

    /**
     * @param keys names of the table's partition keys
     */
    PartitionFolders(List<String> keys, Location table)
    {
        this.names = keys.stream().map(key -> escapePathName(key) + "=").collect(toImmutableList());
        this.prefix = withSlash(table.toString());
    }

    /**
     * Looks into all files, one page of the storage's listing after the other; what is kept is a text for each folder.
     *
     * @param files all data files of the table's location
     */
    void readAll(Iterator<DataFile> files, Predicate<DataFile> published)
    {
        while (files.hasNext()) {
            DataFile file = files.next();
            String path = file.location().toString().substring(prefix.length());
            int end = end(path);
            if (end >= 0) {
                folders.merge(path.substring(0, end), published.test(file), Boolean::logicalOr);
            }
        }
    }

    private int end(String path)
    {
        int slash = -1;
        for (int i = 0; i < names.size(); i++) {
            slash = path.indexOf('/', slash + 1);
            if (slash < 0) {
                return -1;
            }
        }
        return slash;
    }

    /**
     * The folders that hold files of the table, each with the value of each key as its name has it.
     *
     * @param caseSensitive whether {@code Year=2026} is no folder of the key {@code year}
     */
    Map<String, List<String>> partitions(boolean caseSensitive)
    {
        Map<String, List<String>> partitions = new HashMap<>();
        folders.forEach((folder, published) -> {
            if (published) {
                values(folder, caseSensitive).ifPresent(values -> partitions.put(folder, values));
            }
        });
        return partitions;
    }

    private Optional<List<String>> values(String folder, boolean caseSensitive)
    {
        String[] parts = folder.split("/", -1);
        String[] values = new String[parts.length];
        for (int i = 0; i < parts.length; i++) {
            String name = names.get(i);
            if (!parts[i].regionMatches(!caseSensitive, 0, name, 0, name.length())) {
                return Optional.empty();
            }
            values[i] = unescapePathName(parts[i].substring(name.length()));
        }
        return Optional.of(List.of(values));
    }

    /**
     * Whether there are files in a folder of a partition's, even if they are not part of the table yet.
     *
     * @param location true for those that {@link #readAll} has not looked into, because they are elsewhere
     */
    boolean mayHaveFiles(String location)
    {
        requireNonNull(location, "location is null");
        String folder = withSlash(location);
        if (!folder.startsWith(prefix)) {
            return true;
        }
        String path = folder.substring(prefix.length());
        return end(path) != path.length() - 1 || folders.containsKey(path.substring(0, path.length() - 1));
    }

    /**
     * The same for the folder that a partition of that name has where it was not given another.
     */
    boolean hasFiles(String partitionName)
    {
        return folders.containsKey(partitionName);
    }

    private static String withSlash(String location)
    {
        return location.endsWith("/") ? location : location + "/";
    }
}
