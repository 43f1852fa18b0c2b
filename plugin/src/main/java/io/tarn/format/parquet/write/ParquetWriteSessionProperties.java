package io.tarn.format.parquet.write;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.airlift.units.DataSize;
import io.trino.parquet.writer.ParquetWriterOptions;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;
import java.util.function.Consumer;

import static io.tarn.format.parquet.write.ParquetWriteConfig.MAX_PAGE_SIZE;
import static io.tarn.format.parquet.write.ParquetWriteConfig.MAX_PAGE_VALUE_COUNT;
import static io.tarn.format.parquet.write.ParquetWriteConfig.MAX_ROW_GROUP_SIZE;
import static io.tarn.format.parquet.write.ParquetWriteConfig.MIN_PAGE_SIZE;
import static io.tarn.format.parquet.write.ParquetWriteConfig.MIN_PAGE_VALUE_COUNT;
import static io.trino.plugin.base.session.PropertyMetadataUtil.dataSizeProperty;
import static io.trino.plugin.base.session.PropertyMetadataUtil.validateMaxDataSize;
import static io.trino.plugin.base.session.PropertyMetadataUtil.validateMinDataSize;
import static io.trino.spi.StandardErrorCode.INVALID_SESSION_PROPERTY;
import static io.trino.spi.session.PropertyMetadata.integerProperty;

/**
 * The names are those of Trino's Hive connector.
 */
public class ParquetWriteSessionProperties
        implements SessionPropertiesProvider
{
    private static final String ROW_GROUP_SIZE = "parquet_writer_row_group_size";
    private static final String ROW_GROUP_MAX_ROW_COUNT = "parquet_writer_row_group_max_row_count";
    private static final String PAGE_SIZE = "parquet_writer_page_size";
    private static final String PAGE_VALUE_COUNT = "parquet_writer_page_value_count";
    private static final String BATCH_SIZE = "parquet_writer_batch_size";

    private final List<PropertyMetadata<?>> properties;

    @Inject
    public ParquetWriteSessionProperties(ParquetWriteConfig config)
    {
        properties = ImmutableList.of(
                dataSizeProperty(
                        ROW_GROUP_SIZE,
                        "Size at which a Parquet row group is closed",
                        config.getRowGroupSize(),
                        value -> validateMaxDataSize(ROW_GROUP_SIZE, value, DataSize.valueOf(MAX_ROW_GROUP_SIZE)),
                        false),
                integerProperty(
                        ROW_GROUP_MAX_ROW_COUNT,
                        "Most rows of a Parquet row group",
                        config.getRowGroupMaxRowCount(),
                        between(ROW_GROUP_MAX_ROW_COUNT, MIN_PAGE_VALUE_COUNT, Integer.MAX_VALUE),
                        false),
                dataSizeProperty(
                        PAGE_SIZE,
                        "Size at which a Parquet page is closed",
                        config.getPageSize(),
                        value -> {
                            validateMinDataSize(PAGE_SIZE, value, DataSize.valueOf(MIN_PAGE_SIZE));
                            validateMaxDataSize(PAGE_SIZE, value, DataSize.valueOf(MAX_PAGE_SIZE));
                        },
                        false),
                integerProperty(
                        PAGE_VALUE_COUNT,
                        "Most values of a Parquet page",
                        config.getPageValueCount(),
                        between(PAGE_VALUE_COUNT, MIN_PAGE_VALUE_COUNT, MAX_PAGE_VALUE_COUNT),
                        false),
                integerProperty(
                        BATCH_SIZE,
                        "Most rows that are encoded as Parquet at once",
                        config.getBatchSize(),
                        between(BATCH_SIZE, 1, Integer.MAX_VALUE),
                        false));
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return properties;
    }

    static ParquetWriterOptions.Builder writerOptions(ConnectorSession session)
    {
        return ParquetWriterOptions.builder()
                .setMaxBlockSize(session.getProperty(ROW_GROUP_SIZE, DataSize.class))
                .setMaxRowGroupRowCount(session.getProperty(ROW_GROUP_MAX_ROW_COUNT, Integer.class))
                .setMaxPageSize(session.getProperty(PAGE_SIZE, DataSize.class))
                .setMaxPageValueCount(session.getProperty(PAGE_VALUE_COUNT, Integer.class))
                .setBatchSize(session.getProperty(BATCH_SIZE, Integer.class));
    }

    private static Consumer<Integer> between(String property, int min, int max)
    {
        return value -> {
            if (value < min || value > max) {
                throw new TrinoException(INVALID_SESSION_PROPERTY, "%s must be between %s and %s: %s".formatted(property, min, max, value));
            }
        };
    }
}
