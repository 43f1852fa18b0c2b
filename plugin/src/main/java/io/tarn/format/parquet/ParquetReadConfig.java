package io.tarn.format.parquet;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.DataSize;
import io.airlift.units.MaxDataSize;
import io.airlift.units.MinDataSize;
import io.trino.parquet.ParquetReaderOptions;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.joda.time.DateTimeZone;

import static io.trino.parquet.ParquetReaderOptions.defaultOptions;

/**
 * How Parquet files are read. Keys and defaults are those of Trino's Hive connector.
 */
public class ParquetReadConfig
{
    private ParquetReaderOptions options = defaultOptions();
    private boolean useColumnNames = true;
    private String timeZone = "UTC";

    public boolean isUseColumnNames()
    {
        return useColumnNames;
    }

    @Config("parquet.use-column-names")
    @ConfigDescription("Find columns in a file by name; otherwise by position")
    public ParquetReadConfig setUseColumnNames(boolean useColumnNames)
    {
        this.useColumnNames = useColumnNames;
        return this;
    }

    @NotNull
    public String getTimeZone()
    {
        return timeZone;
    }

    @Config("parquet.time-zone")
    @ConfigDescription("The zone in which INT96 timestamps were written")
    public ParquetReadConfig setTimeZone(String timeZone)
    {
        this.timeZone = timeZone;
        return this;
    }

    public boolean isIgnoreStatistics()
    {
        return options.isIgnoreStatistics();
    }

    @Config("parquet.ignore-statistics")
    @ConfigDescription("Read every row group, whatever its statistics say")
    public ParquetReadConfig setIgnoreStatistics(boolean ignoreStatistics)
    {
        options = ParquetReaderOptions.builder(options).withIgnoreStatistics(ignoreStatistics).build();
        return this;
    }

    public boolean isUseColumnIndex()
    {
        return options.isUseColumnIndex();
    }

    @Config("parquet.use-column-index")
    @ConfigDescription("Leave out pages that cannot hold a wanted row")
    public ParquetReadConfig setUseColumnIndex(boolean useColumnIndex)
    {
        options = ParquetReaderOptions.builder(options).withUseColumnIndex(useColumnIndex).build();
        return this;
    }

    public boolean isUseBloomFilter()
    {
        return options.useBloomFilter();
    }

    @Config("parquet.use-bloom-filter")
    @ConfigDescription("Leave out row groups whose Bloom filters hold no wanted value")
    public ParquetReadConfig setUseBloomFilter(boolean useBloomFilter)
    {
        options = ParquetReaderOptions.builder(options).withBloomFilter(useBloomFilter).build();
        return this;
    }

    @NotNull
    @MinDataSize("1MB")
    public DataSize getMaxReadBlockSize()
    {
        return options.getMaxReadBlockSize();
    }

    @Config("parquet.max-read-block-size")
    @ConfigDescription("Largest block of decoded data")
    public ParquetReadConfig setMaxReadBlockSize(DataSize maxReadBlockSize)
    {
        options = ParquetReaderOptions.builder(options).withMaxReadBlockSize(maxReadBlockSize).build();
        return this;
    }

    @Min(128)
    @Max(65536)
    public int getMaxReadBlockRowCount()
    {
        return options.getMaxReadBlockRowCount();
    }

    @Config("parquet.max-read-block-row-count")
    @ConfigDescription("Most rows that are decoded at once")
    public ParquetReadConfig setMaxReadBlockRowCount(int maxReadBlockRowCount)
    {
        options = ParquetReaderOptions.builder(options).withMaxReadBlockRowCount(maxReadBlockRowCount).build();
        return this;
    }

    @NotNull
    public DataSize getMaxMergeDistance()
    {
        return options.getMaxMergeDistance();
    }

    @Config("parquet.max-merge-distance")
    @ConfigDescription("Ranges of a file that are nearer to each other than this are read in one request")
    public ParquetReadConfig setMaxMergeDistance(DataSize maxMergeDistance)
    {
        options = ParquetReaderOptions.builder(options).withMaxMergeDistance(maxMergeDistance).build();
        return this;
    }

    @NotNull
    @MinDataSize("1MB")
    public DataSize getMaxBufferSize()
    {
        return options.getMaxBufferSize();
    }

    @Config("parquet.max-buffer-size")
    @ConfigDescription("Largest range that is read in one request")
    public ParquetReadConfig setMaxBufferSize(DataSize maxBufferSize)
    {
        options = ParquetReaderOptions.builder(options).withMaxBufferSize(maxBufferSize).build();
        return this;
    }

    @NotNull
    @MaxDataSize("15MB")
    public DataSize getSmallFileThreshold()
    {
        return options.getSmallFileThreshold();
    }

    @Config("parquet.small-file-threshold")
    @ConfigDescription("A file up to this size is read in one request")
    public ParquetReadConfig setSmallFileThreshold(DataSize smallFileThreshold)
    {
        options = ParquetReaderOptions.builder(options).withSmallFileThreshold(smallFileThreshold).build();
        return this;
    }

    @NotNull
    @MinDataSize("1MB")
    public DataSize getMaxFooterReadSize()
    {
        return options.getMaxFooterReadSize();
    }

    @Config("parquet.max-footer-read-size")
    @ConfigDescription("A file with a larger footer is refused")
    public ParquetReadConfig setMaxFooterReadSize(DataSize maxFooterReadSize)
    {
        options = ParquetReaderOptions.builder(options).withMaxFooterReadSize(maxFooterReadSize).build();
        return this;
    }

    ParquetReaderOptions options()
    {
        return options;
    }

    DateTimeZone zone()
    {
        return DateTimeZone.forID(timeZone);
    }
}
