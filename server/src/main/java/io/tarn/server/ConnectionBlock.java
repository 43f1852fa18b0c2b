package io.tarn.server;

import io.tarn.server.engine.DataFolder;
import io.tarn.server.engine.Endpoints;
import io.tarn.server.engine.LocalLake;

/**
 * What a person needs to reach a running engine, ready to be pasted.
 */
final class ConnectionBlock
{
    private ConnectionBlock() {}

    static String text(Endpoints endpoints, DataFolder folder)
    {
        return """

               Tarn is up.

                 Trino         %1$s  (web UI: %1$s/ui/)
                 AWS endpoint  %2$s
                 S3 endpoint   %3$s
                 Metastore     %10$s  (Hive's, over Thrift)
                 Data folder   %4$s

               Trino CLI
                 ./tarn sql --data %5$s
                 trino --server %1$s --catalog awsdatacatalog --schema default
               JDBC
                 jdbc:trino://%6$s/awsdatacatalog/default?user=tarn
               awscli
                 export AWS_ACCESS_KEY_ID=%7$s AWS_SECRET_ACCESS_KEY=%8$s AWS_DEFAULT_REGION=%9$s
                 aws --endpoint-url %2$s glue get-databases
                 aws --endpoint-url %3$s s3 ls

               Spark, Hive
                 hive.metastore.uris=%10$s

               Ctrl-C stops it.
               """.formatted(
                endpoints.trino(),
                endpoints.aws(),
                endpoints.s3(),
                folder.path(),
                shellWord(folder.path().toString()),
                endpoints.trino().getAuthority(),
                endpoints.accessKey(),
                endpoints.secretKey(),
                LocalLake.REGION,
                endpoints.metastore());
    }

    private static String shellWord(String text)
    {
        return text.matches("[\\w./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
