package io.tarn.format.parquet;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.airlift.bootstrap.Bootstrap;
import io.tarn.format.FileCodec;
import io.tarn.format.FileFormat;
import io.tarn.format.FileSchema;
import io.tarn.format.FormatWriter;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.session.PropertyMetadata;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
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
        FormatWriter writer = getOnlyElement(injector.getInstance(new Key<Set<FormatWriter>>() {}));
        assertThat(writer.name()).isEqualTo("PARQUET");
        assertThat(writer.defaultCodec()).isEqualTo(FileCodec.ZSTD);
        assertThat(writer.codecs()).containsExactlyInAnyOrder(FileCodec.NONE, FileCodec.SNAPPY, FileCodec.GZIP, FileCodec.ZSTD);
        FileSchema schema = new FileSchema(writer.storageFormat().getSerde(), writer.storageFormat().getInputFormat(), List.of(), Map.of());
        assertThat(writer.accepts(schema)).isTrue();

        Map<String, Object> defaults = injector.getInstance(Key.get(new TypeLiteral<Set<SessionPropertiesProvider>>() {})).stream()
                .flatMap(provider -> provider.getSessionProperties().stream())
                .collect(toImmutableMap(PropertyMetadata::getName, PropertyMetadata::getDefaultValue));
        assertThat(defaults.keySet()).containsExactlyInAnyOrder(
                "parquet_use_column_names",
                "parquet_use_column_index",
                "parquet_use_bloom_filter",
                "parquet_ignore_statistics",
                "parquet_max_read_block_size",
                "parquet_max_read_block_row_count",
                "parquet_small_file_threshold",
                "parquet_vectorized_decoding_enabled",
                "parquet_writer_row_group_size",
                "parquet_writer_row_group_max_row_count",
                "parquet_writer_page_size",
                "parquet_writer_page_value_count",
                "parquet_writer_batch_size");
        assertThat(defaults.get("parquet_use_column_names")).isEqualTo(false);
    }
}
