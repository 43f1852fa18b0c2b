package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.ReadEstimate;
import io.tarn.format.ReadLimit;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.local.LocalFileSystemFactory;
import io.trino.plugin.base.metrics.FileFormatDataSourceStats;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.plugin.hive.HiveColumnHandle;
import io.trino.plugin.hive.parquet.ParquetPageSourceFactory;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.spi.type.Type;
import io.trino.testing.TestingConnectorSession;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
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
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

import static io.trino.plugin.hive.HiveColumnHandle.ColumnType.REGULAR;
import static io.trino.plugin.hive.util.HiveTypeTranslator.toHiveType;

/**
 * Parquet files written by parquet-hadoop, read by Tarn and by the Hive connector.
 */
final class ParquetFiles
{
    static final String SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";

    // it writes down every filter; loggers are held weakly, hence the field
    private static final Logger FILTER_LOG = Logger.getLogger("org.apache.parquet.filter2.compat.FilterCompat");

    static {
        FILTER_LOG.setLevel(Level.WARNING);
    }

    private final Path directory;
    private final TrinoFileSystem fileSystem;

    ParquetFiles(Path directory)
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

    Location location(String name)
    {
        return Location.of("local:///" + name);
    }

    void write(String name, MessageType schema, int rows, BiConsumer<Integer, Group> values)
    {
        write(name, schema, rows, values, UnaryOperator.identity());
    }

    void write(String name, MessageType schema, int rows, BiConsumer<Integer, Group> values, UnaryOperator<ExampleParquetWriter.Builder> options)
    {
        ExampleParquetWriter.Builder builder = ExampleParquetWriter.builder(new LocalOutputFile(path(name)))
                .withConf(new PlainParquetConfiguration())
                .withType(schema);
        try (ParquetWriter<Group> writer = options.apply(builder).build()) {
            for (int row = 0; row < rows; row++) {
                Group group = new SimpleGroup(schema);
                values.accept(row, group);
                writer.write(group);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        return new FileSchema(SERDE, INPUT_FORMAT, columns.stream().map(column -> new FileField(column.name(), column.hiveType())).toList(), properties);
    }

    static ConnectorSession session(ParquetReadConfig config)
    {
        return TestingConnectorSession.builder()
                .setPropertyMetadata(new ParquetSessionProperties(config).getSessionProperties())
                .build();
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
        private ParquetReadConfig config = new ParquetReadConfig();
        private Map<String, String> properties = ImmutableMap.of();
        private TrinoFileSystem from = fileSystem;
        private Optional<ReadLimit> limit = Optional.empty();
        private MemoryContext memoryContext = MemoryContext.NO_LIMIT;

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

        Reading with(ParquetReadConfig config)
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

        Reading reportingTo(MemoryContext memoryContext)
        {
            this.memoryContext = memoryContext;
            return this;
        }

        ConnectorPageSource open()
        {
            return new ParquetFormat(config, new ParquetFooters(config)).open(fileRead());
        }

        ReadEstimate estimate(FileColumn... filterable)
        {
            return estimate(new ParquetFooters(config), filterable);
        }

        ReadEstimate estimate(ParquetFooters footers, FileColumn... filterable)
        {
            return new ParquetFormat(config, footers).estimate(fileRead(), ImmutableSet.copyOf(filterable));
        }

        private FileRead fileRead()
        {
            return new FileRead(session(config), from, slice, schema(columns, properties), columns, predicate, limit, memoryContext);
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
            ConnectorPageSource source = ParquetPageSourceFactory.createPageSource(
                    fileSystem.newInputFile(slice.location()),
                    slice.start(),
                    slice.length(),
                    handles,
                    ImmutableList.of(TupleDomain.all()),
                    true,
                    DateTimeZone.UTC,
                    new FileFormatDataSourceStats(),
                    config.options(),
                    Optional.empty(),
                    Optional.empty(),
                    1000,
                    OptionalLong.empty(),
                    MemoryContext.NO_LIMIT);
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

        List<Object> column(int channel)
        {
            List<Object> values = new ArrayList<>();
            rows.forEach(row -> values.add(row.get(channel)));
            return values;
        }
    }
}
