package io.tarn.storage;

import io.trino.filesystem.Location;

/**
 * What paths in the storage mean to a catalogue.
 */
public final class StoragePaths
{
    private StoragePaths() {}

    /**
     * Whether a file is none of the data below a folder: it, or a folder on the way to it, has a name that starts with
     * {@code _} or {@code .}. The folder itself may be below one of a hidden name.
     */
    public static boolean isHidden(Location folder, Location file)
    {
        String path = file.path();
        for (int start = folder.path().length(); start < path.length(); ) {
            char first = path.charAt(start);
            if (first == '_' || first == '.') {
                return true;
            }
            int slash = path.indexOf('/', start);
            if (slash < 0) {
                return false;
            }
            start = slash + 1;
        }
        return false;
    }

    /**
     * Whether a location is all of a bucket, which is never emptied with a table: more than one may live there.
     */
    public static boolean isBucket(Location location)
    {
        return location.path().replace("/", "").isEmpty();
    }
}
