package io.tarn.format.avro;

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
import io.trino.plugin.hive.HiveColumnHandle;
import io.trino.plugin.hive.HiveConfig;
import io.trino.plugin.hive.HiveSessionProperties;
import io.trino.plugin.hive.Schema;
import io.trino.plugin.hive.avro.AvroPageSourceFactory;
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
import io.trino.spi.type.Type;
import io.trino.testing.TestingConnectorSession;

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
import static java.util.stream.Collectors.joining;

/**
 * Avro files written by Tarn, read by Tarn and by the Hive connector.
 */
final class AvroFiles
{
    private final Path directory;
    private final TrinoFileSystem fileSystem;

    AvroFiles(Path directory)
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

    FileSummary write(String name, List<FileColumn> columns, FileCodec codec, Map<String, String> properties, Page... pages)
    {
        FileSink sink = new AvroFormatWriter().create(request(name, columns, codec, properties));
        for (Page page : pages) {
            sink.append(page);
        }
        return sink.finish();
    }

    FileWrite request(String name, List<FileColumn> columns, FileCodec codec, Map<String, String> properties)
    {
        return new FileWrite(TestingConnectorSession.SESSION, fileSystem, location(name), schema(columns, properties), codec, OptionalInt.empty());
    }

    static Location location(String name)
    {
        return Location.of("local:///" + name);
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
        return new FileSchema(AvroFormat.SERDE, AvroFormat.INPUT_FORMAT, columns.stream().map(column -> new FileField(column.name(), column.hiveType())).toList(), properties);
    }

    static Page page(List<FileColumn> columns, int rows, long seed)
    {
        return RandomRows.page(columns.stream().map(FileColumn::type).toList(), rows, seed);
    }

    static List<List<Object>> rows(List<FileColumn> columns, Page... pages)
    {
        return drain(new FixedPageSource(List.of(pages)), columns);
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
        private AvroConfig config = new AvroConfig();
        private List<FileColumn> declared;
        private Map<String, String> properties = ImmutableMap.of();
        private TrinoFileSystem from = fileSystem;
        private Optional<ReadLimit> limit = Optional.empty();

        private Reading(String name, List<FileColumn> columns)
        {
            this.columns = columns;
            this.declared = columns;
            this.slice = slice(name);
        }

        Reading with(AvroConfig config)
        {
            this.config = config;
            return this;
        }

        Reading with(Map<String, String> properties)
        {
            this.properties = properties;
            return this;
        }

        Reading declared(FileColumn... columns)
        {
            this.declared = ImmutableList.copyOf(columns);
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

        ReadEstimate estimate()
        {
            return new AvroFormat(config).estimate(fileRead(), ImmutableSet.of());
        }

        private FileRead fileRead()
        {
            return new FileRead(TestingConnectorSession.SESSION, from, slice, schema(declared, properties), columns, TupleDomain.all(), limit, MemoryContext.NO_LIMIT);
        }

        ConnectorPageSource open()
        {
            return new AvroFormat(config).open(fileRead());
        }

        List<List<Object>> rows()
        {
            return drain(open(), columns);
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
            Map<String, String> table = ImmutableMap.<String, String>builder()
                    .putAll(properties)
                    .put("columns", columns.stream().map(FileColumn::name).collect(joining(",")))
                    .put("columns.types", columns.stream().map(column -> column.hiveType().toString()).collect(joining(":")))
                    .buildOrThrow();
            ConnectorPageSource source = new AvroPageSourceFactory(_ -> fileSystem)
                    .createPageSource(
                            session,
                            slice.location(),
                            slice.start(),
                            slice.length(),
                            slice.fileLength(),
                            0,
                            new Schema(AvroFormat.SERDE, false, table),
                            handles,
                            TupleDomain.all(),
                            Optional.empty(),
                            OptionalInt.empty(),
                            false,
                            NO_ACID_TRANSACTION)
                    .orElseThrow();
            return drain(source, columns);
        }
    }

    static List<List<Object>> drain(ConnectorPageSource source, List<FileColumn> columns)
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
        return rows;
    }
}
