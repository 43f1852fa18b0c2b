package io.tarn.connector;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import io.tarn.athena.dialect.DialectMode;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import static java.util.concurrent.TimeUnit.SECONDS;

public class TarnConfig
{
    private Duration dynamicFilteringWaitTimeout = new Duration(1, SECONDS);
    private boolean bucketExecutionEnabled = true;
    private int domainCompactionThreshold = 1000;
    private DialectMode dialect = DialectMode.AUTO;

    @NotNull
    @MinDuration("0ms")
    public Duration getDynamicFilteringWaitTimeout()
    {
        return dynamicFilteringWaitTimeout;
    }

    @Config("tarn.dynamic-filtering.wait-timeout")
    @ConfigDescription("How long a scan waits for the other side of a join to say what it needs")
    public TarnConfig setDynamicFilteringWaitTimeout(Duration dynamicFilteringWaitTimeout)
    {
        this.dynamicFilteringWaitTimeout = dynamicFilteringWaitTimeout;
        return this;
    }

    @Min(1)
    public int getDomainCompactionThreshold()
    {
        return domainCompactionThreshold;
    }

    @Config("tarn.domain-compaction-threshold")
    @ConfigDescription("A condition with more ranges than this is widened before files are asked with it")
    public TarnConfig setDomainCompactionThreshold(int domainCompactionThreshold)
    {
        this.domainCompactionThreshold = domainCompactionThreshold;
        return this;
    }

    public boolean isBucketExecutionEnabled()
    {
        return bucketExecutionEnabled;
    }

    @Config("tarn.bucket-execution")
    @ConfigDescription("Read only those buckets of a table that can hold the rows that are asked for")
    public TarnConfig setBucketExecutionEnabled(boolean bucketExecutionEnabled)
    {
        this.bucketExecutionEnabled = bucketExecutionEnabled;
        return this;
    }

    @NotNull
    public DialectMode getDialect()
    {
        return dialect;
    }

    @Config("tarn.dialect")
    @ConfigDescription("Whose reading of a statement wins where the session does not say: AUTO, ATHENA or TRINO")
    public TarnConfig setDialect(DialectMode dialect)
    {
        this.dialect = dialect;
        return this;
    }
}
