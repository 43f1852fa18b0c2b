package io.tarn.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import io.tarn.testdata.SampleLake;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

class TestLakeTables
{
    private final Map<String, TableInput> tables = new LakeTables("lake").all().stream()
            .collect(toImmutableMap(TableInput::name, table -> table));

    @Test
    void testTables()
    {
        assertThat(tables.keySet()).containsExactly("useractivity", "userprofile", "zipcodes", "activity_by_page");

        TableInput activity = tables.get("useractivity");
        assertThat(activity.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(activity.storageDescriptor().location()).isEqualTo("s3://lake/raw/useractivity/");
        assertThat(activity.storageDescriptor().serdeInfo().serializationLibrary()).isEqualTo("org.openx.data.jsonserde.JsonSerDe");
        assertThat(activity.storageDescriptor().columns().stream().map(column -> column.name() + " " + column.type()).collect(joining(", ")))
                .isEqualTo("ip_address string, username string, timestamp string, request string, http bigint, bytes bigint");

        TableInput zipCodes = tables.get("zipcodes");
        assertThat(zipCodes.storageDescriptor().location()).isEqualTo("s3://lake/raw/zipcodes");
        assertThat(zipCodes.parameters()).containsEntry("skip.header.line.count", "1");
        assertThat(zipCodes.storageDescriptor().serdeInfo().serializationLibrary()).isEqualTo("org.apache.hadoop.hive.serde2.OpenCSVSerde");
        assertThat(zipCodes.storageDescriptor().serdeInfo().parameters())
                .isEqualTo(ImmutableMap.of("separatorChar", ",", "quoteChar", "\"", "escapeChar", "\\"));
        assertThat(zipCodes.hasPartitionKeys()).isTrue();
    }

    @Test
    void testColumnsAreThoseOfTheFiles()
    {
        SampleLake lake = SampleLake.ofRows(10);
        assertThat(header(lake.userProfile().bytes())).isEqualTo(columns("userprofile"));
        assertThat(header(lake.zipCodes().bytes())).isEqualTo(columns("zipcodes"));
    }

    @Test
    void testView()
            throws Exception
    {
        TableInput view = tables.get("activity_by_page");
        assertThat(view.tableType()).isEqualTo("VIRTUAL_VIEW");
        assertThat(view.parameters()).isEqualTo(ImmutableMap.of("presto_view", "true", "comment", "Presto View"));
        assertThat(view.hasPartitionKeys()).isTrue();
        assertThat(view.owner()).isNull();
        assertThat(view.viewExpandedText()).isEqualTo("/* Presto View */");

        assertThat(view.viewOriginalText()).startsWith("/* Presto View: ").endsWith(" */");
        String encoded = view.viewOriginalText().replaceAll("^/\\* Presto View: | \\*/$", "");
        JsonNode definition = new ObjectMapper().readTree(Base64.getDecoder().decode(encoded));
        assertThat(definition.fieldNames()).toIterable().containsExactly("originalSql", "catalog", "schema", "columns");
        assertThat(definition.get("catalog").textValue()).isEqualTo("awsdatacatalog");
        assertThat(definition.get("schema").textValue()).isEqualTo("workshop");
        assertThat(definition.get("columns")).isEqualTo(new ObjectMapper().readTree(
                """
                [{"name": "page", "type": "varchar"}, {"name": "requests", "type": "bigint"}]
                """));
    }

    private String columns(String table)
    {
        return tables.get(table).storageDescriptor().columns().stream().map(Column::name).collect(joining(","));
    }

    private static String header(byte[] csv)
    {
        return new String(csv, UTF_8).lines().findFirst().orElseThrow().toLowerCase(Locale.ENGLISH);
    }
}
