package io.tarn.server.glue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsError;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsType;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.ValidationException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import static io.tarn.server.glue.LocalGlue.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ParameterizedClass
@EnumSource
final class TestGlueStatistics
{
    @Parameter
    private GlueDatabase database;
    @TempDir
    private Path folder;
    private LocalGlue glue;
    private GlueClient client;

    @BeforeEach
    void start()
    {
        glue = new LocalGlue(database.create(folder));
        client = glue.client();
        glue.createDatabase("shop");
        glue.createTable("shop", "t", "year:int");
        glue.createPartition("shop", "t", "2018");
        glue.createPartition("shop", "t", "2019");
    }

    @AfterEach
    void stop()
    {
        glue.close();
    }

    @Test
    void testTable()
    {
        ColumnStatistics id = statistics("id", "bigint", data -> data.type(ColumnStatisticsType.LONG)
                .longColumnStatisticsData(values -> values.minimumValue(Long.MIN_VALUE).maximumValue(5L).numberOfNulls(0L).numberOfDistinctValues(5L)));
        ColumnStatistics word = statistics("word", "string", data -> data.type(ColumnStatisticsType.STRING)
                .stringColumnStatisticsData(values -> values.averageLength(2.5).maximumLength(9L).numberOfNulls(1L).numberOfDistinctValues(7L)));
        assertThat(updateTable(id, word)).isEmpty();
        GetColumnStatisticsForTableResponse found = table("word", "ID", "year");
        assertThat(found.columnStatisticsList()).containsExactly(word, id);
        assertThat(found.errors()).singleElement().satisfies(error -> {
            assertThat(error.columnName()).isEqualTo("year");
            assertThat(error.error().errorCode()).isEqualTo("EntityNotFoundException");
        });

        ColumnStatistics decimal = statistics("id", "decimal(3,2)", data -> data.type(ColumnStatisticsType.DECIMAL)
                .decimalColumnStatisticsData(values -> values.minimumValue(value -> value.scale(2).unscaledValue(SdkBytes.fromByteArray(new byte[] {-1}))).numberOfNulls(0L).numberOfDistinctValues(5L)));
        assertThat(updateTable(decimal)).isEmpty();
        assertThat(table("id").columnStatisticsList()).containsExactly(decimal);

        client.deleteColumnStatisticsForTable(request -> request.databaseName("shop").tableName("t").columnName("id"));
        assertThat(table("id").columnStatisticsList()).isEmpty();
        // again, as Trino does it
        client.deleteColumnStatisticsForTable(request -> request.databaseName("shop").tableName("t").columnName("id"));
        assertThatThrownBy(() -> client.deleteColumnStatisticsForTable(request -> request.databaseName("shop").tableName("none").columnName("id"))).isInstanceOf(EntityNotFoundException.class);

        // a column that goes takes its statistics along
        client.updateTable(request -> request.databaseName("shop").tableInput(input -> input.name("t").partitionKeys(column("year:int"))));
        assertThat(table("word").columnStatisticsList()).isEmpty();
    }

