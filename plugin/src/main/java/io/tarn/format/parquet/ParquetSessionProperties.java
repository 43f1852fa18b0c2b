package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.airlift.units.DataSize;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;

import static io.tarn.format.parquet.ParquetReadConfig.MAX_READ_BLOCK_ROW_COUNT;
import static io.tarn.format.parquet.ParquetReadConfig.MAX_SMALL_FILE_THRESHOLD;
import static io.tarn.format.parquet.ParquetReadConfig.MIN_READ_BLOCK_ROW_COUNT;
import static io.trino.plugin.base.session.PropertyMetadataUtil.dataSizeProperty;
import static io.trino.plugin.base.session.PropertyMetadataUtil.validateMaxDataSize;
import static io.trino.spi.StandardErrorCode.INVALID_SESSION_PROPERTY;
import static io.trino.spi.session.PropertyMetadata.booleanProperty;
import static io.trino.spi.session.PropertyMetadata.integerProperty;

public class ParquetSessionProperties
        implements SessionPropertiesProvider
{
    private static final String USE_COLUMN_NAMES = "parquet_use_column_names";
    private static final String USE_COLUMN_INDEX = "parquet_use_column_index";
    private static final String USE_BLOOM_FILTER = "parquet_use_bloom_filter";
    private static final String IGNORE_STATISTICS = "parquet_ignore_statistics";
    private static final String MAX_READ_BLOCK_SIZE = "parquet_max_read_block_size";
    private static final String MAX_READ_BLOCK_ROW_COUNT_PROPERTY = "parquet_max_read_block_row_count";
    private static final String SMALL_FILE_THRESHOLD = "parquet_small_file_threshold";
    private static final String VECTORIZED_DECODING_ENABLED = "parquet_vectorized_decoding_enabled";

    private final List<PropertyMetadata<?>> properties;

    @Inject
    public ParquetSessionProperties(ParquetReadConfig config)
    {
        properties = ImmutableList.of(
                booleanProperty(USE_COLUMN_NAMES, "Find a table's columns in a Parquet file by name; by position otherwise", config.isUseColumnNames(), false),
                booleanProperty(USE_COLUMN_INDEX, "Skip Parquet pages by the column index", config.isUseColumnIndex(), false),
                booleanProperty(USE_BLOOM_FILTER, "Skip Parquet row groups by their Bloom filters", config.isUseBloomFilter(), false),
                booleanProperty(IGNORE_STATISTICS, "Read every Parquet row group, whatever its statistics say", config.isIgnoreStatistics(), false),
                dataSizeProperty(MAX_READ_BLOCK_SIZE, "Size to which a batch of Parquet rows is kept", config.getMaxReadBlockSize(), false),
                integerProperty(
                        MAX_READ_BLOCK_ROW_COUNT_PROPERTY,
                        "Most rows of a batch of Parquet rows",
                        config.getMaxReadBlockRowCount(),
                        ParquetSessionProperties::validateRowCount,
                        false),
                dataSizeProperty(
                        SMALL_FILE_THRESHOLD,
                        "Size up to which a Parquet file is fetched whole, in one request",
                        config.getSmallFileThreshold(),
                        value -> validateMaxDataSize(SMALL_FILE_THRESHOLD, value, DataSize.valueOf(MAX_SMALL_FILE_THRESHOLD)),
                        false),
                booleanProperty(VECTORIZED_DECODING_ENABLED, "Decode Parquet with the Java Vector API", config.isVectorizedDecodingEnabled(), false));
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return properties;
    }

    static boolean useColumnNames(ConnectorSession session)
    {
        return session.getProperty(USE_COLUMN_NAMES, Boolean.class);
    }

    /**
     * The options that a session sets, over those that it leaves to the configuration.
     */
    static ParquetReaderOptions readerOptions(ConnectorSession session, ParquetReaderOptions configured)
    {
        return ParquetReaderOptions.builder(configured)
                .withUseColumnIndex(session.getProperty(USE_COLUMN_INDEX, Boolean.class))
                .withBloomFilter(session.getProperty(USE_BLOOM_FILTER, Boolean.class))
                .withIgnoreStatistics(session.getProperty(IGNORE_STATISTICS, Boolean.class))
                .withMaxReadBlockSize(session.getProperty(MAX_READ_BLOCK_SIZE, DataSize.class))
                .withMaxReadBlockRowCount(session.getProperty(MAX_READ_BLOCK_ROW_COUNT_PROPERTY, Integer.class))
                .withSmallFileThreshold(session.getProperty(SMALL_FILE_THRESHOLD, DataSize.class))
                .withVectorizedDecodingEnabled(session.getProperty(VECTORIZED_DECODING_ENABLED, Boolean.class))
                .build();
    }

    private static void validateRowCount(int value)
    {
        if (value < MIN_READ_BLOCK_ROW_COUNT || value > MAX_READ_BLOCK_ROW_COUNT) {
            throw new TrinoException(INVALID_SESSION_PROPERTY, "%s must be between %s and %s: %s"
                    .formatted(MAX_READ_BLOCK_ROW_COUNT_PROPERTY, MIN_READ_BLOCK_ROW_COUNT, MAX_READ_BLOCK_ROW_COUNT, value));
        }
    }
}
