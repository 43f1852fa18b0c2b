package io.tarn.scan;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.DataSize;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import static io.airlift.units.DataSize.Unit.MEGABYTE;

public class ScanConfig
{
    private DataSize maxSplitSize = DataSize.of(32, MEGABYTE);
    private DataSize smallFileGroupSize = DataSize.of(16, MEGABYTE);
    private int maxFilesPerSplit = 100;
    private int listingConcurrency = 8;
    private int estimateConcurrency = 16;
    private int maxPartitionsPerScan = 1_000_000;
    private int partitionBatchSize = 1000;

    @NotNull
    public DataSize getMaxSplitSize()
    {
        return maxSplitSize;
    }

    @Config("tarn.max-split-size")
    @ConfigDescription("A file that can be read in parts is cut into parts of at most this size")
    public ScanConfig setMaxSplitSize(DataSize maxSplitSize)
    {
        this.maxSplitSize = maxSplitSize;
        return this;
    }

    @NotNull
    public DataSize getSmallFileGroupSize()
    {
        return smallFileGroupSize;
    }

    @Config("tarn.small-file-group-size")
    @ConfigDescription("Smaller files are read together, in one split, up to this size")
    public ScanConfig setSmallFileGroupSize(DataSize smallFileGroupSize)
    {
        this.smallFileGroupSize = smallFileGroupSize;
        return this;
    }

    @Min(1)
    public int getMaxFilesPerSplit()
    {
        return maxFilesPerSplit;
    }

    @Config("tarn.max-files-per-split")
    @ConfigDescription("How many small files one split reads at the most")
    public ScanConfig setMaxFilesPerSplit(int maxFilesPerSplit)
    {
        this.maxFilesPerSplit = maxFilesPerSplit;
        return this;
    }

    @Min(1)
    public int getListingConcurrency()
    {
        return listingConcurrency;
    }

    @Config("tarn.listing-concurrency")
    @ConfigDescription("How many partitions of one scan are listed at the same time")
    public ScanConfig setListingConcurrency(int listingConcurrency)
    {
        this.listingConcurrency = listingConcurrency;
        return this;
    }

    @Min(1)
    public int getEstimateConcurrency()
    {
        return estimateConcurrency;
    }

    @Config("tarn.estimate-concurrency")
    @ConfigDescription("How many files of one scan are asked at the same time what reading them would cost")
    public ScanConfig setEstimateConcurrency(int estimateConcurrency)
    {
        this.estimateConcurrency = estimateConcurrency;
        return this;
    }

    @Min(1)
    public int getMaxPartitionsPerScan()
    {
        return maxPartitionsPerScan;
    }

    @Config("tarn.max-partitions-per-scan")
    @ConfigDescription("A scan that selects more partitions is refused; Athena's limit is one million")
    public ScanConfig setMaxPartitionsPerScan(int maxPartitionsPerScan)
    {
        this.maxPartitionsPerScan = maxPartitionsPerScan;
        return this;
    }

    @Min(1)
    public int getPartitionBatchSize()
    {
        return partitionBatchSize;
    }

    @Config("tarn.partition-batch-size")
    @ConfigDescription("How many partition definitions are asked of the catalogue at once")
    public ScanConfig setPartitionBatchSize(int partitionBatchSize)
    {
        this.partitionBatchSize = partitionBatchSize;
        return this;
    }
}
