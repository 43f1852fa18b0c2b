package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSink;
import io.tarn.format.FileSlice;
import io.tarn.format.FileSummary;
import io.tarn.format.FileWrite;
import io.tarn.format.RandomRows;
import io.tarn.format.ReadEstimate;
import io.tarn.format.ReadLimit;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.local.LocalFileSystemFactory;
import io.trino.orc.OrcReaderOptions;
import io.trino.plugin.base.metrics.FileFormatDataSourceStats;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.plugin.hive.HiveColumnHandle;
import io.trino.plugin.hive.HiveConfig;
import io.trino.plugin.hive.HiveSessionProperties;
import io.trino.plugin.hive.Schema;
import io.trino.plugin.hive.orc.OrcPageSourceFactory;
import io.trino.plugin.hive.orc.OrcReaderConfig;
import io.trino.plugin.hive.orc.OrcWriterConfig;
import io.trino.plugin.hive.parquet.ParquetReaderConfig;
import io.trino.plugin.hive.parquet.ParquetWriterConfig;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.FixedPageSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.type.Type;
import io.trino.testing.TestingConnectorSession;
import org.joda.time.DateTimeZone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static io.trino.plugin.hive.HiveColumnHandle.ColumnType.REGULAR;
import static io.trino.plugin.hive.acid.AcidTransaction.NO_ACID_TRANSACTION;
import static io.trino.plugin.hive.util.HiveTypeTranslator.toHiveType;

/**
 * ORC files written by Tarn, read by Tarn and by the Hive connector.
 */
final class OrcFiles
{
    private final Path directory;
    private final TrinoFileSystem fileSystem;

    OrcFiles(Path directory)
    {
        this.directory = directory;
        fileSystem = new LocalFileSystemFactory(directory).create(ConnectorIdentity.ofUser("test"));
    }

    TrinoFileSystem fileSystem()
    {
        return fileSystem;
    }

    Path path(String name)
    {
        return directory.resolve(name);
    }

    static Location location(String name)
    {
        return Location.of("local:///" + name);
    }

    FileSummary write(String name, List<FileColumn> columns, FileCodec codec, OrcWriteConfig config, Map<String, String> properties, Page... pages)
    {
        FileSink sink = new OrcFormatWriter(config).create(request(name, columns, codec, config, properties));
        for (Page page : pages) {
            sink.append(page);
        }
        return sink.finish();
    }

    FileWrite request(String name, List<FileColumn> columns, FileCodec codec, OrcWriteConfig config, Map<String, String> properties)
    {
        return new FileWrite(session(new OrcReadConfig(), config), fileSystem, location(name), schema(columns, properties), codec, OptionalInt.empty());
    }

