package io.tarn.scan;

import com.google.common.collect.Iterators;
import io.tarn.format.FileSchema;
import io.tarn.storage.DataFile;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoInputStream;
import io.trino.spi.TrinoException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.error.TarnErrorCode.TARN_STORAGE_ERROR;
import static io.trino.hive.formats.HiveClassNames.AVRO_CONTAINER_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.AVRO_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.MAPRED_PARQUET_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.ORC_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.ORC_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.PARQUET_HIVE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.SYMLINK_TEXT_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.TEXT_INPUT_FORMAT_CLASS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Tables whose files name the files that have the rows, a location a line, as inventories of S3 and exports of Delta
 * tables do.
 * <p>
 * A manifest is data that anybody may have written. What it names is read with the rights that the table's own files are
 * read with, and only from the same kind of storage: {@code s3://}, also spelled {@code s3a} and {@code s3n}. Folders,
 * and locations with {@code .} or {@code ..} for a folder, are refused.
 */
final class SymlinkManifests
{
    private static final int MAX_MANIFEST_BYTES = 64 * 1024 * 1024;
    private static final Set<String> S3_SCHEMES = Set.of("s3a", "s3n");

    private final TrinoFileSystem fileSystem;

    SymlinkManifests(TrinoFileSystem fileSystem)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
    }

    /**
     * Whether the files of tables and partitions declared so are manifests.
     */
    static boolean areDeclaredBy(FileSchema schema)
    {
        return schema.inputFormat().equals(SYMLINK_TEXT_INPUT_FORMAT_CLASS);
    }

    /**
     * What the files look like that manifests name: their input format is the one that goes with the SerDe.
     */
    static FileSchema ofTargets(FileSchema schema)
    {
        String inputFormat = switch (schema.serde()) {
            case PARQUET_HIVE_SERDE_CLASS -> MAPRED_PARQUET_INPUT_FORMAT_CLASS;
            case ORC_SERDE_CLASS -> ORC_INPUT_FORMAT_CLASS;
            case AVRO_SERDE_CLASS -> AVRO_CONTAINER_INPUT_FORMAT_CLASS;
            default -> TEXT_INPUT_FORMAT_CLASS;
        };
        return new FileSchema(schema.serde(), inputFormat, schema.fields(), schema.properties());
    }

    /**
     * The files that manifests name, in their order; empty ones are left out. One request a manifest, and one a file for
     * its length.
     *
     * @throws TrinoException where a manifest names what it may not, or what is not there; also from the iterator
     */
    Iterator<DataFile> targets(Iterator<DataFile> manifests)
    {
        return Iterators.concat(Iterators.transform(manifests, this::targets));
    }

    private Iterator<DataFile> targets(DataFile manifest)
    {
        List<String> lines = read(manifest).lines().toList();
        Iterator<DataFile> files = new Iterator<>()
        {
            private int line;

            @Override
            public boolean hasNext()
            {
                while (line < lines.size() && lines.get(line).isBlank()) {
                    line++;
                }
                return line < lines.size();
            }

            @Override
            public DataFile next()
            {
                Objects.checkIndex(line, lines.size());
                line++;
                return target(manifest, line, lines.get(line - 1).strip());
            }
        };
        return Iterators.filter(files, file -> file.length() > 0);
    }

    private String read(DataFile manifest)
    {
        try (TrinoInputStream input = fileSystem.newInputFile(manifest.location()).newStream()) {
            byte[] bytes = input.readNBytes(MAX_MANIFEST_BYTES + 1);
            if (bytes.length > MAX_MANIFEST_BYTES) {
                throw new TrinoException(TARN_BAD_DATA, "Manifest %s has more than %s bytes. Write several instead.".formatted(manifest.location(), MAX_MANIFEST_BYTES));
            }
            return new String(bytes, UTF_8);
        }
        catch (IOException e) {
            throw new TrinoException(TARN_STORAGE_ERROR, "Cannot read manifest %s: %s. Check that the storage can be reached, and run the query again.".formatted(manifest.location(), e.getMessage()), e);
        }
    }

    private DataFile target(DataFile manifest, int line, String text)
    {
        Location location = location(manifest, line, text);
        try {
            TrinoInputFile file = fileSystem.newInputFile(location);
            return new DataFile(location, file.length(), file.lastModified());
        }
        catch (FileNotFoundException e) {
            throw new TrinoException(TARN_FILE_NOT_FOUND, "Line %s of manifest %s names %s, which is not there. Write the manifest again."
                    .formatted(line, manifest.location(), location), e);
        }
        catch (IOException e) {
            throw new TrinoException(TARN_STORAGE_ERROR, "Line %s of manifest %s names %s, which cannot be asked for its length: %s. Check that the storage can be reached, and that its file may be read."
                    .formatted(line, manifest.location(), location, e.getMessage()), e);
        }
        catch (IllegalArgumentException e) {
            throw refused(manifest, line, text, e.getMessage());
        }
    }

    private static Location location(DataFile manifest, int line, String text)
    {
        Location location;
        try {
            location = Location.of(text);
        }
        catch (IllegalArgumentException e) {
            throw refused(manifest, line, text, "it is no location: " + e.getMessage());
        }
        Optional<String> storage = manifest.location().scheme();
        if (location.scheme().isPresent() && S3_SCHEMES.contains(location.scheme().get()) && storage.equals(Optional.of("s3"))) {
            location = Location.of("s3" + text.substring(text.indexOf(':')));
        }
        if (!location.scheme().equals(storage)) {
            throw refused(manifest, line, text, "it is not a location of the table's own storage, as in %s://…".formatted(storage.orElse("")));
        }
        if (location.path().isEmpty() || location.path().endsWith("/")) {
            throw refused(manifest, line, text, "it is a folder, and only files are read");
        }
        if (Arrays.stream(location.path().split("/")).anyMatch(folder -> folder.equals(".") || folder.equals(".."))) {
            throw refused(manifest, line, text, "it has '.' or '..' for a folder");
        }
        return location;
    }

    private static TrinoException refused(DataFile manifest, int line, String text, String reason)
    {
        String excerpt = text.length() <= 200 ? text : text.substring(0, 200) + "…";
        return new TrinoException(TARN_BAD_DATA, "Line %s of manifest %s is '%s', which is not read: %s. Write the manifest again, or declare the table with the input format of its files."
                .formatted(line, manifest.location(), excerpt, reason));
    }
}
