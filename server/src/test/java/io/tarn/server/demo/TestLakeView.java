package io.tarn.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

class TestLakeView
{
    @Test
    void testView()
            throws Exception
    {
        TableInput view = LakeView.definition();
        assertThat(view.name()).isEqualTo("activity_by_page");
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
}
