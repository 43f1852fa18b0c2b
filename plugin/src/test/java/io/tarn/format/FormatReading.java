package io.tarn.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.FormatFiles.Result;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.plugin.hive.HiveColumnHandle;
import io.trino.plugin.hive.HiveConfig;
import io.trino.plugin.hive.HiveSessionProperties;
import io.trino.plugin.hive.orc.OrcReaderConfig;
import io.trino.plugin.hive.orc.OrcWriterConfig;
import io.trino.plugin.hive.parquet.ParquetReaderConfig;
import io.trino.plugin.hive.parquet.ParquetWriterConfig;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;
import io.trino.testing.TestingConnectorSession;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.tarn.format.FormatFiles.drain;
import static io.trino.plugin.hive.HiveColumnHandle.ColumnType.REGULAR;
import static java.util.Objects.requireNonNull;

/**
 * One read, to be described step by step.
 *
 * @param <C> the format's configuration
 * @param <R> this type
 */
public abstract class FormatReading<C, R extends FormatReading<C, R>>
{
    protected final FormatFiles files;
    protected final List<FileColumn> columns;
    protected FileSlice slice;
    protected C config;
    protected Map<String, String> properties = ImmutableMap.of();
    private TupleDomain<FileColumn> predicate = TupleDomain.all();
    private TrinoFileSystem from;
    private Optional<ReadLimit> limit = Optional.empty();
    private MemoryContext memoryContext = MemoryContext.NO_LIMIT;

    protected FormatReading(FormatFiles files, String name, List<FileColumn> columns, C config)
    {
        this.files = requireNonNull(files, "files is null");
        this.columns = ImmutableList.copyOf(columns);
        this.slice = files.slice(name);
        this.config = requireNonNull(config, "config is null");
        this.from = files.fileSystem();
    }

    protected abstract R self();

    protected abstract FileFormat format();

    protected abstract ConnectorSession session();

    protected abstract FileSchema schema();

    /**
     * The same read by the Hive connector.
     */
    protected abstract ConnectorPageSource openByPeer(List<HiveColumnHandle> handles);

    public R where(TupleDomain<FileColumn> predicate)
    {
        this.predicate = predicate;
        return self();
    }

    public R with(C config)
    {
        this.config = config;
        return self();
    }

    public R with(Map<String, String> properties)
    {
        this.properties = properties;
        return self();
    }

    public R from(TrinoFileSystem fileSystem)
    {
        this.from = fileSystem;
        return self();
    }

    public R of(FileSlice slice)
    {
        this.slice = slice;
        return self();
    }

    public R limited(long rows)
    {
        this.limit = Optional.of(new ReadLimit(rows, true));
        return self();
    }

    public R reportingTo(MemoryContext memoryContext)
    {
        this.memoryContext = memoryContext;
        return self();
    }

    public ConnectorPageSource open()
    {
        return format().open(fileRead());
    }

    public ReadEstimate estimate(FileColumn... filterable)
    {
        return estimate(format(), filterable);
    }

    protected ReadEstimate estimate(FileFormat format, FileColumn... filterable)
    {
        return format.estimate(fileRead(), ImmutableSet.copyOf(filterable));
    }

    public FileStatistics statistics()
    {
        return statistics(format());
    }

    protected FileStatistics statistics(FileFormat format)
    {
        return format.statistics(fileRead()).orElseThrow();
    }

    private FileRead fileRead()
    {
        return new FileRead(session(), from, slice, schema(), columns, predicate, limit, memoryContext);
    }

    public Result read()
    {
        return drain(open(), columns);
    }

    public List<List<Object>> rows()
    {
        return read().rows();
    }

    /**
     * What the Hive connector reads.
     */
    public List<List<Object>> peerRows()
    {
        List<HiveColumnHandle> handles = columns.stream()
                .map(column -> HiveColumnHandle.createBaseColumn(column.name(), column.ordinal(), column.hiveType(), column.type(), REGULAR, Optional.empty()))
                .toList();
        return drain(openByPeer(handles), columns).rows();
    }

    protected static ConnectorSession hiveSession()
    {
        return TestingConnectorSession.builder()
                .setPropertyMetadata(new HiveSessionProperties(new HiveConfig(), new OrcReaderConfig(), new OrcWriterConfig(), new ParquetReaderConfig(), new ParquetWriterConfig()).getSessionProperties())
                .build();
    }
}
