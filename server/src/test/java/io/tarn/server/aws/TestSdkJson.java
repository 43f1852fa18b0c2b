package io.tarn.server.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestSdkJson
{
    @Test
    void testRoundTrip()
    {
        TableInput table = TableInput.builder()
                .name("t \"ü\" \u0001 \uD83D\uDE00")
                .retention(-3)
                .lastAccessTime(Instant.parse("2018-01-06T10:43:54.123Z"))
                .lastAnalyzedTime(Instant.parse("1969-12-31T23:59:59.5Z"))
                .parameters(Map.of("a", "", "b", "2"))
                .storageDescriptor(storage -> storage
                        .compressed(false)
                        .columns(column -> column.name("c").type("int"))
                        .bucketColumns(List.of())
                        .skewedInfo(skewed -> skewed.skewedColumnValueLocationMaps(Map.of("x", "y"))))
                .build();
        String json = SdkJsonWriter.writeText(table);
        assertThat(SdkJsonReader.read(json, TableInput.builder()).build()).isEqualTo(table);
        // what a client leaves unset stays unset, and an empty list stays an empty list
        assertThat(json)
                .contains("\"LastAccessTime\":1515235434.123")
                .contains("\"LastAnalyzedTime\":-0.5")
                .contains("\"BucketColumns\":[]")
                .doesNotContain("PartitionKeys")
                .doesNotContain("Description");
        assertThat(SdkJsonReader.read(json, Table.builder()).build().parameters()).isEqualTo(table.parameters());
    }

    @Test
    void testNumbersAndBytes()
    {
        ColumnStatisticsData data = ColumnStatisticsData.builder()
                .type("DOUBLE")
                .doubleColumnStatisticsData(statistics -> statistics.minimumValue(Double.NEGATIVE_INFINITY).maximumValue(1e300).numberOfNulls(Long.MAX_VALUE))
                .decimalColumnStatisticsData(statistics -> statistics.minimumValue(value -> value.scale(2).unscaledValue(SdkBytes.fromByteArray(new byte[] {-1, 0, 127}))))
                .build();
        assertThat(SdkJsonReader.read(SdkJsonWriter.writeText(data), ColumnStatisticsData.builder()).build()).isEqualTo(data);
    }

    @Test
    void testNullIsUnset()
    {
        assertThat(read("{\"DatabaseName\": null, \"MaxResults\": 5}")).isEqualTo(GetTablesRequest.builder().maxResults(5).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "~~ | The request body is not a JSON object",
            "[] | The request body is not a JSON object",
            "{ | The request body is not valid JSON",
            "{\"MaxResults\": 1} x | The request body is not valid JSON",
            "{\"MaxResults\": 1} {} | goes on after the end",
            "{\"MaxResults\": 1, \"MaxResults\": 2} | Duplicate",
            "{\"MaxResult\": 1} | /MaxResult is not a member of GetTablesRequest",
            "{\"MaxResults\": \"1\"} | /MaxResults is not an integer",
            "{\"MaxResults\": 1.5} | /MaxResults is not an integer",
            "{\"MaxResults\": 99999999999} | /MaxResults is 99999999999, not an integer from -2147483648",
            "{\"MaxResults\": 99999999999999999999} | /MaxResults is 99999999999999999999, not an integer",
            "{\"DatabaseName\": 1} | /DatabaseName is not a string",
            "{\"DatabaseName\": {}} | /DatabaseName is not a string",
            "{\"IncludeStatusDetails\": \"true\"} | /IncludeStatusDetails is not true or false",
            "{\"AttributesToGet\": \"NAME\"} | /AttributesToGet is not an array",
            "{\"AttributesToGet\": [\"NAME\", 2]} | /AttributesToGet/1 is not a string",
            "{\"AttributesToGet\": [null]} | /AttributesToGet/0 is null",
            "{\"AuditContext\": {\"x\": 1}} | /AuditContext/x is not a member of AuditContext",
            "{\"QueryAsOfTime\": \"2018\"} | /QueryAsOfTime is not a number",
            "{\"QueryAsOfTime\": 1e90} | /QueryAsOfTime is 1e90, not seconds since 1970",
            "{\"QueryAsOfTime\": 1e-600000000} | /QueryAsOfTime is 1e-600000000, not seconds since 1970",
            "{\"QueryAsOfTime\": 1e600000000} | /QueryAsOfTime is 1e600000000, not seconds since 1970",
    })
    void testRefused(String json, String message)
    {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(AwsException.class, e -> assertThat(e.type()).isEqualTo("SerializationException"))
                .hasMessageContaining(message);
    }

    @Test
    void testDepthIsBounded()
    {
        assertThatThrownBy(() -> read("{\"AuditContext\":".repeat(100)))
                .isInstanceOfSatisfying(AwsException.class, e -> assertThat(e.type()).isEqualTo("SerializationException"));
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .isInstanceOf(AwsException.class);
    }

    private static GetTablesRequest read(String json)
    {
        GetTablesRequest.Builder builder = GetTablesRequest.builder();
        SdkJsonReader.read(json.getBytes(UTF_8), builder);
        return builder.build();
    }
}
