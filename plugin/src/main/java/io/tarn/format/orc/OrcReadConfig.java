package io.tarn.format.orc;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.DataSize;
import io.airlift.units.MaxDataSize;
import io.airlift.units.MinDataSize;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.joda.time.DateTimeZone;

import static io.airlift.units.DataSize.Unit.MEGABYTE;

/**
 * How ORC files are read; the keys are those of Trino's Hive connector without its name.
 */
public class OrcReadConfig
{
    public static final String MAX_SMALL_FILE_THRESHOLD = "15MB";

    private boolean useColumnNames;
    private boolean bloomFiltersEnabled = true;
    private DataSize maxMergeDistance = DataSize.of(1, MEGABYTE);
    private DataSize maxBufferSize = DataSize.of(8, MEGABYTE);
    private DataSize maxReadBlockSize = DataSize.of(16, MEGABYTE);
    private DataSize smallFileThreshold = DataSize.of(3, MEGABYTE);
    private DataSize maxFooterReadSize = DataSize.of(64, MEGABYTE);
    private DataSize footerCacheSize = DataSize.of(64, MEGABYTE);
    private int domainCompactionThreshold = 1000;
    private DateTimeZone timeZone = DateTimeZone.UTC;

    public boolean isUseColumnNames()
    {
        return useColumnNames;
    }

    @Config("orc.use-column-names")
    @ConfigDescription("Find a table's columns in a file by name; by position otherwise, as Athena does")
    public OrcReadConfig setUseColumnNames(boolean useColumnNames)
    {
        this.useColumnNames = useColumnNames;
        return this;
    }

    public boolean isBloomFiltersEnabled()
    {
        return bloomFiltersEnabled;
    }

    @Config("orc.bloom-filters.enabled")
    @ConfigDescription("Skip row groups by their Bloom filters")
    public OrcReadConfig setBloomFiltersEnabled(boolean bloomFiltersEnabled)
    {
        this.bloomFiltersEnabled = bloomFiltersEnabled;
        return this;
    }

    @NotNull
    public DataSize getMaxMergeDistance()
    {
        return maxMergeDistance;
    }

    @Config("orc.max-merge-distance")
    @ConfigDescription("Gap between two streams up to which one request fetches both")
    public OrcReadConfig setMaxMergeDistance(DataSize maxMergeDistance)
    {
        this.maxMergeDistance = maxMergeDistance;
        return this;
    }

    @NotNull
    @MinDataSize("1kB")
    @MaxDataSize("1GB")
    public DataSize getMaxBufferSize()
    {
        return maxBufferSize;
    }

    @Config("orc.max-buffer-size")
    @ConfigDescription("Bytes up to which streams share a request")
    public OrcReadConfig setMaxBufferSize(DataSize maxBufferSize)
    {
        this.maxBufferSize = maxBufferSize;
        return this;
    }

    @NotNull
    public DataSize getMaxReadBlockSize()
    {
        return maxReadBlockSize;
    }

    @Config("orc.max-read-block-size")
    @ConfigDescription("Size to which a batch of rows is kept")
    public OrcReadConfig setMaxReadBlockSize(DataSize maxReadBlockSize)
    {
        this.maxReadBlockSize = maxReadBlockSize;
        return this;
    }

    @NotNull
    @MaxDataSize(MAX_SMALL_FILE_THRESHOLD)
    public DataSize getSmallFileThreshold()
    {
        return smallFileThreshold;
    }

    @Config("orc.small-file-threshold")
    @ConfigDescription("Size up to which a file is fetched whole, in one request")
    public OrcReadConfig setSmallFileThreshold(DataSize smallFileThreshold)
    {
        this.smallFileThreshold = smallFileThreshold;
        return this;
    }

    @NotNull
    @MinDataSize("64kB")
    @MaxDataSize("1GB")
    public DataSize getMaxFooterReadSize()
    {
        return maxFooterReadSize;
    }

    @Config("orc.max-footer-read-size")
    @ConfigDescription("Largest footer, decompressed, that is read; a file with a larger one is refused")
    public OrcReadConfig setMaxFooterReadSize(DataSize maxFooterReadSize)
    {
        this.maxFooterReadSize = maxFooterReadSize;
        return this;
    }

    @NotNull
    public DataSize getFooterCacheSize()
    {
        return footerCacheSize;
    }

    @Config("orc.footer-cache-size")
    @ConfigDescription("Memory for the footers from which the costs of scans are told; 0B keeps none")
    public OrcReadConfig setFooterCacheSize(DataSize footerCacheSize)
    {
        this.footerCacheSize = footerCacheSize;
        return this;
    }

    @Min(1)
    public int getDomainCompactionThreshold()
    {
        return domainCompactionThreshold;
    }

    @Config("orc.domain-compaction-threshold")
    @ConfigDescription("Most values of a filter that are looked up in a Bloom filter")
    public OrcReadConfig setDomainCompactionThreshold(int domainCompactionThreshold)
    {
        this.domainCompactionThreshold = domainCompactionThreshold;
        return this;
    }

    @NotNull
    public String getTimeZone()
    {
        return timeZone.getID();
    }

    @Config("orc.time-zone")
    @ConfigDescription("Zone of timestamps in files that do not name the zone of their writer")
    public OrcReadConfig setTimeZone(String timeZone)
    {
        this.timeZone = DateTimeZone.forID(timeZone);
        return this;
    }

    DateTimeZone dateTimeZone()
    {
        return timeZone;
    }
}
