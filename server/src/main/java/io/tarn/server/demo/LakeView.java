package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * A view that somebody made with Athena, as it then stands in Glue.
 */
final class LakeView
{
    static final String NAME = "activity_by_page";
    static final String SQL =
            """
            SELECT "split_part"(request, '/petstore/', 2) AS page, count(*) AS requests
            FROM workshop.useractivity
            GROUP BY 1
            """.strip();

    private LakeView() {}

    static void declare(GlueClient glue)
    {
        TableInput view = definition();
        try {
            glue.createTable(request -> request.databaseName(Demo.DATABASE).tableInput(view));
        }
        catch (AlreadyExistsException _) {
            glue.updateTable(request -> request.databaseName(Demo.DATABASE).tableInput(view));
        }
    }

    static TableInput definition()
    {
        PrestoView view = new PrestoView(SQL, DemoClients.CATALOG, Demo.DATABASE, ImmutableList.of(
                new PrestoView.Column("page", "varchar", "string"),
                new PrestoView.Column("requests", "bigint", "bigint")));
        return TableInput.builder()
                .name(NAME)
                .tableType("VIRTUAL_VIEW")
                .parameters(ImmutableMap.of("presto_view", "true", "comment", "Presto View"))
                .partitionKeys(ImmutableList.of())
                .storageDescriptor(StorageDescriptor.builder()
                        .columns(view.columns().stream().map(column -> Column.builder().name(column.name()).type(column.glueType()).build()).collect(toImmutableList()))
                        .location("")
                        .serdeInfo(SerDeInfo.builder().build())
                        .build())
                .viewOriginalText(view.originalText())
                .viewExpandedText(PrestoView.EXPANDED_TEXT)
                .build();
    }
}
