package io.tarn.format.parquet.write;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.configuration.LegacyConfig;
import io.airlift.units.DataSize;
import io.airlift.units.MaxDataSize;
import io.airlift.units.MinDataSize;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static io.trino.parquet.writer.ParquetWriterOptions.DEFAULT_BATCH_SIZE;
import static io.trino.parquet.writer.ParquetWriterOptions.DEFAULT_MAX_PAGE_VALUE_COUNT;
import static io.trino.parquet.writer.ParquetWriterOptions.DEFAULT_MAX_ROW_GROUP_ROW_COUNT;

/**
 * How Parquet files are written; the keys are those of Trino's Hive connector.
 */
public class ParquetWriteConfig
{
    static final String MAX_ROW_GROUP_SIZE = "2GB";
    static final String MIN_PAGE_SIZE = "8kB";
    static final String MAX_PAGE_SIZE = "8MB";
    static final int MIN_PAGE_VALUE_COUNT = 1000;
    static final int MAX_PAGE_VALUE_COUNT = 200_000;

    private DataSize rowGroupSize = DataSize.of(128, MEGABYTE);
    private int rowGroupMaxRowCount = DEFAULT_MAX_ROW_GROUP_ROW_COUNT;
    private DataSize pageSize = DataSize.of(1, MEGABYTE);
    private int pageValueCount = DEFAULT_MAX_PAGE_VALUE_COUNT;
    private int batchSize = DEFAULT_BATCH_SIZE;
    private boolean deltaLengthByteArrayEncodingEnabled = true;

    @NotNull
    @MaxDataSize(MAX_ROW_GROUP_SIZE)
    public DataSize getRowGroupSize()
    {
        return rowGroupSize;
    }

    @Config("parquet.writer.row-group-size")
    @LegacyConfig("parquet.writer.block-size")
    @ConfigDescription("Size at which a row group is closed; a writer holds one in memory")
    public ParquetWriteConfig setRowGroupSize(DataSize rowGroupSize)
    {
        this.rowGroupSize = rowGroupSize;
        return this;
    }

    @Min(MIN_PAGE_VALUE_COUNT)
    public int getRowGroupMaxRowCount()
    {
        return rowGroupMaxRowCount;
    }

    @Config("parquet.writer.row-group-max-row-count")
    @ConfigDescription("Most rows of a row group")
    public ParquetWriteConfig setRowGroupMaxRowCount(int rowGroupMaxRowCount)
    {
        this.rowGroupMaxRowCount = rowGroupMaxRowCount;
        return this;
    }

    @NotNull
    @MinDataSize(MIN_PAGE_SIZE)
    @MaxDataSize(MAX_PAGE_SIZE)
    public DataSize getPageSize()
    {
        return pageSize;
    }

    @Config("parquet.writer.page-size")
    @ConfigDescription("Size at which a page is closed")
    public ParquetWriteConfig setPageSize(DataSize pageSize)
    {
        this.pageSize = pageSize;
        return this;
    }

    @Min(MIN_PAGE_VALUE_COUNT)
    @Max(MAX_PAGE_VALUE_COUNT)
    public int getPageValueCount()
    {
        return pageValueCount;
    }

    @Config("parquet.writer.page-value-count")
    @ConfigDescription("Most values of a page")
    public ParquetWriteConfig setPageValueCount(int pageValueCount)
    {
        this.pageValueCount = pageValueCount;
        return this;
    }

    @Min(1)
    public int getBatchSize()
    {
        return batchSize;
    }

    @Config("parquet.writer.batch-size")
    @ConfigDescription("Most rows that are encoded at once")
    public ParquetWriteConfig setBatchSize(int batchSize)
    {
        this.batchSize = batchSize;
        return this;
    }

    public boolean isDeltaLengthByteArrayEncodingEnabled()
    {
        return deltaLengthByteArrayEncodingEnabled;
    }

    @Config("parquet.writer.delta-length-byte-array-encoding-enabled")
    @ConfigDescription("Write texts that no dictionary holds as DELTA_LENGTH_BYTE_ARRAY rather than PLAIN")
    public ParquetWriteConfig setDeltaLengthByteArrayEncodingEnabled(boolean deltaLengthByteArrayEncodingEnabled)
    {
        this.deltaLengthByteArrayEncodingEnabled = deltaLengthByteArrayEncodingEnabled;
        return this;
    }
}
