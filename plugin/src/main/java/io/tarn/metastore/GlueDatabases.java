package io.tarn.metastore;

import io.trino.metastore.Database;
import software.amazon.awssdk.services.glue.model.DatabaseInput;

import java.util.Optional;

import static com.google.common.base.Strings.emptyToNull;
import static io.tarn.metastore.GlueMaps.withoutNulls;
import static io.trino.spi.security.PrincipalType.ROLE;

/**
 * Databases between Glue's form and the metastore's.
 */
final class GlueDatabases
{
    /**
     * Glue keeps no owner of a database; this is whom Trino's connectors name in that case.
     */
    private static final String PUBLIC_OWNER = "PUBLIC";

    private GlueDatabases() {}

    static Database toDatabase(software.amazon.awssdk.services.glue.model.Database database)
    {
        return Database.builder()
                .setDatabaseName(database.name())
                .setLocation(Optional.ofNullable(emptyToNull(database.locationUri())))
                .setOwnerName(Optional.of(PUBLIC_OWNER))
                .setOwnerType(Optional.of(ROLE))
                .setComment(Optional.ofNullable(database.description()))
                .setParameters(withoutNulls(database.parameters()))
                .build();
    }

    static DatabaseInput toDatabaseInput(Database database)
    {
        return DatabaseInput.builder()
                .name(database.getDatabaseName())
                .locationUri(database.getLocation().orElse(null))
                .description(database.getComment().orElse(null))
                .parameters(database.getParameters())
                .build();
    }
}
