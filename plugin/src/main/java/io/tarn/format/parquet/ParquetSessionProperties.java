package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.airlift.units.DataSize;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;

import static io.trino.plugin.base.session.PropertyMetadataUtil.dataSizeProperty;
import static io.trino.spi.session.PropertyMetadata.booleanProperty;

public class ParquetSessionProperties
        implements SessionPropertiesProvider
{
    private static final String USE_COLUMN_NAMES = "parquet_use_column_names";
    private static final String IGNORE_STATISTICS = "parquet_ignore_statistics";
    private static final String USE_COLUMN_INDEX = "parquet_use_column_index";
    private static final String USE_BLOOM_FILTER = "parquet_use_bloom_filter";
    private static final String SMALL_FILE_THRESHOLD = "parquet_small_file_threshold";

    private final List<PropertyMetadata<?>> properties;

    @Inject
    public ParquetSessionProperties(ParquetReadConfig config)
    {
        properties = ImmutableList.of(
                booleanProperty(USE_COLUMN_NAMES, "Find columns in a file by name; otherwise by position", config.isUseColumnNames(), false),
                booleanProperty(IGNORE_STATISTICS, "Read every row group, whatever its statistics say", config.isIgnoreStatistics(), false),
                booleanProperty(USE_COLUMN_INDEX, "Leave out pages that cannot hold a wanted row", config.isUseColumnIndex(), false),
                booleanProperty(USE_BLOOM_FILTER, "Leave out row groups whose Bloom filters hold no wanted value", config.isUseBloomFilter(), false),
                dataSizeProperty(SMALL_FILE_THRESHOLD, "A file up to this size is read in one request", config.getSmallFileThreshold(), false));
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return properties;
    }

    static boolean isUseColumnNames(ConnectorSession session)
    {
        return session.getProperty(USE_COLUMN_NAMES, Boolean.class);
    }

    static ParquetReaderOptions options(ParquetReaderOptions configured, ConnectorSession session)
    {
        return ParquetReaderOptions.builder(configured)
                .withIgnoreStatistics(session.getProperty(IGNORE_STATISTICS, Boolean.class))
                .withUseColumnIndex(session.getProperty(USE_COLUMN_INDEX, Boolean.class))
                .withBloomFilter(session.getProperty(USE_BLOOM_FILTER, Boolean.class))
                .withSmallFileThreshold(session.getProperty(SMALL_FILE_THRESHOLD, DataSize.class))
                .build();
    }
}
