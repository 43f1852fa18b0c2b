package io.tarn.format.orc;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.DataSize;
import io.airlift.units.MaxDataSize;
import io.airlift.units.MinDataSize;
import io.trino.orc.OrcWriterOptions;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * How ORC files are written; the keys are those of Trino's Hive connector without its name.
 */
public class OrcWriteConfig
{
    public static final String MAX_STRIPE_SIZE = "1GB";

    private OrcWriterOptions options = new OrcWriterOptions();

    @NotNull
    @MaxDataSize(MAX_STRIPE_SIZE)
    public DataSize getStripeMinSize()
    {
        return options.getStripeMinSize();
    }

    @Config("orc.writer.stripe-min-size")
    @ConfigDescription("Size below which a stripe is not ended for the sake of its dictionaries")
    public OrcWriteConfig setStripeMinSize(DataSize stripeMinSize)
    {
        options = options.withStripeMinSize(stripeMinSize);
        return this;
    }

    @NotNull
    @MinDataSize("64kB")
    @MaxDataSize(MAX_STRIPE_SIZE)
    public DataSize getStripeMaxSize()
    {
        return options.getStripeMaxSize();
    }

    @Config("orc.writer.stripe-max-size")
    @ConfigDescription("Size at which a stripe ends")
    public OrcWriteConfig setStripeMaxSize(DataSize stripeMaxSize)
    {
        options = options.withStripeMaxSize(stripeMaxSize);
        return this;
    }

    @AssertTrue(message = "orc.writer.stripe-min-size must not be larger than orc.writer.stripe-max-size")
    public boolean isStripeSizesOrdered()
    {
        return options.getStripeMinSize().compareTo(options.getStripeMaxSize()) <= 0;
    }

    @Min(1)
    public int getStripeMaxRowCount()
    {
        return options.getStripeMaxRowCount();
    }

    @Config("orc.writer.stripe-max-rows")
    @ConfigDescription("Rows at which a stripe ends")
    public OrcWriteConfig setStripeMaxRowCount(int stripeMaxRowCount)
    {
        options = options.withStripeMaxRowCount(stripeMaxRowCount);
        return this;
    }

    @Min(100)
    @Max(1_000_000)
    public int getRowGroupMaxRowCount()
    {
        return options.getRowGroupMaxRowCount();
    }

    @Config("orc.writer.row-group-max-rows")
    @ConfigDescription("Rows of a row group, for which a stripe's indexes have an entry")
    public OrcWriteConfig setRowGroupMaxRowCount(int rowGroupMaxRowCount)
    {
        options = options.withRowGroupMaxRowCount(rowGroupMaxRowCount);
        return this;
    }

    @NotNull
    @MaxDataSize(MAX_STRIPE_SIZE)
    public DataSize getDictionaryMaxMemory()
    {
        return options.getDictionaryMaxMemory();
    }

    @Config("orc.writer.dictionary-max-memory")
    @ConfigDescription("Memory for a stripe's dictionaries")
    public OrcWriteConfig setDictionaryMaxMemory(DataSize dictionaryMaxMemory)
    {
        options = options.withDictionaryMaxMemory(dictionaryMaxMemory);
        return this;
    }

    @NotNull
    public DataSize getStringStatisticsLimit()
    {
        return options.getMaxStringStatisticsLimit();
    }

    @Config("orc.writer.string-statistics-limit")
    @ConfigDescription("Longest smallest or largest value of a text column that is written into the statistics")
    public OrcWriteConfig setStringStatisticsLimit(DataSize stringStatisticsLimit)
    {
        options = options.withMaxStringStatisticsLimit(stringStatisticsLimit);
        return this;
    }

    @NotNull
    @MinDataSize("1kB")
    @MaxDataSize("4MB")
    public DataSize getMaxCompressionBufferSize()
    {
        return options.getMaxCompressionBufferSize();
    }

    @Config("orc.writer.max-compression-buffer-size")
    @ConfigDescription("Bytes that are compressed at a time")
    public OrcWriteConfig setMaxCompressionBufferSize(DataSize maxCompressionBufferSize)
    {
        options = options.withMaxCompressionBufferSize(maxCompressionBufferSize);
        return this;
    }

    public double getDefaultBloomFilterFpp()
    {
        return options.getBloomFilterFpp();
    }

    @Config("orc.default-bloom-filter-fpp")
    @ConfigDescription("How often a Bloom filter may err, where the table does not say it; more than 0 and less than 1")
    public OrcWriteConfig setDefaultBloomFilterFpp(double defaultBloomFilterFpp)
    {
        options = options.withBloomFilterFpp(defaultBloomFilterFpp);
        return this;
    }

    @AssertTrue(message = "orc.default-bloom-filter-fpp must be more than 0 and less than 1")
    public boolean isBloomFilterFppInRange()
    {
        return options.getBloomFilterFpp() > 0 && options.getBloomFilterFpp() < 1;
    }

    OrcWriterOptions options()
    {
        return options;
    }
}
