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

import static io.airlift.units.DataSize.Unit.MEGABYTE;

/**
 * How Parquet files are read; the keys are those of Trino's Hive connector.
 */
public class ParquetReadConfig
{
    public static final String MAX_SMALL_FILE_THRESHOLD = "15MB";
    public static final int MIN_READ_BLOCK_ROW_COUNT = 128;
    public static final int MAX_READ_BLOCK_ROW_COUNT = 65536;

    private ParquetReaderOptions options = ParquetReaderOptions.defaultOptions();
    private boolean useColumnNames = true;
    private boolean verifyChecksums = true;
    private int domainCompactionThreshold = 1000;
    private DataSize footerCacheSize = DataSize.of(64, MEGABYTE);
    private DateTimeZone timeZone = DateTimeZone.UTC;

    public boolean isUseColumnNames()
    {
        return useColumnNames;
    }

    @Config("parquet.use-column-names")
    @ConfigDescription("Find a table's columns in a file by name; by position otherwise")
    public ParquetReadConfig setUseColumnNames(boolean useColumnNames)
    {
        this.useColumnNames = useColumnNames;
        return this;
    }

    public boolean isVerifyChecksums()
    {
        return verifyChecksums;
    }

    @Config("parquet.verify-checksums")
    @ConfigDescription("Compare the pages that carry a checksum with it")
    public ParquetReadConfig setVerifyChecksums(boolean verifyChecksums)
    {
        this.verifyChecksums = verifyChecksums;
        return this;
    }

    @Min(1)
    public int getDomainCompactionThreshold()
    {
        return domainCompactionThreshold;
    }

    @Config("parquet.domain-compaction-threshold")
    @ConfigDescription("Most values of a filter that are looked up in a Bloom filter")
    public ParquetReadConfig setDomainCompactionThreshold(int domainCompactionThreshold)
    {
        this.domainCompactionThreshold = domainCompactionThreshold;
        return this;
    }

    @NotNull
    public String getTimeZone()
    {
        return timeZone.getID();
    }

    @Config("parquet.time-zone")
    @ConfigDescription("Zone in which timestamps that are stored as instants are shown")
    public ParquetReadConfig setTimeZone(String timeZone)
    {
        this.timeZone = DateTimeZone.forID(timeZone);
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
    @ConfigDescription("Skip pages by the column index")
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
    @ConfigDescription("Skip row groups by their Bloom filters")
    public ParquetReadConfig setUseBloomFilter(boolean useBloomFilter)
    {
        options = ParquetReaderOptions.builder(options).withBloomFilter(useBloomFilter).build();
        return this;
    }

    public boolean isVectorizedDecodingEnabled()
    {
        return options.isVectorizedDecodingEnabled();
    }

    @Config("parquet.experimental.vectorized-decoding.enabled")
    @ConfigDescription("Decode with the Java Vector API")
    public ParquetReadConfig setVectorizedDecodingEnabled(boolean vectorizedDecodingEnabled)
    {
        options = ParquetReaderOptions.builder(options).withVectorizedDecodingEnabled(vectorizedDecodingEnabled).build();
        return this;
    }

    @NotNull
    public DataSize getMaxReadBlockSize()
    {
        return options.getMaxReadBlockSize();
    }

    @Config("parquet.max-read-block-size")
    @ConfigDescription("Size to which a batch of rows is kept")
    public ParquetReadConfig setMaxReadBlockSize(DataSize maxReadBlockSize)
    {
        options = ParquetReaderOptions.builder(options).withMaxReadBlockSize(maxReadBlockSize).build();
        return this;
    }

    @Min(MIN_READ_BLOCK_ROW_COUNT)
    @Max(MAX_READ_BLOCK_ROW_COUNT)
    public int getMaxReadBlockRowCount()
    {
        return options.getMaxReadBlockRowCount();
    }

    @Config("parquet.max-read-block-row-count")
    @ConfigDescription("Most rows of a batch")
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
    @ConfigDescription("Gap between two column chunks up to which one request fetches both")
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
    @ConfigDescription("Most bytes of one request")
    public ParquetReadConfig setMaxBufferSize(DataSize maxBufferSize)
    {
        options = ParquetReaderOptions.builder(options).withMaxBufferSize(maxBufferSize).build();
        return this;
    }

    @NotNull
    @MaxDataSize(MAX_SMALL_FILE_THRESHOLD)
    public DataSize getSmallFileThreshold()
    {
        return options.getSmallFileThreshold();
    }

    @Config("parquet.small-file-threshold")
    @ConfigDescription("Size up to which a file is fetched whole, in one request")
    public ParquetReadConfig setSmallFileThreshold(DataSize smallFileThreshold)
    {
        options = ParquetReaderOptions.builder(options).withSmallFileThreshold(smallFileThreshold).build();
        return this;
    }

    @NotNull
    @MinDataSize("8B")
    @MaxDataSize("128MB")
    public DataSize getFooterReadSize()
    {
        return options.getFooterReadSize();
    }

    @Config("parquet.footer-read-size")
    @ConfigDescription("Bytes of the file's end that are fetched in the hope that they hold the footer")
    public ParquetReadConfig setFooterReadSize(DataSize footerReadSize)
    {
        options = ParquetReaderOptions.builder(options).withFooterReadSize(footerReadSize).build();
        return this;
    }

    @NotNull
    @MaxDataSize("1GB")
    public DataSize getMaxFooterReadSize()
    {
        return options.getMaxFooterReadSize();
    }

    @Config("parquet.max-footer-read-size")
    @ConfigDescription("Largest footer that is read; a file with a larger one is refused")
    public ParquetReadConfig setMaxFooterReadSize(DataSize maxFooterReadSize)
    {
        options = ParquetReaderOptions.builder(options).withMaxFooterReadSize(maxFooterReadSize).build();
        return this;
    }

    @NotNull
    @MinDataSize("4MB")
    @MaxDataSize("1GB")
    public DataSize getMaxPageReadSize()
    {
        return options.getMaxPageReadSize();
    }

    @Config("parquet.max-page-read-size")
    @ConfigDescription("Largest page, uncompressed, that is read; a file with a larger one is refused")
    public ParquetReadConfig setMaxPageReadSize(DataSize maxPageReadSize)
    {
        options = ParquetReaderOptions.builder(options).withMaxPageReadSize(maxPageReadSize).build();
        return this;
    }

    @NotNull
    public DataSize getFooterCacheSize()
    {
        return footerCacheSize;
    }

    @Config("parquet.footer-cache-size")
    @ConfigDescription("Memory for the footers from which the costs of scans are told; 0B keeps none")
    public ParquetReadConfig setFooterCacheSize(DataSize footerCacheSize)
    {
        this.footerCacheSize = footerCacheSize;
        return this;
    }

    ParquetReaderOptions options()
    {
        return options;
    }

    DateTimeZone dateTimeZone()
    {
        return timeZone;
    }
}
