package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.airlift.units.DataSize;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;
import java.util.Optional;

import static io.tarn.format.orc.OrcReadConfig.MAX_SMALL_FILE_THRESHOLD;
import static io.trino.plugin.base.session.PropertyMetadataUtil.dataSizeProperty;
import static io.trino.plugin.base.session.PropertyMetadataUtil.validateMaxDataSize;
import static io.trino.spi.session.PropertyMetadata.booleanProperty;

public class OrcSessionProperties
        implements SessionPropertiesProvider
{
    private static final String USE_COLUMN_NAMES = "orc_use_column_names";
    private static final String BLOOM_FILTERS_ENABLED = "orc_bloom_filters_enabled";
    private static final String MAX_MERGE_DISTANCE = "orc_max_merge_distance";
    private static final String MAX_BUFFER_SIZE = "orc_max_buffer_size";
    private static final String MAX_READ_BLOCK_SIZE = "orc_max_read_block_size";
    private static final String SMALL_FILE_THRESHOLD = "orc_small_file_threshold";

    private final List<PropertyMetadata<?>> properties;

    @Inject
    public OrcSessionProperties(OrcReadConfig config)
    {
        properties = ImmutableList.of(
                booleanProperty(USE_COLUMN_NAMES, "Find a table's columns in an ORC file by name; by position otherwise", config.isUseColumnNames(), false),
                booleanProperty(BLOOM_FILTERS_ENABLED, "Skip ORC row groups by their Bloom filters", config.isBloomFiltersEnabled(), false),
                dataSizeProperty(MAX_MERGE_DISTANCE, "Gap between two ORC streams up to which one request fetches both", config.getMaxMergeDistance(), false),
                dataSizeProperty(
                        MAX_BUFFER_SIZE,
                        "Bytes up to which ORC streams share a request",
                        config.getMaxBufferSize(),
                        value -> validateMaxDataSize(MAX_BUFFER_SIZE, value, DataSize.valueOf("1GB")),
                        false),
                dataSizeProperty(MAX_READ_BLOCK_SIZE, "Size to which a batch of ORC rows is kept", config.getMaxReadBlockSize(), false),
                dataSizeProperty(
                        SMALL_FILE_THRESHOLD,
                        "Size up to which an ORC file is fetched whole, in one request",
                        config.getSmallFileThreshold(),
                        value -> validateMaxDataSize(SMALL_FILE_THRESHOLD, value, DataSize.valueOf(MAX_SMALL_FILE_THRESHOLD)),
                        false));
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return properties;
    }

    /**
     * The options that a session sets, and the configuration's others.
     *
     * @param byIndex what the table says about how its columns are found, where it says anything
     */
    static OrcReadOptions readOptions(ConnectorSession session, OrcReadConfig config, Optional<Boolean> byIndex)
    {
        return new OrcReadOptions(
                byIndex.map(index -> !index).orElseGet(() -> session.getProperty(USE_COLUMN_NAMES, Boolean.class)),
                session.getProperty(BLOOM_FILTERS_ENABLED, Boolean.class),
                new StreamRanges(session.getProperty(MAX_MERGE_DISTANCE, DataSize.class), session.getProperty(MAX_BUFFER_SIZE, DataSize.class)),
                session.getProperty(MAX_READ_BLOCK_SIZE, DataSize.class),
                session.getProperty(SMALL_FILE_THRESHOLD, DataSize.class),
                config.getMaxFooterReadSize(),
                config.getDomainCompactionThreshold(),
                config.dateTimeZone());
    }
}
