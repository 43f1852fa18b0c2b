package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.metastore.LiveTables;
import io.trino.filesystem.Location;
import io.trino.metastore.Database;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.TableInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.security.PrincipalType;
import io.trino.spi.security.TrinoPrincipal;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.trino.spi.StandardErrorCode.INVALID_SCHEMA_PROPERTY;
import static io.trino.spi.StandardErrorCode.SCHEMA_NOT_EMPTY;
import static io.trino.spi.session.PropertyMetadata.stringProperty;
import static java.util.Objects.requireNonNull;

/**
 * What statements do to schemas.
 */
final class SchemaStatements
{
    private static final String LOCATION = "location";

    static final List<PropertyMetadata<?>> PROPERTIES = ImmutableList.of(
            stringProperty(LOCATION, "Where the tables of the schema are that own their files", null, false));

    private final HiveMetastore metastore;
    private final LiveTables liveTables;

    SchemaStatements(HiveMetastore metastore, LiveTables liveTables)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
    }

    void create(ConnectorSession session, String name, Map<String, Object> properties, TrinoPrincipal owner)
    {
        Optional<String> location = Optional.ofNullable((String) properties.get(LOCATION));
        try {
            location.ifPresent(Location::of);
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(INVALID_SCHEMA_PROPERTY, "Invalid location URI: %s (%s)".formatted(location.orElseThrow(), e.getMessage()), e);
        }
        metastore.createDatabase(Database.builder()
                .setDatabaseName(name)
                .setLocation(location)
                .setOwnerType(Optional.of(owner.getType() == PrincipalType.USER ? PrincipalType.USER : PrincipalType.ROLE))
                .setOwnerName(Optional.of(owner.getName()))
                .setParameters(ImmutableMap.of("trino_query_id", session.getQueryId()))
                .build());
    }

    /**
     * Files below the schema's location that are no table's are left where they are.
     *
     * @param dropRelation drops a table or a view with what it owns
     */
    void drop(String name, boolean cascade, RelationDropper dropRelation)
    {
        if (metastore.getDatabase(name).isEmpty()) {
            throw new SchemaNotFoundException(name);
        }
        // a table that is being created, or never will be, is in the way too
        List<TableInfo> relations = liveTables.tables(name);
        if (!cascade && !relations.isEmpty()) {
            throw new TrinoException(SCHEMA_NOT_EMPTY, "Schema not empty: " + name);
        }
        relations.forEach(dropRelation::drop);
        metastore.dropDatabase(name, false);
    }

    Map<String, Object> properties(String name)
    {
        Database database = metastore.getDatabase(name).orElseThrow(() -> new SchemaNotFoundException(name));
        return database.getLocation().<Map<String, Object>>map(location -> ImmutableMap.of(LOCATION, location)).orElse(ImmutableMap.of());
    }

    interface RelationDropper
    {
        void drop(TableInfo relation);
    }
}
