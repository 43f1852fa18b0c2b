package io.tarn.protect;

import io.trino.spi.connector.CatalogSchemaTableName;

import java.util.regex.Pattern;

/**
 * Tables that tell of a table: {@code "orders$files"} of {@code orders}.
 */
final class MetadataTableNames
{
    private static final char SEPARATOR = '$';
    private static final String PARTITIONS = "$partitions";

    private MetadataTableNames() {}

    static boolean isMetadataTable(CatalogSchemaTableName name)
    {
        return name.getSchemaTableName().getTableName().indexOf(SEPARATOR) > 0;
    }

    /**
     * Whether the table's columns are columns of the table that it tells of.
     */
    static boolean hasColumnsOfItsTable(CatalogSchemaTableName name)
    {
        return name.getSchemaTableName().getTableName().endsWith(PARTITIONS);
    }

    /**
     * The table that a metadata table tells of; any other table itself.
     */
    static CatalogSchemaTableName tableOf(CatalogSchemaTableName name)
    {
        if (!isMetadataTable(name)) {
            return name;
        }
        String table = name.getSchemaTableName().getTableName();
        return new CatalogSchemaTableName(name.getCatalogName(), name.getSchemaTableName().getSchemaName(), table.substring(0, table.indexOf(SEPARATOR)));
    }

    /**
     * A pattern for the names that the given one takes, and those of their metadata tables.
     */
    static Pattern alsoFor(Pattern table)
    {
        return Pattern.compile("(?:%s)(?:\\$.+)?".formatted(table.pattern()), table.flags());
    }
}
