package io.tarn.format.parquet;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.airlift.bootstrap.Bootstrap;
import io.tarn.format.FileFormat;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.session.PropertyMetadata;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;

import static com.google.common.collect.Iterables.getOnlyElement;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetFormatModule
{
    @Test
    void testBindings()
    {
        Injector injector = new Bootstrap("io.tarn.test", new ParquetFormatModule())
                .doNotInitializeLogging()
                .quiet()
                .setRequiredConfigurationProperties(Map.of("parquet.use-column-names", "false", "parquet.time-zone", "Europe/Vienna"))
                .initialize();
        assertThat(getOnlyElement(injector.getInstance(new Key<Set<FileFormat>>() {})).name()).isEqualTo("PARQUET");
        assertThat(injector.getInstance(ParquetFooters.class)).isNotNull();
        SessionPropertiesProvider properties = getOnlyElement(injector.getInstance(Key.get(new TypeLiteral<Set<SessionPropertiesProvider>>() {})));
        assertThat(properties.getSessionProperties()).extracting(PropertyMetadata::getName).containsExactlyInAnyOrder(
                "parquet_use_column_names",
                "parquet_use_column_index",
                "parquet_use_bloom_filter",
                "parquet_ignore_statistics",
                "parquet_max_read_block_size",
                "parquet_max_read_block_row_count",
                "parquet_small_file_threshold",
                "parquet_vectorized_decoding_enabled");
        assertThat(properties.getSessionProperties().getFirst().getDefaultValue()).isEqualTo(false);
    }
}
