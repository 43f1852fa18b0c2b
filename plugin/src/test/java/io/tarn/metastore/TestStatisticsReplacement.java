package io.tarn.metastore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tarn.metastore.ScriptedGlue.Answer;
import io.trino.metastore.HiveBasicStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.StatisticsUpdateMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;
import java.util.OptionalLong;

import static io.trino.metastore.HiveColumnStatistics.createIntegerColumnStatistics;
import static io.trino.metastore.StatisticsUpdateMode.OVERWRITE_SOME_COLUMNS;
import static org.assertj.core.api.Assertions.assertThat;

class TestStatisticsReplacement
{
    private static final Answer TABLE = Answer.ok("{'Table': {'Name': 't', 'DatabaseName': 'db', 'VersionId': '1', 'StorageDescriptor': {'Columns': [{'Name': 'a', 'Type': 'bigint'}, {'Name': 'b', 'Type': 'bigint'}]}}}");
    private static final String OLD = "{'ColumnName': '%s', 'ColumnType': 'bigint', 'AnalyzedTime': 1, 'StatisticsData': {'Type': 'LONG', 'LongColumnStatisticsData': {'MinimumValue': 1, 'MaximumValue': 5, 'NumberOfNulls': 0, 'NumberOfDistinctValues': 5}}}";
    // a column of nulls only: there is no least and no greatest of them
    private static final HiveColumnStatistics NULLS_ONLY = createIntegerColumnStatistics(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(7), OptionalLong.of(0));

    @ParameterizedTest
    @EnumSource(value = StatisticsUpdateMode.class, names = {"OVERWRITE_SOME_COLUMNS", "OVERWRITE_ALL"})
    void testWhatCannotBeWrittenLeavesNothingOld(StatisticsUpdateMode mode)
            throws Exception
    {
        try (ScriptedGlue server = glue(); TestingGlue glue = TestingGlue.on(server.uri())) {
            glue.metastore().updateTableStatistics("db", "t", OptionalLong.empty(), mode, new PartitionStatistics(new HiveBasicStatistics(1, 7, 7, 7), Map.of("a", NULLS_ONLY)));
            assertThat(server.calls("UpdateColumnStatisticsForTable")).isEmpty();
            assertThat(server.calls("DeleteColumnStatisticsForTable")).extracting(TestStatisticsReplacement::columnName).contains("a");
        }
    }

    @Test
    void testOthersStay()
            throws Exception
    {
        try (ScriptedGlue server = glue(); TestingGlue glue = TestingGlue.on(server.uri())) {
            glue.metastore().updateTableStatistics("db", "t", OptionalLong.empty(), OVERWRITE_SOME_COLUMNS, new PartitionStatistics(
                    new HiveBasicStatistics(1, 7, 7, 7),
                    Map.of("a", createIntegerColumnStatistics(OptionalLong.of(1), OptionalLong.of(2), OptionalLong.of(0), OptionalLong.of(2)))));
            assertThat(server.calls("UpdateColumnStatisticsForTable")).hasSize(1);
            assertThat(server.calls("GetColumnStatisticsForTable")).isEmpty();
            assertThat(server.calls("DeleteColumnStatisticsForTable")).isEmpty();
        }
    }

    private static ScriptedGlue glue()
    {
        return new ScriptedGlue()
                .on("GetTable", TABLE)
                .on("UpdateTable", Answer.ok("{}"))
                .on("GetColumnStatisticsForTable", request -> Answer.ok("{'ColumnStatisticsList': [%s]}".formatted(OLD.formatted(request.path("ColumnNames").path(0).asText()))))
                .on("UpdateColumnStatisticsForTable", Answer.ok("{}"))
                .on("DeleteColumnStatisticsForTable", Answer.ok("{}"));
    }

    private static String columnName(JsonNode request)
    {
        return request.path("ColumnName").asText();
    }
}
