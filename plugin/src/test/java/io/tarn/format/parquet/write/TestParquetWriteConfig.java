package io.tarn.format.parquet.write;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static io.airlift.units.DataSize.Unit.KILOBYTE;
import static io.airlift.units.DataSize.Unit.MEGABYTE;

class TestParquetWriteConfig
{
    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(ParquetWriteConfig.class)
                .setRowGroupSize(DataSize.of(128, MEGABYTE))
                .setRowGroupMaxRowCount(Integer.MAX_VALUE)
                .setPageSize(DataSize.of(1, MEGABYTE))
                .setPageValueCount(60_000)
                .setBatchSize(10_000)
                .setDeltaLengthByteArrayEncodingEnabled(true));
    }

    @Test
    void testExplicitPropertyMappings()
    {
        Map<String, String> properties = ImmutableMap.<String, String>builder()
                .put("parquet.writer.row-group-size", "64MB")
                .put("parquet.writer.row-group-max-row-count", "5000")
                .put("parquet.writer.page-size", "16kB")
                .put("parquet.writer.page-value-count", "2000")
                .put("parquet.writer.batch-size", "7")
                .put("parquet.writer.delta-length-byte-array-encoding-enabled", "false")
                .buildOrThrow();
        assertFullMapping(properties, new ParquetWriteConfig()
                .setRowGroupSize(DataSize.of(64, MEGABYTE))
                .setRowGroupMaxRowCount(5000)
                .setPageSize(DataSize.of(16, KILOBYTE))
                .setPageValueCount(2000)
                .setBatchSize(7)
                .setDeltaLengthByteArrayEncodingEnabled(false));
    }
}
