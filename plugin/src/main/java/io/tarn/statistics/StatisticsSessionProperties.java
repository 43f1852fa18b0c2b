package io.tarn.statistics;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;

import static io.trino.spi.StandardErrorCode.INVALID_SESSION_PROPERTY;
import static io.trino.spi.session.PropertyMetadata.booleanProperty;
import static io.trino.spi.session.PropertyMetadata.integerProperty;

/**
 * The names are those of Trino's Hive connector where it has the property.
 */
public class StatisticsSessionProperties
        implements SessionPropertiesProvider
{
    private static final String STATISTICS_ENABLED = "statistics_enabled";
    private static final String CATALOG_STATISTICS_ENABLED = "catalog_statistics_enabled";
    private static final String FOOTER_STATISTICS_ENABLED = "footer_statistics_enabled";
    private static final String PARTITION_STATISTICS_SAMPLE_SIZE = "partition_statistics_sample_size";
    private static final String FOOTER_STATISTICS_MAX_FILES = "footer_statistics_max_files";
    private static final String COLLECT_COLUMN_STATISTICS_ON_WRITE = "collect_column_statistics_on_write";

    private final List<PropertyMetadata<?>> properties;

    @Inject
    public StatisticsSessionProperties(StatisticsConfig config)
    {
        properties = ImmutableList.of(
                booleanProperty(STATISTICS_ENABLED, "Tell the planner how large tables are and what their columns hold", config.isStatisticsEnabled(), false),
                booleanProperty(CATALOG_STATISTICS_ENABLED, "Take statistics from the catalogue", config.isCatalogStatisticsEnabled(), false),
                booleanProperty(FOOTER_STATISTICS_ENABLED, "Take the statistics that the catalogue lacks from the footers of files", config.isFooterStatisticsEnabled(), false),
                integerProperty(
                        PARTITION_STATISTICS_SAMPLE_SIZE,
                        "How many partitions of a table are asked for their statistics at the most",
                        config.getPartitionStatisticsSampleSize(),
                        value -> validatePositive(PARTITION_STATISTICS_SAMPLE_SIZE, value),
                        false),
                integerProperty(
                        FOOTER_STATISTICS_MAX_FILES,
                        "How many files of a table are asked for their footers at the most",
                        config.getFooterStatisticsMaxFiles(),
                        value -> validatePositive(FOOTER_STATISTICS_MAX_FILES, value),
                        false),
                booleanProperty(COLLECT_COLUMN_STATISTICS_ON_WRITE, "Keep column statistics of what is written in the catalogue", config.isCollectColumnStatisticsOnWrite(), false));
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return properties;
    }

    static boolean isStatisticsEnabled(ConnectorSession session)
    {
        return session.getProperty(STATISTICS_ENABLED, Boolean.class);
    }

    static boolean isCatalogStatisticsEnabled(ConnectorSession session)
    {
        return session.getProperty(CATALOG_STATISTICS_ENABLED, Boolean.class);
    }

    static boolean isFooterStatisticsEnabled(ConnectorSession session)
    {
        return session.getProperty(FOOTER_STATISTICS_ENABLED, Boolean.class);
    }

    static int partitionStatisticsSampleSize(ConnectorSession session)
    {
        return session.getProperty(PARTITION_STATISTICS_SAMPLE_SIZE, Integer.class);
    }

    static int footerStatisticsMaxFiles(ConnectorSession session)
    {
        return session.getProperty(FOOTER_STATISTICS_MAX_FILES, Integer.class);
    }

    static boolean isCollectColumnStatisticsOnWrite(ConnectorSession session)
    {
        return session.getProperty(COLLECT_COLUMN_STATISTICS_ON_WRITE, Boolean.class);
    }

    private static void validatePositive(String name, int value)
    {
        if (value < 1) {
            throw new TrinoException(INVALID_SESSION_PROPERTY, "%s must be at least 1: %s".formatted(name, value));
        }
    }
}
