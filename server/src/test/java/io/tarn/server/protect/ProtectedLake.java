package io.tarn.server.protect;

import io.tarn.server.lake.Declared;
import io.tarn.server.lake.LakeServices;
import io.tarn.testdata.SampleLake;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsType;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static io.tarn.server.lake.LakeServices.BUCKET;
import static io.tarn.server.lake.LakeServices.SCHEMA;
import static io.tarn.server.lake.LakeServices.location;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Tables with something to hide: the workshop's customers, and visits with a partition for each region.
 */
final class ProtectedLake
        implements AutoCloseable
{
    static final String[] PROFILE_COLUMNS = {"first_name", "last_name", "username", "email", "gender", "ip_address", "phone", "zip", "cc", "password", "ssn", "age"};

    private final LakeServices services;

    ProtectedLake()
            throws Exception
    {
        services = new LakeServices();
        Declared profile = Declared.csv("userprofile", List.of(PROFILE_COLUMNS).stream().map(name -> name + " string").toArray(String[]::new));
        services.put(profile.folder() + "userprofile.csv", SampleLake.ofRows(3_000).userProfile().bytes());
        createTable(profile.toTableInput().copy(input -> input.parameters(Map.of("skip.header.line.count", "1"))));

        Declared visits = Declared.json("visits", "username string", "card string", "spent bigint").withPartitionKeys("region string");
        services.declare(visits);
        visit(visits, "east", "{\"username\": \"ada\", \"card\": \"4111-east\", \"spent\": 10}\n{\"username\": \"bea\", \"card\": \"4222-east\", \"spent\": 20}\n");
        visit(visits, "west", "{\"username\": \"cyd\", \"card\": \"4333-west\", \"spent\": 900}\n");
        services.glue().updateColumnStatisticsForPartition(request -> request.databaseName(SCHEMA).tableName("visits").partitionValues("west").columnStatisticsList(spent(900, 900)));
        services.glue().updateColumnStatisticsForPartition(request -> request.databaseName(SCHEMA).tableName("visits").partitionValues("east").columnStatisticsList(spent(10, 20)));
    }

    private void visit(Declared visits, String region, String lines)
    {
        String folder = visits.folder() + "region=" + region + "/";
        services.put(folder + "visits.json", lines.getBytes(UTF_8));
        services.glue().createPartition(request -> request.databaseName(SCHEMA).tableName("visits").partitionInput(partition -> partition
                .values(region)
                .parameters(Map.of("numRows", String.valueOf(lines.lines().count())))
                .storageDescriptor(visits.toTableInput().storageDescriptor().copy(storage -> storage.location(location(folder))))));
    }

    private static ColumnStatistics spent(long minimum, long maximum)
    {
        return ColumnStatistics.builder()
                .columnName("spent")
                .columnType("bigint")
                .analyzedTime(Instant.EPOCH)
                .statisticsData(data -> data.type(ColumnStatisticsType.LONG).longColumnStatisticsData(values -> values.minimumValue(minimum).maximumValue(maximum).numberOfDistinctValues(2L).numberOfNulls(0L)))
                .build();
    }

    /**
     * A view as Trino keeps it.
     *
     * @param security as {@code "owner": "admin", "runAsInvoker": false}
     */
    void createView(String name, String sql, String security, String... columns)
    {
        String listed = Declared.columns(columns).stream()
                .map(column -> "{\"name\": \"%s\", \"type\": \"varchar\"}".formatted(column.name()))
                .toList()
                .toString();
        String definition = "{\"originalSql\": \"%s\", \"catalog\": \"awsdatacatalog\", \"schema\": \"%s\", %s, \"path\": [], \"columns\": %s}".formatted(sql, SCHEMA, security, listed);
        createTable(TableInput.builder()
                .name(name)
                .tableType("VIRTUAL_VIEW")
                .parameters(Map.of("presto_view", "true", "comment", "Presto View"))
                .partitionKeys(List.of())
                .viewExpandedText("/* Presto View */")
                .viewOriginalText("/* Presto View: " + Base64.getEncoder().encodeToString(definition.getBytes(UTF_8)) + " */")
                .storageDescriptor(storage -> storage.columns(Declared.columns(columns)).location("").serdeInfo(_ -> {}))
                .build());
    }

    private void createTable(TableInput table)
    {
        services.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(table));
    }

    LakeServices services()
    {
        return services;
    }

    static String bucket()
    {
        return "s3://" + BUCKET;
    }

    @Override
    public void close()
    {
        services.close();
    }
}
