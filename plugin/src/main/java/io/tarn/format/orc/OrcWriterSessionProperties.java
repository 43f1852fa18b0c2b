package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.airlift.units.DataSize;
import io.trino.orc.OrcWriterOptions;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;

import static io.tarn.format.orc.OrcWriteConfig.MAX_STRIPE_SIZE;
import static io.trino.plugin.base.session.PropertyMetadataUtil.dataSizeProperty;
import static io.trino.plugin.base.session.PropertyMetadataUtil.validateMaxDataSize;
import static io.trino.spi.StandardErrorCode.INVALID_SESSION_PROPERTY;
import static io.trino.spi.session.PropertyMetadata.integerProperty;

/**
 * The names are those of Trino's Hive connector.
 */
public class OrcWriterSessionProperties
        implements SessionPropertiesProvider
{
    private static final String MIN_STRIPE_SIZE = "orc_optimized_writer_min_stripe_size";
    private static final String MAX_STRIPE_SIZE_PROPERTY = "orc_optimized_writer_max_stripe_size";
    private static final String MAX_STRIPE_ROWS = "orc_optimized_writer_max_stripe_rows";
    private static final String MAX_DICTIONARY_MEMORY = "orc_optimized_writer_max_dictionary_memory";
    private static final String STRING_STATISTICS_LIMIT = "orc_string_statistics_limit";

    private final List<PropertyMetadata<?>> properties;

    @Inject
    public OrcWriterSessionProperties(OrcWriteConfig config)
    {
        properties = ImmutableList.of(
                stripeSized(MIN_STRIPE_SIZE, "Size below which an ORC stripe is not ended for the sake of its dictionaries", config.getStripeMinSize()),
                stripeSized(MAX_STRIPE_SIZE_PROPERTY, "Size at which an ORC stripe ends", config.getStripeMaxSize()),
                integerProperty(MAX_STRIPE_ROWS, "Rows at which an ORC stripe ends", config.getStripeMaxRowCount(), OrcWriterSessionProperties::validateRows, false),
                stripeSized(MAX_DICTIONARY_MEMORY, "Memory for an ORC stripe's dictionaries", config.getDictionaryMaxMemory()),
                dataSizeProperty(STRING_STATISTICS_LIMIT, "Longest smallest or largest value of a text column that is written into ORC statistics", config.getStringStatisticsLimit(), false));
    }

    private static PropertyMetadata<DataSize> stripeSized(String name, String description, DataSize defaultValue)
    {
        return dataSizeProperty(name, description, defaultValue, value -> validateMaxDataSize(name, value, DataSize.valueOf(MAX_STRIPE_SIZE)), false);
    }

    private static void validateRows(int rows)
    {
        if (rows < 1) {
            throw new TrinoException(INVALID_SESSION_PROPERTY, "%s must be at least 1: %s".formatted(MAX_STRIPE_ROWS, rows));
        }
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return properties;
    }

    /**
     * The options that a session sets, over those that it leaves to the configuration.
     */
    static OrcWriterOptions writerOptions(ConnectorSession session, OrcWriterOptions configured)
    {
        DataSize minStripeSize = session.getProperty(MIN_STRIPE_SIZE, DataSize.class);
        DataSize maxStripeSize = session.getProperty(MAX_STRIPE_SIZE_PROPERTY, DataSize.class);
        if (minStripeSize.compareTo(maxStripeSize) > 0) {
            throw new TrinoException(INVALID_SESSION_PROPERTY, "%s, %s, must not be larger than %s, %s".formatted(MIN_STRIPE_SIZE, minStripeSize, MAX_STRIPE_SIZE_PROPERTY, maxStripeSize));
        }
        return configured
                .withStripeMinSize(minStripeSize)
                .withStripeMaxSize(maxStripeSize)
                .withStripeMaxRowCount(session.getProperty(MAX_STRIPE_ROWS, Integer.class))
                .withDictionaryMaxMemory(session.getProperty(MAX_DICTIONARY_MEMORY, DataSize.class))
                .withMaxStringStatisticsLimit(session.getProperty(STRING_STATISTICS_LIMIT, DataSize.class));
    }
}
