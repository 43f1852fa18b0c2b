package io.tarn.quota;

import io.airlift.stats.CounterStat;
import io.airlift.stats.TimeStat;
import org.weakref.jmx.Managed;
import org.weakref.jmx.Nested;

/**
 * What the gate did since the coordinator started; bytes where the name says so, else queries.
 */
public class QuotaStats
{
    private final CounterStat admitted = new CounterStat();
    private final CounterStat refused = new CounterStat();
    private final CounterStat warned = new CounterStat();
    private final CounterStat settled = new CounterStat();
    private final CounterStat reservedBytes = new CounterStat();
    private final CounterStat settledBytes = new CounterStat();
    private final CounterStat overshootBytes = new CounterStat();
    private final CounterStat ledgerFailures = new CounterStat();
    private final TimeStat admissionTime = new TimeStat();

    @Managed
    @Nested
    public CounterStat getAdmitted()
    {
        return admitted;
    }

    @Managed
    @Nested
    public CounterStat getRefused()
    {
        return refused;
    }

    @Managed
    @Nested
    public CounterStat getWarned()
    {
        return warned;
    }

    @Managed
    @Nested
    public CounterStat getSettled()
    {
        return settled;
    }

    @Managed
    @Nested
    public CounterStat getReservedBytes()
    {
        return reservedBytes;
    }

    @Managed
    @Nested
    public CounterStat getSettledBytes()
    {
        return settledBytes;
    }

    /**
     * Bytes that queries read beyond what they had reserved.
     */
    @Managed
    @Nested
    public CounterStat getOvershootBytes()
    {
        return overshootBytes;
    }

    @Managed
    @Nested
    public CounterStat getLedgerFailures()
    {
        return ledgerFailures;
    }

    @Managed
    @Nested
    public TimeStat getAdmissionTime()
    {
        return admissionTime;
    }
}
