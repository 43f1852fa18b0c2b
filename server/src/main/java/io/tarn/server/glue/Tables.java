package io.tarn.server.glue;

import io.tarn.server.aws.SdkJsonReader;
import io.tarn.server.glue.TableRows.TableRow;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static io.tarn.server.glue.GlueService.CATALOG_ID;
import static io.tarn.server.glue.GlueService.CREATED_BY;

/**
 * From a row to the Table that clients see.
 */
final class Tables
{
    private Tables() {}

    static Table table(TableRow row)
    {
        // a TableInput's members are all a Table's; the service adds the rest
        Table table = SdkJsonReader.read(row.definition(), Table.builder()).build();
        return table.toBuilder()
                .isMultiDialectView(table.viewDefinition() != null)
                .name(row.name())
                .databaseName(row.database())
                .catalogId(CATALOG_ID)
                .createTime(Instant.ofEpochMilli(row.created()))
                .updateTime(Instant.ofEpochMilli(row.updated()))
                .createdBy(CREATED_BY)
                .isRegisteredWithLakeFormation(false)
                .versionId(Long.toString(row.version()))
                .build();
    }

    /**
     * All columns, those of the partition keys too.
     */
    static List<Column> columns(Table table)
    {
        return Stream.concat(
                        table.storageDescriptor() == null ? Stream.of() : table.storageDescriptor().columns().stream(),
                        table.partitionKeys().stream())
                .toList();
    }
}
