package io.tarn.server.demo;

import com.google.common.collect.ImmutableMap;
import io.tarn.athena.dialect.AthenaDialect;
import io.tarn.athena.dialect.DialectException;
import io.tarn.athena.dialect.DialectMode;
import io.tarn.athena.dialect.DialectSession;
import io.tarn.athena.dialect.Translation;
import io.tarn.athena.grammar.AthenaParser;
import io.tarn.athena.statement.AddPartitions;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.CreateDatabase;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DropTable;
import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RowFormat;
import io.tarn.athena.statement.ShowStatement;
import io.tarn.athena.statement.TableName;
import io.tarn.server.demo.AthenaScript.Statement;
import io.tarn.server.dialect.AssumedTableKinds;
import io.tarn.testdata.SampleLake;
import io.tarn.testdata.SampleObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.tarn.athena.dialect.DialectMode.ATHENA;
import static io.tarn.athena.dialect.DialectMode.AUTO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whether the scripts' statements are Athena's, and run without a word about the dialect.
 */
class TestAthenaSteps
{
    private static final SampleLake LAKE = SampleLake.ofRows(1000);

    static Stream<Statement> statements()
    {
        return Stream.of("catalogue.sql", "ask.sql", "make_cheap.sql", "join.sql", "protect.sql", "create_table_as.sql")
                .flatMap(name -> AthenaScript.read(name).statements().stream());
    }

    @ParameterizedTest
    @MethodSource("statements")
    void testStatementsAreAthenas(Statement statement)
    {
        String sql = statement.sql();
        AthenaStatement parsed = AthenaParser.parse(sql);
        Translation translation = AthenaDialect.translate(sql, session(AUTO));
        translation.statements().forEach(AthenaDialect::requireTrino);
        AthenaDialect.translate(sql, session(ATHENA)).statements().forEach(AthenaDialect::requireTrino);
        switch (parsed) {
            case CreateDatabase _, CreateTable _, AddPartitions _ -> {
                assertThat(statement.title()).isEmpty();
                assertThatThrownBy(() -> AthenaDialect.requireTrino(sql)).isInstanceOf(DialectException.class);
            }
            case ShowStatement _ -> {
                assertThat(statement.title()).isPresent();
                assertThatThrownBy(() -> AthenaDialect.requireTrino(sql)).isInstanceOf(DialectException.class);
            }
            case DropTable drop -> {
                assertThat(statement.title()).isEmpty();
                assertThat(drop.ifExists()).isTrue();
            }
            case QueryStatement _ -> {
                assertThat(statement.title()).isPresent();
                // both languages have it, and so it is not touched
                assertThat(translation.statements()).containsExactly(sql);
            }
            default -> throw new AssertionError(parsed);
        }
    }

    @Test
    void testTablesAreAsTheStoryHasThem()
    {
        Map<TableName, CreateTable> tables = tables();
        assertThat(tables.keySet()).containsExactlyInAnyOrder(
                TableName.of("workshop", "useractivity"),
                TableName.of("workshop", "userprofile"),
                TableName.of("zipcodes"),
                TableName.of("workshop", "weblogs_live"),
                TableName.of("workshop", "activity"));
        assertThat(tables.values()).allMatch(CreateTable::external);

        CreateTable activity = tables.get(TableName.of("workshop", "useractivity"));
        assertThat(activity.location()).contains("s3://lake/raw/useractivity/");
        assertThat(activity.rowFormat()).contains(new RowFormat.Serde("org.openx.data.jsonserde.JsonSerDe"));
        assertThat(columns(activity)).isEqualTo("ip_address,username,timestamp,request,http,bytes");

        CreateTable zipCodes = tables.get(TableName.of("zipcodes"));
        assertThat(zipCodes.location()).contains("s3://lake/raw/zipcodes");
        assertThat(zipCodes.properties()).isEqualTo(ImmutableMap.of("skip.header.line.count", "1"));
        assertThat(zipCodes.rowFormat()).contains(new RowFormat.Serde("org.apache.hadoop.hive.serde2.OpenCSVSerde"));
        assertThat(zipCodes.serdeProperties()).isEqualTo(ImmutableMap.of("separatorChar", ",", "quoteChar", "\"", "escapeChar", "\\"));
    }

    @Test
    void testColumnsAreThoseOfTheFiles()
    {
        assertThat(columns(tables().get(TableName.of("workshop", "userprofile")))).isEqualTo(header(LAKE.userProfile()));
        assertThat(columns(tables().get(TableName.of("zipcodes")))).isEqualTo(header(LAKE.zipCodes()));
    }

    @Test
    void testEveryQuestionHasAnAnswer()
    {
        List<Question> questions = AthenaSteps.questions(LAKE);
        assertThat(questions).hasSize(22).allMatch(question -> !question.expectation().isEmpty());
        assertThat(questions).extracting(Question::title).doesNotHaveDuplicates();
        assertThatThrownBy(() -> new StoryStep("Ask", AthenaScript.read("ask.sql"), List.of()))
                .hasMessage("ask.sql asks 4 questions, and 0 answers are expected");
    }

    private static Map<TableName, CreateTable> tables()
    {
        return statements()
                .map(statement -> AthenaParser.parse(statement.sql()))
                .filter(CreateTable.class::isInstance)
                .map(CreateTable.class::cast)
                .collect(toImmutableMap(CreateTable::table, table -> table));
    }

    private static String columns(CreateTable table)
    {
        return table.columns().stream().map(ColumnDefinition::name).collect(joining(","));
    }

    private static String header(SampleObject csv)
    {
        return new String(csv.bytes(), UTF_8).lines().findFirst().orElseThrow().toLowerCase(Locale.ENGLISH);
    }

    private static DialectSession session(DialectMode mode)
    {
        return new DialectSession("awsdatacatalog", Optional.of("workshop"), mode, Optional.of("iceberg"), new AssumedTableKinds(List.of()));
    }
}
