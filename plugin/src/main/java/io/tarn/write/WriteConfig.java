package io.tarn.write;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.DataSize;
import io.airlift.units.Duration;
import io.airlift.units.MinDataSize;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static java.util.concurrent.TimeUnit.DAYS;

public class WriteConfig
{
    private DataSize targetMaxFileSize = DataSize.of(1024, MEGABYTE);
    private int maxOpenPartitions = 100;
    private ExistingPartitions insertExistingPartitionsBehavior = ExistingPartitions.APPEND;
    private boolean scaleWriters = true;
    private DataSize sortBufferSize = DataSize.of(256, MEGABYTE);
    private Duration minOrphanRetention = new Duration(1, DAYS);

    @NotNull
    @MinDataSize("1kB")
    public DataSize getTargetMaxFileSize()
    {
        return targetMaxFileSize;
    }

    @Config("tarn.target-max-file-size")
    @ConfigDescription("About how large a written file becomes before the next is begun")
    public WriteConfig setTargetMaxFileSize(DataSize targetMaxFileSize)
    {
        this.targetMaxFileSize = targetMaxFileSize;
        return this;
    }

    @Min(1)
    public int getMaxOpenPartitions()
    {
        return maxOpenPartitions;
    }

    @Config("tarn.max-open-partitions")
    @ConfigDescription("Partitions that one writer of a statement may write")
    public WriteConfig setMaxOpenPartitions(int maxOpenPartitions)
    {
        this.maxOpenPartitions = maxOpenPartitions;
        return this;
    }

    @NotNull
    public ExistingPartitions getInsertExistingPartitionsBehavior()
    {
        return insertExistingPartitionsBehavior;
    }

    @Config("tarn.insert-existing-partitions-behavior")
    @ConfigDescription("What an insert does where a partition has rows already: APPEND, OVERWRITE or ERROR")
    public WriteConfig setInsertExistingPartitionsBehavior(ExistingPartitions insertExistingPartitionsBehavior)
    {
        this.insertExistingPartitionsBehavior = insertExistingPartitionsBehavior;
        return this;
    }

    public boolean isScaleWriters()
    {
        return scaleWriters;
    }

    @Config("tarn.scale-writers")
    @ConfigDescription("Begin with one writer, and add others as data comes")
    public WriteConfig setScaleWriters(boolean scaleWriters)
    {
        this.scaleWriters = scaleWriters;
        return this;
    }

    @NotNull
    @MinDataSize("1kB")
    public DataSize getSortBufferSize()
    {
        return sortBufferSize;
    }

    @Config("tarn.writer-sort-buffer-size")
    @ConfigDescription("Rows of sorted tables that one writer holds back to sort them; more become several sorted files")
    public WriteConfig setSortBufferSize(DataSize sortBufferSize)
    {
        this.sortBufferSize = sortBufferSize;
        return this;
    }

    @NotNull
    @MinDuration("0s")
    public Duration getMinOrphanRetention()
    {
        return minOrphanRetention;
    }

    @Config("tarn.remove-orphan-files.min-retention")
    @ConfigDescription("Smallest retention that remove_orphan_files takes: a write that runs for longer would lose its files")
    public WriteConfig setMinOrphanRetention(Duration minOrphanRetention)
    {
        this.minOrphanRetention = minOrphanRetention;
        return this;
    }
}