    @Test
    void testPartition()
    {
        ColumnStatistics flags = statistics("id", "boolean", data -> data.type(ColumnStatisticsType.BOOLEAN)
                .booleanColumnStatisticsData(values -> values.numberOfFalses(1L).numberOfTrues(2L).numberOfNulls(3L)));
        ColumnStatistics dates = statistics("word", "date", data -> data.type(ColumnStatisticsType.DATE)
                .dateColumnStatisticsData(values -> values.minimumValue(Instant.parse("1960-01-01T00:00:00Z")).maximumValue(Instant.parse("2018-01-01T00:00:00Z")).numberOfNulls(0L).numberOfDistinctValues(2L)));
        assertThat(client.updateColumnStatisticsForPartition(request -> request.databaseName("shop").tableName("t").partitionValues("2018").columnStatisticsList(flags, dates)).errors()).isEmpty();
        assertThat(partition("2018").columnStatisticsList()).containsExactly(flags, dates);
        assertThat(partition("2019").columnStatisticsList()).isEmpty();
        assertThat(table("id").columnStatisticsList()).isEmpty();

        // statistics follow their partition
        client.updatePartition(request -> request.databaseName("shop").tableName("t").partitionValueList("2018").partitionInput(input -> input.values("2020")));
        assertThat(partition("2020").columnStatisticsList()).containsExactly(flags, dates);
        assertThatThrownBy(() -> partition("2018")).isInstanceOf(EntityNotFoundException.class).hasMessageContaining("Cannot find partition [2018]");

        client.deleteColumnStatisticsForPartition(request -> request.databaseName("shop").tableName("t").partitionValues("2020").columnName("id"));
        assertThat(partition("2020").columnStatisticsList()).containsExactly(dates);
        client.deleteColumnStatisticsForPartition(request -> request.databaseName("shop").tableName("t").partitionValues("2020").columnName("id"));
        assertThatThrownBy(() -> client.deleteColumnStatisticsForPartition(request -> request.databaseName("shop").tableName("t").partitionValues("2018").columnName("id")))
                .isInstanceOf(EntityNotFoundException.class);
        client.deletePartition(request -> request.databaseName("shop").tableName("t").partitionValues("2020"));
        glue.createPartition("shop", "t", "2020");
        assertThat(partition("2020").columnStatisticsList()).isEmpty();
    }

    @Test
    void testErrors()
    {
        ColumnStatistics good = statistics("id", "bigint", data -> data.type(ColumnStatisticsType.LONG).longColumnStatisticsData(values -> values.numberOfNulls(0L).numberOfDistinctValues(1L)));
        ColumnStatistics unknownColumn = good.toBuilder().columnName("none").build();
        ColumnStatistics unknownType = statistics("id", "bigint", data -> data.type("HEAP"));
        ColumnStatistics otherData = statistics("id", "bigint", data -> data.type(ColumnStatisticsType.DOUBLE).longColumnStatisticsData(values -> values.numberOfNulls(0L)));
        List<ColumnStatisticsError> errors = updateTable(unknownColumn, good, unknownType, otherData);
        assertThat(errors).extracting(error -> error.error().errorCode() + ": " + error.error().errorMessage()).containsExactly(
                "EntityNotFoundException: Column none of shop.t not found.",
                "InvalidInputException: Statistics of column id are of the unknown type HEAP",
                "InvalidInputException: Statistics of column id are of type DOUBLE, but have no data of that type");
        assertThat(errors.getFirst().columnStatistics()).isEqualTo(unknownColumn);
        assertThat(table("id").columnStatisticsList()).containsExactly(good);

        assertThatThrownBy(() -> client.getColumnStatisticsForTable(request -> request.databaseName("shop").tableName("none").columnNames("id"))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.getColumnStatisticsForTable(request -> request.databaseName("shop").tableName("t"))).isInstanceOf(ValidationException.class).hasMessageContaining("'columnNames'");
        assertThatThrownBy(() -> table(Collections.nCopies(101, "id").toArray(String[]::new))).isInstanceOf(ValidationException.class).hasMessageContaining("less than or equal to 100");
        assertThatThrownBy(() -> updateTable(Collections.nCopies(26, good).toArray(ColumnStatistics[]::new))).isInstanceOf(ValidationException.class).hasMessageContaining("less than or equal to 25");
    }

    private static ColumnStatistics statistics(String column, String type, Consumer<ColumnStatisticsData.Builder> data)
    {
        return ColumnStatistics.builder()
                .columnName(column)
                .columnType(type)
                .analyzedTime(Instant.parse("2018-01-06T10:43:54Z"))
                .statisticsData(data)
                .build();
    }

    private List<ColumnStatisticsError> updateTable(ColumnStatistics... statistics)
    {
        return client.updateColumnStatisticsForTable(request -> request.databaseName("shop").tableName("t").columnStatisticsList(statistics)).errors();
    }

    private GetColumnStatisticsForTableResponse table(String... columns)
    {
        return client.getColumnStatisticsForTable(request -> request.databaseName("shop").tableName("t").columnNames(columns));
    }

    private GetColumnStatisticsForPartitionResponse partition(String year)
    {
        return client.getColumnStatisticsForPartition(request -> request.databaseName("shop").tableName("t").partitionValues(year).columnNames("id", "word"));
    }
}
