package io.tarn.maintenance;

import com.google.inject.Inject;
import io.tarn.metastore.LiveTables;
import io.tarn.writelog.WriteLog;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;

import java.util.Optional;

import static io.trino.spi.StandardErrorCode.INVALID_PROCEDURE_ARGUMENT;
import static java.util.Objects.requireNonNull;

/**
 * The tables that procedures may work on, as the catalogue has them at this moment.
 */
public class MaintainedTables
{
    private final LiveTables tables;
    private final OtherConnectors others;

    @Inject
    public MaintainedTables(LiveTables tables, OtherConnectors others)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.others = requireNonNull(others, "others is null");
    }

    /**
     * @throws TableNotFoundException where there is no such table, or it is not shown yet
     * @throws TrinoException {@code INVALID_PROCEDURE_ARGUMENT} where it is a view, another connector's, or has no
     *         partition keys
     */
    Table partitioned(SchemaTableName name)
    {
        Table table = own(name);
        if (isBeingCreated(table)) {
            throw new TableNotFoundException(name);
        }
        if (table.getPartitionColumns().isEmpty()) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "Table is not partitioned: " + name);
        }
        return table;
    }

    /**
     * A table whether it is shown yet or not.
     *
     * @throws TableNotFoundException where there is no such table
     * @throws TrinoException {@code INVALID_PROCEDURE_ARGUMENT} where it is a view, or another connector's
     */
    Table own(SchemaTableName name)
    {
        Table table = tables.table(name).orElseThrow(() -> new TableNotFoundException(name));
        if (isView(table)) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "Table is a view: " + name);
        }
        others.connector(table).ifPresent(connector -> {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "Table %s is a table of the connector %s; call the procedures of a catalog of that connector".formatted(name, connector));
        });
        return table;
    }

    /**
     * The same, empty in place of the exceptions.
     */
    Optional<Table> findOwn(SchemaTableName name)
    {
        return tables.table(name).filter(table -> !isView(table) && others.connector(table).isEmpty());
    }

    static boolean isBeingCreated(Table table)
    {
        return table.getParameters().containsKey(WriteLog.CREATING);
    }

    private static boolean isView(Table table)
    {
        return table.getTableType().equals("VIRTUAL_VIEW");
    }
}