    byte[] bytes(String name)
    {
        try {
            return Files.readAllBytes(path(name));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void put(String name, byte[] bytes)
    {
        try {
            Files.write(path(name), bytes);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FileSlice slice(String name)
    {
        try {
            long length = Files.size(path(name));
            return new FileSlice(location(name), 0, length, length, Instant.EPOCH);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FileColumn column(String name, int ordinal, Type type)
    {
        return new FileColumn(name, ordinal, ImmutableList.of(), toHiveType(type), type);
    }

    static FileColumn nested(String name, int ordinal, Type type, String... path)
    {
        return new FileColumn(name, ordinal, ImmutableList.copyOf(path), toHiveType(type), type);
    }

    static FileSchema schema(List<FileColumn> columns, Map<String, String> properties)
    {
        return new FileSchema(OrcFormat.SERDE, OrcFormat.INPUT_FORMAT, columns.stream().map(column -> new FileField(column.name(), column.hiveType())).toList(), properties);
    }

    static ConnectorSession session(OrcReadConfig readConfig, OrcWriteConfig writeConfig)
    {
        List<PropertyMetadata<?>> properties = ImmutableList.<PropertyMetadata<?>>builder()
                .addAll(new OrcSessionProperties(readConfig).getSessionProperties())
                .addAll(new OrcWriterSessionProperties(writeConfig).getSessionProperties())
                .build();
        return TestingConnectorSession.builder().setPropertyMetadata(properties).build();
    }

    static Page page(List<FileColumn> columns, int rows, long seed)
    {
        return RandomRows.page(columns.stream().map(FileColumn::type).toList(), rows, seed);
    }

    static List<List<Object>> rows(List<FileColumn> columns, Page... pages)
    {
        return drain(new FixedPageSource(List.of(pages)), columns).rows();
    }

    Reading reading(String name, FileColumn... columns)
    {
        return new Reading(name, ImmutableList.copyOf(columns));
    }

    /**
     * One read, to be described step by step.
     */
    final class Reading
    {
        private final List<FileColumn> columns;
        private FileSlice slice;
        private TupleDomain<FileColumn> predicate = TupleDomain.all();
        private OrcReadConfig config = new OrcReadConfig();
        private Map<String, String> properties = ImmutableMap.of();
        private TrinoFileSystem from = fileSystem;
        private Optional<ReadLimit> limit = Optional.empty();

        private Reading(String name, List<FileColumn> columns)
        {
            this.columns = columns;
            this.slice = slice(name);
        }

        Reading where(TupleDomain<FileColumn> predicate)
        {
            this.predicate = predicate;
            return this;
        }

        Reading with(OrcReadConfig config)
        {
            this.config = config;
            return this;
        }

        Reading with(Map<String, String> properties)
        {
            this.properties = properties;
            return this;
        }

        Reading from(TrinoFileSystem fileSystem)
        {
            this.from = fileSystem;
            return this;
        }

        Reading of(FileSlice slice)
        {
            this.slice = slice;
            return this;
        }

        Reading limited(long rows)
        {
            this.limit = Optional.of(new ReadLimit(rows, true));
            return this;
        }

        ConnectorPageSource open()
        {
            return new OrcFormat(config, new OrcTails(config)).open(fileRead());
        }

        ReadEstimate estimate(FileColumn... filterable)
        {
            return estimate(new OrcTails(config), filterable);
        }

        ReadEstimate estimate(OrcTails tails, FileColumn... filterable)
        {
            return new OrcFormat(config, tails).estimate(fileRead(), ImmutableSet.copyOf(filterable));
        }

        private FileRead fileRead()
        {
            return new FileRead(session(config, new OrcWriteConfig()), from, slice, schema(columns, properties), columns, predicate, limit, MemoryContext.NO_LIMIT);
        }

        Result read()
        {
            return drain(open(), columns);
        }

        List<List<Object>> rows()
        {
            return read().rows();
        }

        /**
         * The same read by the Hive connector.
         */
        List<List<Object>> peerRows()
        {
            List<HiveColumnHandle> handles = columns.stream()
                    .map(column -> HiveColumnHandle.createBaseColumn(column.name(), column.ordinal(), column.hiveType(), column.type(), REGULAR, Optional.empty()))
                    .toList();
            ConnectorSession session = TestingConnectorSession.builder()
                    .setPropertyMetadata(new HiveSessionProperties(new HiveConfig(), new OrcReaderConfig(), new OrcWriterConfig(), new ParquetReaderConfig(), new ParquetWriterConfig()).getSessionProperties())
                    .build();
            ConnectorPageSource source = new OrcPageSourceFactory(new OrcReaderOptions(), _ -> fileSystem, new FileFormatDataSourceStats(), DateTimeZone.UTC)
                    .createPageSource(
                            session,
                            slice.location(),
                            slice.start(),
                            slice.length(),
                            slice.fileLength(),
                            0,
                            new Schema(OrcFormat.SERDE, false, ImmutableMap.of()),
                            handles,
                            TupleDomain.all(),
                            Optional.empty(),
                            OptionalInt.empty(),
                            false,
                            NO_ACID_TRANSACTION,
                            MemoryContext.NO_LIMIT)
                    .orElseThrow();
            return drain(source, columns).rows();
        }
    }

    static Result drain(ConnectorPageSource source, List<FileColumn> columns)
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

    record Result(List<List<Object>> rows, long bytes, Map<String, ?> metrics)
    {
        long count(String metric)
        {
            return ((LongCount) metrics.get(metric)).getTotal();
        }
    }
}
