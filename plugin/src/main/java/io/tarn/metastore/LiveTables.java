package io.tarn.metastore;

import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.spi.connector.SchemaTableName;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Tables as they are in the catalogue at this moment, past all caches; and what a metastore's interface has no words for.
 */
public interface LiveTables
{
    /**
     * A table with this parameter is not among those that a metastore lists: it is not whole yet.
     */
    String UNLISTED = "tarn.writes.creating";

    /**
     * All tables and views of a schema, with those that are {@link #UNLISTED}; none where there is no such schema.
     */
    List<TableInfo> tables(String schemaName);

    Optional<Table> table(SchemaTableName name);

    /**
     * Changes the parameters of a table by one versioned change, which leaves everything else of it as it is and makes
     * no new version in its history. Where somebody else changes the table at the same time the change is made again to
     * the table as it then is.
     *
     * @param change from the parameters as they are to what they are to be; may be called several times. What it throws
     *         passes through, and nothing is changed then.
     * @throws io.trino.spi.connector.TableNotFoundException where there is no such table
     * @throws io.trino.spi.TrinoException {@code TRANSACTION_CONFLICT} where others were faster again and again
     */
    void changeParameters(SchemaTableName name, UnaryOperator<Map<String, String>> change);

    /**
     * Changes the definition of a table by one versioned change, as {@link #changeParameters} does its parameters, but
     * with a new version in its history.
     *
     * @param change gives a table of the same name
     * @throws io.trino.spi.connector.TableNotFoundException where there is no such table
     * @throws io.trino.spi.TrinoException {@code TRANSACTION_CONFLICT} where others were faster again and again,
     *         {@code NOT_SUPPORTED} where its columns are kept outside the catalogue
     */
    void changeTable(SchemaTableName name, UnaryOperator<Table> change);

    /**
     * The values of a table's partitions in the catalogue's order, in the keys' order each. They are asked for a page at
     * a time as the iterator advances.
     *
     * @return none where there is no such table
     */
    Iterator<List<String>> partitionValues(SchemaTableName name);

    /**
     * Drops partitions from the catalogue, and leaves their files. Those that are not there are none to drop.
     *
     * @param values of the partitions, in the keys' order
     */
    void dropPartitions(SchemaTableName name, List<List<String>> values);
}
