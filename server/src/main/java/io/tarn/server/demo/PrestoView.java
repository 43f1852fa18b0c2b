package io.tarn.server.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;

import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * A view as Athena keeps it in Glue: without an owner.
 *
 * @param originalSql the view's query, without a semicolon
 * @param catalog where unqualified names are looked up
 * @param schema where unqualified names are looked up
 */
record PrestoView(
        @JsonProperty("originalSql") String originalSql,
        @JsonProperty("catalog") String catalog,
        @JsonProperty("schema") String schema,
        @JsonProperty("columns") List<Column> columns)
{
    /**
     * What Athena gives as the expanded text of each view.
     */
    static final String EXPANDED_TEXT = "/* Presto View */";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    PrestoView
    {
        requireNonNull(originalSql, "originalSql is null");
        requireNonNull(catalog, "catalog is null");
        requireNonNull(schema, "schema is null");
        columns = ImmutableList.copyOf(columns);
    }

    /**
     * The table's {@code ViewOriginalText}.
     */
    String originalText()
    {
        try {
            return "/* Presto View: " + Base64.getEncoder().encodeToString(MAPPER.writeValueAsString(this).getBytes(UTF_8)) + " */";
        }
        catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param type Trino's name, as {@code varchar}
     * @param glueType Hive's name, as {@code string}; it stands in the table's columns and not in the view's text
     */
    record Column(
            @JsonProperty("name") String name,
            @JsonProperty("type") String type,
            @JsonIgnore String glueType) {}
}
