package io.tarn.server.quota;

import io.tarn.relay.Relay;
import io.tarn.server.lake.Declared;
import io.tarn.server.lake.LakeServices;
import io.tarn.testdata.SampleLake;
import io.tarn.testdata.SampleObject;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.Map;

import static io.tarn.server.lake.LakeServices.BUCKET;

/**
 * The generated lake's tables, behind a relay that counts what is read of them.
 */
final class QuotaLake
        implements AutoCloseable
{
    private final LakeServices services;
    private final ObjectMeter meter = new ObjectMeter();
    private final Relay relay;

    QuotaLake(long rows)
            throws Exception
    {
        services = new LakeServices();
        relay = Relay.start(services.s3Endpoint(), meter);
        SampleLake sample = SampleLake.ofRows(rows);
        Declared activity = Declared.json("useractivity", "ip_address string", "username string", "timestamp string", "request string", "http bigint", "bytes bigint");
        for (SampleObject object : sample.userActivity()) {
            services.put(activity.folder() + fileName(object), object.bytes());
        }
        services.declare(activity);
        declareCsv(sample.userProfile(), "userprofile", "first_name string", "last_name string", "username string", "email string", "gender string", "ip_address string", "phone string", "zip string", "cc string", "password string", "ssn string", "age string");
        declareCsv(sample.zipCodes(), "zipcodes", "zipcode string", "zipcodetype string", "city string", "state string", "locationtype string", "lat string", "long string", "location string", "decommisioned string");
    }

    private void declareCsv(SampleObject object, String name, String... columns)
    {
        Declared table = Declared.csv(name, columns);
        services.put(table.folder() + fileName(object), object.bytes());
        services.glue().createTable(request -> request.databaseName(LakeServices.SCHEMA)
                .tableInput(table.toTableInput().copy(input -> input.parameters(Map.of("skip.header.line.count", "1")))));
    }

    private static String fileName(SampleObject object)
    {
        return object.key().substring(object.key().lastIndexOf('/') + 1);
    }

    LakeServices services()
    {
        return services;
    }

    ObjectMeter meter()
    {
        return meter;
    }

    Map<String, String> catalog()
    {
        return QuotaEngine.s3Catalog(services, relay.uri());
    }

    /**
     * Bytes that lie in a table's folder.
     */
    long bytes(String table)
    {
        return services.s3().listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix("tables/" + table + "/")).stream()
                .map(ListObjectsV2Response::contents)
                .flatMap(objects -> objects.stream())
                .mapToLong(S3Object::size)
                .sum();
    }

    @Override
    public void close()
            throws Exception
    {
        try (services; relay) {
            // in the opposite order of the start
        }
    }
}
