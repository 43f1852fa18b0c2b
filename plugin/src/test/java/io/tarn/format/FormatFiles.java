package io.tarn.format;

import com.google.common.collect.ImmutableList;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.local.LocalFileSystemFactory;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.FixedPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.trino.plugin.hive.util.HiveTypeTranslator.toHiveType;
import static java.util.Objects.requireNonNull;

/**
 * Files of one format in a folder.
 */
public abstract class FormatFiles
{
    private final Path directory;
    private final TrinoFileSystem fileSystem;

    protected FormatFiles(Path directory)
    {
        this.directory = requireNonNull(directory, "directory is null");
        fileSystem = new LocalFileSystemFactory(directory).create(ConnectorIdentity.ofUser("test"));
    }

    public final TrinoFileSystem fileSystem()
    {
        return fileSystem;
    }

    public final Path path(String name)
    {
        return directory.resolve(name);
    }

    public static Location location(String name)
    {
        return Location.of("local:///" + name);
    }

    public final byte[] bytes(String name)
    {
        try {
            return Files.readAllBytes(path(name));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public final void put(String name, byte[] bytes)
    {
        try {
            Files.write(path(name), bytes);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The whole file.
     */
    public final FileSlice slice(String name)
    {
        try {
            long length = Files.size(path(name));
            return new FileSlice(location(name), 0, length, length, Instant.EPOCH);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static FileColumn column(String name, int ordinal, Type type)
    {
        return nested(name, ordinal, type);
    }

    public static FileColumn nested(String name, int ordinal, Type type, String... path)
    {
        return new FileColumn(name, ordinal, ImmutableList.copyOf(path), toHiveType(type), type);
    }

    protected static FileSchema schema(String serde, String inputFormat, List<FileColumn> columns, Map<String, String> properties)
    {
        return new FileSchema(serde, inputFormat, columns.stream().map(column -> new FileField(column.name(), column.hiveType())).toList(), properties);
    }

    public static Page page(List<FileColumn> columns, int rows, long seed)
    {
        return RandomRows.page(columns.stream().map(FileColumn::type).toList(), rows, seed);
    }

    protected static FileSummary write(FileSink sink, Page... pages)
    {
        for (Page page : pages) {
            sink.append(page);
        }
        return sink.finish();
    }

    public static List<List<Object>> rows(List<FileColumn> columns, Page... pages)
    {
        return drain(new FixedPageSource(List.of(pages)), columns).rows();
    }

    public static Result drain(ConnectorPageSource source, List<FileColumn> columns)
    {
        List<List<Object>> rows = new ArrayList<>();
        try (source) {
            while (!source.isFinished()) {
                SourcePage sourcePage = source.getNextSourcePage();
                if (sourcePage == null) {
                    continue;
                }
                Page page = sourcePage.getPage();
                for (int position = 0; position < page.getPositionCount(); position++) {
                    Object[] row = new Object[columns.size()];
                    for (int channel = 0; channel < row.length; channel++) {
                        row[channel] = columns.get(channel).type().getObjectValue(page.getBlock(channel), position);
                    }
                    rows.add(Arrays.asList(row));
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Result(rows, source.getCompletedBytes(), source.getMetrics().getMetrics());
    }

    public record Result(List<List<Object>> rows, long bytes, Map<String, ?> metrics)
    {
        public long count(String metric)
        {
            return ((LongCount) metrics.get(metric)).getTotal();
        }

        public List<Object> column(int channel)
        {
            List<Object> values = new ArrayList<>();
            rows.forEach(row -> values.add(row.get(channel)));
            return values;
        }
    }
}
