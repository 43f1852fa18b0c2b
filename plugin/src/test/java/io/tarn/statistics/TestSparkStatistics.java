package io.tarn.statistics;

import com.google.common.collect.ImmutableMap;
import io.tarn.metastore.BasicStatistics;
import io.trino.metastore.Column;
import io.trino.metastore.HiveType;
import io.trino.metastore.StorageFormat;
import io.trino.metastore.Table;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

import static io.trino.metastore.HiveColumnStatistics.createDateColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDecimalColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDoubleColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createIntegerColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createStringColumnStatistics;
import static org.assertj.core.api.Assertions.assertThat;

final class TestSparkStatistics
{
    private static final Map<String, String> COUNTED = Map.of("spark.sql.statistics.numRows", "5", "spark.sql.statistics.totalSize", "700");

    @Test
    void testColumns()
    {
        Table table = table(ImmutableMap.<String, String>builder()
                .putAll(COUNTED)
                .putAll(column("Id", Map.of("nullCount", "0", "distinctCount", "4", "min", "-2", "max", "9", "avgLen", "8", "maxLen", "8")))
                .putAll(column("word", Map.of("nullCount", "1", "distinctCount", "2", "avgLen", "3", "maxLen", "7")))
                .putAll(column("price", Map.of("nullCount", "0", "distinctCount", "2", "min", "-1.50", "max", "2.00")))
                .putAll(column("number", Map.of("nullCount", "0", "distinctCount", "2", "min", "-1.5E-3", "max", "NaN")))
                .putAll(column("day", Map.of("nullCount", "5", "distinctCount", "0", "min", "2020-01-01", "max", "soon")))
                .buildOrThrow());
        assertThat(SparkStatistics.of(table, Set.of("id", "word", "price", "number", "day", "unknown"))).isEqualTo(Map.of(
                "id", createIntegerColumnStatistics(OptionalLong.of(-2), OptionalLong.of(9), OptionalLong.of(0), OptionalLong.of(4)),
                "word", createStringColumnStatistics(OptionalLong.of(7), OptionalDouble.of(3), OptionalLong.of(1), OptionalLong.of(3)),
                "price", createDecimalColumnStatistics(Optional.of(new BigDecimal("-1.50")), Optional.of(new BigDecimal("2.00")), OptionalLong.of(0), OptionalLong.of(2)),
                "number", createDoubleColumnStatistics(OptionalDouble.of(-1.5e-3), OptionalDouble.empty(), OptionalLong.of(0), OptionalLong.of(2)),
                "day", createDateColumnStatistics(Optional.of(LocalDate.of(2020, 1, 1)), Optional.empty(), OptionalLong.of(5), OptionalLong.of(1))));
        assertThat(SparkStatistics.of(table, Set.of("word"))).containsOnlyKeys("word");
    }

    @Test
    void testCountOfAnother()
    {
        Map<String, String> parameters = ImmutableMap.<String, String>builder()
                .putAll(COUNTED)
                .putAll(column("id", Map.of("nullCount", "0", "distinctCount", "4")))
                .put("numRows", "6")
                .buildOrThrow();
        assertThat(SparkStatistics.of(table(parameters), Set.of("id"))).isEmpty();
        assertThat(BasicStatistics.fromParameters(parameters).getRowCount()).hasValue(6);
        assertThat(BasicStatistics.fromParameters(parameters).getOnDiskDataSizeInBytes()).isEmpty();
    }

    @Test
    void testRows()
    {
        assertThat(BasicStatistics.fromParameters(COUNTED).getRowCount()).hasValue(5);
        assertThat(BasicStatistics.fromParameters(COUNTED).getOnDiskDataSizeInBytes()).hasValue(700);
        assertThat(BasicStatistics.fromParameters(Map.of("numRows", "-1", "spark.sql.statistics.numRows", "5")).getRowCount()).hasValue(5);
        // what Hive's client writes for Spark, which counts nothing
        assertThat(BasicStatistics.fromParameters(Map.of("numRows", "0", "totalSize", "4", "spark.sql.statistics.numRows", "2")).getRowCount()).hasValue(2);
        assertThat(BasicStatistics.fromParameters(Map.of("numRows", "0", "totalSize", "4")).getRowCount()).isEmpty();
        assertThat(BasicStatistics.fromParameters(Map.of("numRows", "0", "totalSize", "0")).getRowCount()).hasValue(0);
        assertThat(BasicStatistics.fromParameters(Map.of("numRows", "0")).getRowCount()).hasValue(0);
        assertThat(BasicStatistics.fromParameters(Map.of("numFiles", "2", "spark.sql.statistics.totalSize", "5")).getFileCount()).hasValue(2);
    }

    private static Map<String, String> column(String name, Map<String, String> values)
    {
        ImmutableMap.Builder<String, String> parameters = ImmutableMap.builder();
        values.forEach((key, value) -> parameters.put("spark.sql.statistics.colStats.%s.%s".formatted(name, key), value));
        return parameters.buildOrThrow();
    }

    private static Table table(Map<String, String> parameters)
    {
        Table.Builder table = Table.builder()
                .setDatabaseName("lake")
                .setTableName("t")
                .setOwner(Optional.empty())
                .setTableType("MANAGED_TABLE")
                .setDataColumns(List.of(
                        column("id", HiveType.HIVE_LONG),
                        column("word", HiveType.HIVE_STRING),
                        column("price", HiveType.valueOf("decimal(10,2)")),
                        column("number", HiveType.HIVE_DOUBLE),
                        column("day", HiveType.HIVE_DATE)))
                .setParameters(parameters);
        table.getStorageBuilder().setStorageFormat(StorageFormat.create("serde", "input", "output"));
        return table.build();
    }

    private static Column column(String name, HiveType type)
    {
        return new Column(name, type, Optional.empty(), Map.of());
    }
}
