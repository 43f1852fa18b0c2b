package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The sample lake's tables as Glue describes them.
 */
final class LakeTables
{
    static final String DATABASE = "workshop";
    static final String VIEW_SQL =
            """
            SELECT "split_part"(request, '/petstore/', 2) AS page, count(*) AS requests
            FROM workshop.useractivity
            GROUP BY 1
            """.strip();

    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUTPUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
    private static final String JSON_SERDE = "org.openx.data.jsonserde.JsonSerDe";
    private static final String CSV_SERDE = "org.apache.hadoop.hive.serde2.OpenCSVSerde";

    private final String bucket;

    LakeTables(String bucket)
    {
        this.bucket = requireNonNull(bucket, "bucket is null");
    }

    List<TableInput> all()
    {
        return ImmutableList.of(userActivity(), userProfile(), zipCodes(), activityByPage());
    }

    private TableInput userActivity()
    {
        return external(
                "useractivity",
                "raw/useractivity/",
                ImmutableList.of(
                        column("ip_address", "string"),
                        column("username", "string"),
                        column("timestamp", "string"),
                        column("request", "string"),
                        column("http", "bigint"),
                        column("bytes", "bigint")),
                serde(JSON_SERDE, ImmutableMap.of("ignore.malformed.json", "false")),
                ImmutableMap.of("classification", "json", "compressionType", "gzip"));
    }

    private TableInput userProfile()
    {
        return external(
                "userprofile",
                "raw/userprofile/",
                strings("first_name", "last_name", "username", "email", "gender", "ip_address", "phone", "zip", "cc", "password", "ssn", "age"),
                csvSerde(),
                csvParameters());
    }

    private TableInput zipCodes()
    {
        return external(
                "zipcodes",
                // as the story has it: no slash at the end
                "raw/zipcodes",
                strings("zipcode", "zipcodetype", "city", "state", "locationtype", "lat", "long", "location", "decommisioned"),
                csvSerde(),
                csvParameters());
    }

    private static TableInput activityByPage()
    {
        PrestoView view = new PrestoView(VIEW_SQL, "awsdatacatalog", DATABASE, ImmutableList.of(
                new PrestoView.Column("page", "varchar", "string"),
                new PrestoView.Column("requests", "bigint", "bigint")));
        return TableInput.builder()
                .name("activity_by_page")
                .tableType("VIRTUAL_VIEW")
                .parameters(ImmutableMap.of("presto_view", "true", "comment", "Presto View"))
                .partitionKeys(ImmutableList.of())
                .storageDescriptor(StorageDescriptor.builder()
                        .columns(view.columns().stream().map(column -> column(column.name(), column.glueType())).collect(toImmutableList()))
                        .location("")
                        .serdeInfo(SerDeInfo.builder().build())
                        .build())
                .viewOriginalText(view.originalText())
                .viewExpandedText(PrestoView.EXPANDED_TEXT)
                .build();
    }

    private TableInput external(String name, String folder, List<Column> columns, SerDeInfo serde, Map<String, String> parameters)
    {
        return TableInput.builder()
                .name(name)
                .tableType("EXTERNAL_TABLE")
                .parameters(ImmutableMap.<String, String>builder().put("EXTERNAL", "TRUE").putAll(parameters).buildOrThrow())
                .partitionKeys(ImmutableList.of())
                .storageDescriptor(StorageDescriptor.builder()
                        .columns(columns)
                        .location("s3://" + bucket + "/" + folder)
                        .inputFormat(TEXT_INPUT)
                        .outputFormat(TEXT_OUTPUT)
                        .serdeInfo(serde)
                        .build())
                .build();
    }

    private static SerDeInfo csvSerde()
    {
        return serde(CSV_SERDE, ImmutableMap.of("separatorChar", ",", "quoteChar", "\"", "escapeChar", "\\"));
    }

    private static Map<String, String> csvParameters()
    {
        return ImmutableMap.of("classification", "csv", "skip.header.line.count", "1");
    }

    private static SerDeInfo serde(String library, Map<String, String> parameters)
    {
        return SerDeInfo.builder().serializationLibrary(library).parameters(parameters).build();
    }

    private static List<Column> strings(String... names)
    {
        return ImmutableList.copyOf(names).stream().map(name -> column(name, "string")).collect(toImmutableList());
    }

    private static Column column(String name, String type)
    {
        return Column.builder().name(name).type(type).build();
    }
}
