package io.tarn.athena.execute;

import com.google.inject.Inject;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.maintenance.OtherConnectors;
import io.tarn.view.ViewDefinitions;
import io.tarn.writelog.WriteLog;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;

import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_ELSEWHERE;
import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static java.util.Objects.requireNonNull;

/**
 * Finds the tables that statements name, and tells Hive's from those that are somebody else's.
 */
public class HiveTables
{
    // their entry in the catalogue is a table of Hive's kind in everything but how it is read
    private static final String HUDI = "hudi";
    private static final String ICEBERG = "iceberg";

    private final OtherConnectors others;

    @Inject
    public HiveTables(OtherConnectors others)
    {
        this.others = requireNonNull(others, "others is null");
    }

    /**
     * A table or view.
     *
     * @throws TableNotFoundException where there is none of that name, or it is not shown yet
     */
    Table any(StatementContext context, SchemaTableName name)
    {
        return find(context, name).orElseThrow(() -> new TableNotFoundException(name));
    }

    Optional<Table> find(StatementContext context, SchemaTableName name)
    {
        return context.metastore().getTable(name.getSchemaName(), name.getTableName())
                .filter(table -> !table.getParameters().containsKey(WriteLog.CREATING));
    }

    /**
     * A table of Hive's kind.
     *
     * @throws TableNotFoundException where there is none of that name
     * @throws TrinoException {@code TARN_STATEMENT_ELSEWHERE} or {@code TARN_STATEMENT_REFUSED} where it is an Iceberg or
     *         Delta table; the latter as well where it is a view
     */
    Table hive(StatementContext context, SchemaTableName name, AthenaStatement statement)
    {
        Table table = any(context, name);
        requireHive(table, statement);
        return table;
    }

    void requireHive(Table table, AthenaStatement statement)
    {
        SchemaTableName name = table.getSchemaTableName();
        if (ViewDefinitions.isView(table)) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "%s is a view, and the statement is for tables: use CREATE OR REPLACE VIEW, DROP VIEW, DESCRIBE or SHOW CREATE VIEW".formatted(name));
        }
        Optional<String> connector = others.connector(table).filter(other -> !other.equals(HUDI));
        if (connector.isEmpty()) {
            return;
        }
        if (connector.get().equals(ICEBERG)) {
            throw IcebergStatements.instead(statement, name);
        }
        throw new TrinoException(TARN_STATEMENT_ELSEWHERE, "Table %s is a table of the connector %s: run the statement of Trino in a catalog of that connector".formatted(name, connector.get()));
    }
}
