package io.tarn.server.thrift.convert;

import io.trino.metastore.Database;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.PrincipalType;

import java.util.Optional;

import static com.google.common.base.Strings.emptyToNull;

/**
 * Databases between Hive's form and the metastore's.
 */
public final class HiveDatabases
{
    private HiveDatabases() {}

    public static org.apache.hadoop.hive.metastore.api.Database toHive(Database database)
    {
        org.apache.hadoop.hive.metastore.api.Database result = new org.apache.hadoop.hive.metastore.api.Database();
        result.setName(database.getDatabaseName());
        result.setCatalogName(HiveNames.CATALOG);
        result.setDescription(database.getComment().orElse(""));
        // clients make paths of it without asking whether it is there
        result.setLocationUri(database.getLocation().orElse(""));
        result.setParameters(database.getParameters());
        database.getOwnerName().ifPresent(result::setOwnerName);
        database.getOwnerType().map(HiveDatabases::toHive).ifPresent(result::setOwnerType);
        return result;
    }

    public static Database toDatabase(org.apache.hadoop.hive.metastore.api.Database database)
            throws NoSuchObjectException, MetaException
    {
        HiveNames.checkCatalog(database.getCatalogName());
        return Database.builder()
                .setDatabaseName(HiveNames.database(database.getName()))
                .setLocation(Optional.ofNullable(emptyToNull(database.getLocationUri())))
                .setComment(Optional.ofNullable(emptyToNull(database.getDescription())))
                .setOwnerName(Optional.ofNullable(database.getOwnerName()))
                .setOwnerType(ownerType(database))
                .setParameters(HiveMaps.withoutNulls(database.getParameters()))
                .build();
    }

    private static Optional<io.trino.spi.security.PrincipalType> ownerType(org.apache.hadoop.hive.metastore.api.Database database)
    {
        if (database.getOwnerName() == null) {
            return Optional.empty();
        }
        return Optional.of(database.getOwnerType() == PrincipalType.ROLE ? io.trino.spi.security.PrincipalType.ROLE : io.trino.spi.security.PrincipalType.USER);
    }

    private static PrincipalType toHive(io.trino.spi.security.PrincipalType type)
    {
        return switch (type) {
            case USER -> PrincipalType.USER;
            case ROLE -> PrincipalType.ROLE;
        };
    }
}
