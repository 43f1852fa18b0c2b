package io.tarn.athena.dialect;

import io.tarn.athena.statement.TableName;

import java.util.List;

/**
 * Names of Iceberg tables, in the catalogue that changes them.
 */
final class IcebergNames
{
    private IcebergNames() {}

    static String table(TableName table, DialectSession session)
    {
        return SqlText.name(catalog(session), TableNames.database(table, session), table.table());
    }

    /**
     * @param parts of a name as it was written, in lower case
     */
    static String table(List<String> parts, DialectSession session)
    {
        String database = TableNames.database(parts, session)
                .orElseThrow(() -> DialectException.refused("The table %s has no database of %s: write database.table, or choose a database for the session".formatted(String.join(".", parts), session.catalog())));
        return SqlText.name(catalog(session), database, parts.getLast());
    }

    private static String catalog(DialectSession session)
    {
        return session.icebergCatalog()
                .orElseThrow(() -> DialectException.refused("There is no catalog of Iceberg tables beside %s: configure one with connector.name=iceberg over the same Glue catalog".formatted(session.catalog())));
    }
}
