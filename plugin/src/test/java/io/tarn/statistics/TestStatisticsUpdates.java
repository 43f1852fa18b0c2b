package io.tarn.statistics;

import com.google.common.collect.ImmutableMap;
import io.tarn.partition.PartitionKey;
import io.trino.metastore.HiveBasicStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.PartitionStatistics;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.statistics.ColumnStatisticMetadata;
import io.trino.spi.statistics.ComputedStatistics;
import io.trino.spi.statistics.TableStatisticType;
import io.trino.spi.statistics.TableStatisticsMetadata;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.Type;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestStatisticsUpdates
{
    private static final SchemaTableName TABLE = new SchemaTableName("s", "t");
    private static final List<PartitionKey> KEYS = List.of(new PartitionKey("day", DATE), new PartitionKey("kind", VARCHAR));
    private static final Map<String, Type> COLUMNS = Map.of("n", BIGINT, "x", DOUBLE, "text", VARCHAR);

    @Test
    void testWhatIsCounted()
    {
        TableStatisticsMetadata metadata = StatisticsCollection.forAnalyze(
                List.of(
                        new ColumnMetadata("n", BIGINT),
                        new ColumnMetadata("list", new ArrayType(BIGINT)),
                        ColumnMetadata.builder().setName("$path").setType(VARCHAR).setHidden(true).build(),
                        new ColumnMetadata("kind", VARCHAR)),
                List.of("kind"));
        assertThat(metadata.getColumnStatistics()).extracting(ColumnStatisticMetadata::getColumnName).containsOnly("n").hasSize(4);
        assertThat(metadata.getTableStatistics()).containsExactly(TableStatisticType.ROW_COUNT);
        assertThat(metadata.getGroupingColumns()).containsExactly("kind");
    }

    @Test
    void testWritten()
    {
        StatisticsUpdates updates = new StatisticsUpdates(TABLE, KEYS, COLUMNS, List.of(
                computed(0L, "a", 10, 7L, Double.NaN),
                computed(1L, null, 5, null, 2.5)));
        Map<String, PartitionStatistics> written = updates.written(ImmutableMap.of(
                "day=1970-01-01/kind=a", new WrittenData(10, 1000, 2),
                "day=1970-01-02/kind=__HIVE_DEFAULT_PARTITION__", new WrittenData(5, 500, 1),
                "day=1970-01-03/kind=a", new WrittenData(1, 10, 1)));
        assertThat(written).hasSize(3);
        PartitionStatistics first = written.get("day=1970-01-01/kind=a");
        assertThat(first.basicStatistics()).isEqualTo(new HiveBasicStatistics(OptionalLong.of(2), OptionalLong.of(10), OptionalLong.empty(), OptionalLong.of(1000)));
        HiveColumnStatistics n = first.columnStatistics().get("n");
        assertThat(n.getIntegerStatistics().orElseThrow().getMin()).hasValue(7);
        assertThat(n.getNullsCount()).hasValue(2);
        // the estimate exceeds the eight values, and null counts as one
        assertThat(n.getDistinctValuesWithNullCount()).hasValue(9);
        assertThat(first.columnStatistics().get("x").getDoubleStatistics().orElseThrow().getMin()).isEmpty();
        assertThat(first.columnStatistics().get("text").getAverageColumnLength()).hasValue(40 / 8.0);

        PartitionStatistics second = written.get("day=1970-01-02/kind=__HIVE_DEFAULT_PARTITION__");
        assertThat(second.columnStatistics().get("n").getIntegerStatistics().orElseThrow().getMin()).isEmpty();
        assertThat(second.columnStatistics().get("x").getDoubleStatistics().orElseThrow().getMin()).hasValue(2.5);
        assertThat(written.get("day=1970-01-03/kind=a").columnStatistics()).isEmpty();

        assertThatThrownBy(() -> updates.written(ImmutableMap.of("day=x/kind=a", new WrittenData(1, 1, 1)))).hasMessageContaining("has the value 'x' for key 'day'");
    }

    @Test
    void testAnalyzed()
    {
        StatisticsUpdates updates = new StatisticsUpdates(TABLE, KEYS, COLUMNS, List.of(computed(0L, "a", 10, 7L, 1.0)));
        HiveBasicStatistics known = new HiveBasicStatistics(OptionalLong.of(3), OptionalLong.of(99), OptionalLong.empty(), OptionalLong.of(77));
        Map<String, PartitionStatistics> analyzed = updates.analyzed(ImmutableMap.of("day=1970-01-01/kind=a", known, "day=1970-01-02/kind=a", known));
        assertThat(analyzed.get("day=1970-01-01/kind=a").basicStatistics()).isEqualTo(new HiveBasicStatistics(OptionalLong.of(3), OptionalLong.of(10), OptionalLong.empty(), OptionalLong.of(77)));
        assertThat(analyzed.get("day=1970-01-01/kind=a").columnStatistics()).containsOnlyKeys("n", "x", "text");
        assertThat(analyzed.get("day=1970-01-02/kind=a").basicStatistics().getRowCount()).hasValue(0);
        assertThat(analyzed.get("day=1970-01-02/kind=a").columnStatistics()).isEmpty();
    }

    private static ComputedStatistics computed(long day, String kind, long rows, Long min, double x)
    {
        ComputedStatistics.Builder statistics = ComputedStatistics.builder(
                List.of("day", "kind"),
                List.of(writeNativeValue(DATE, day), writeNativeValue(VARCHAR, kind == null ? null : utf8Slice(kind))));
        statistics.addTableStatistic(TableStatisticType.ROW_COUNT, bigint(rows));
        long values = rows - 2;
        statistics.addColumnStatistic(ColumnAggregate.MIN.of("n"), writeNativeValue(BIGINT, min));
        statistics.addColumnStatistic(ColumnAggregate.MAX.of("n"), writeNativeValue(BIGINT, min));
        statistics.addColumnStatistic(ColumnAggregate.DISTINCT.of("n"), bigint(rows + 1));
        statistics.addColumnStatistic(ColumnAggregate.NOT_NULL.of("n"), bigint(values));
        statistics.addColumnStatistic(ColumnAggregate.MIN.of("x"), writeNativeValue(DOUBLE, x));
        statistics.addColumnStatistic(ColumnAggregate.MAX.of("x"), writeNativeValue(DOUBLE, x));
        statistics.addColumnStatistic(ColumnAggregate.NOT_NULL.of("x"), bigint(rows));
        statistics.addColumnStatistic(ColumnAggregate.NOT_NULL.of("text"), bigint(values));
        statistics.addColumnStatistic(ColumnAggregate.BYTES.of("text"), bigint(values * 5));
        return statistics.build();
    }

    private static Block bigint(long value)
    {
        return writeNativeValue(BIGINT, value);
    }
}
