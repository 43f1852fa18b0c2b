package io.tarn.statistics;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import jakarta.validation.constraints.Min;

/**
 * Where the planner's statistics come from; a session may choose otherwise.
 */
public class StatisticsConfig
{
    private boolean statisticsEnabled = true;
    private boolean catalogStatisticsEnabled = true;
    private boolean footerStatisticsEnabled = true;
    private int partitionStatisticsSampleSize = 100;
    private int footerStatisticsMaxFiles = 32;
    private boolean collectColumnStatisticsOnWrite = true;

    public boolean isStatisticsEnabled()
    {
        return statisticsEnabled;
    }

    @Config("tarn.statistics-enabled")
    @ConfigDescription("Tell the planner how large tables are and what their columns hold")
    public StatisticsConfig setStatisticsEnabled(boolean statisticsEnabled)
    {
        this.statisticsEnabled = statisticsEnabled;
        return this;
    }

    public boolean isCatalogStatisticsEnabled()
    {
        return catalogStatisticsEnabled;
    }

    @Config("tarn.catalog-statistics-enabled")
    @ConfigDescription("Take statistics from the catalogue, where ANALYZE and writes keep them")
    public StatisticsConfig setCatalogStatisticsEnabled(boolean catalogStatisticsEnabled)
    {
        this.catalogStatisticsEnabled = catalogStatisticsEnabled;
        return this;
    }

    public boolean isFooterStatisticsEnabled()
    {
        return footerStatisticsEnabled;
    }

    @Config("tarn.footer-statistics-enabled")
    @ConfigDescription("Take the statistics that the catalogue lacks from the footers of files")
    public StatisticsConfig setFooterStatisticsEnabled(boolean footerStatisticsEnabled)
    {
        this.footerStatisticsEnabled = footerStatisticsEnabled;
        return this;
    }

    @Min(1)
    public int getPartitionStatisticsSampleSize()
    {
        return partitionStatisticsSampleSize;
    }

    @Config("tarn.partition-statistics-sample-size")
    @ConfigDescription("How many partitions of a table are asked for their statistics, or listed for their files, at the most")
    public StatisticsConfig setPartitionStatisticsSampleSize(int partitionStatisticsSampleSize)
    {
        this.partitionStatisticsSampleSize = partitionStatisticsSampleSize;
        return this;
    }

    @Min(1)
    public int getFooterStatisticsMaxFiles()
    {
        return footerStatisticsMaxFiles;
    }

    @Config("tarn.footer-statistics-max-files")
    @ConfigDescription("How many files of a table are asked for their footers at the most; the others are taken to be like them")
    public StatisticsConfig setFooterStatisticsMaxFiles(int footerStatisticsMaxFiles)
    {
        this.footerStatisticsMaxFiles = footerStatisticsMaxFiles;
        return this;
    }

    public boolean isCollectColumnStatisticsOnWrite()
    {
        return collectColumnStatisticsOnWrite;
    }

    @Config("tarn.collect-column-statistics-on-write")
    @ConfigDescription("Keep column statistics of what is written in the catalogue")
    public StatisticsConfig setCollectColumnStatisticsOnWrite(boolean collectColumnStatisticsOnWrite)
    {
        this.collectColumnStatisticsOnWrite = collectColumnStatisticsOnWrite;
        return this;
    }
}
