package io.tarn.connector.athena;

import com.google.inject.Inject;
import io.tarn.athena.execute.StatementContext;
import io.tarn.athena.execute.StatementExecutor;
import io.tarn.athena.grammar.AthenaParser;
import io.tarn.athena.grammar.AthenaSyntaxException;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.metastore.QueryMetastores;
import io.trino.metastore.HiveMetastore;
import io.trino.spi.TrinoException;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;

import java.util.Locale;

import static io.trino.spi.StandardErrorCode.SYNTAX_ERROR;
import static java.util.Objects.requireNonNull;

/**
 * From the text of a statement to one that may be executed.
 */
public class AthenaStatements
{
    private final StatementExecutor executor;
    private final QueryMetastores metastores;
    private final CatalogName catalog;

    @Inject
    public AthenaStatements(StatementExecutor executor, QueryMetastores metastores, CatalogName catalog)
    {
        this.executor = requireNonNull(executor, "executor is null");
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /**
     * Nothing is executed yet.
     *
     * @param schema of tables that are named without one
     * @throws TrinoException {@code SYNTAX_ERROR} for what is no statement of Athena; where the statement is none that is
     *         executed here
     * @throws io.trino.spi.security.AccessDeniedException where the user may not run it
     */
    PreparedStatement prepare(ConnectorSession session, ConnectorAccessControl accessControl, String text, String schema)
    {
        AthenaStatement statement = parse(text);
        StatementExecutor.requireExecutable(statement);
        String defaultDatabase = schema.toLowerCase(Locale.ENGLISH);
        HiveMetastore metastore = metastores.forQuery();
        new StatementAccess(accessControl, metastore, catalog.toString(), defaultDatabase).check(statement);
        return new PreparedStatement(
                statement,
                // executed later, when others may have changed what was asked about access
                () -> executor.execute(statement, new StatementContext(session, metastores.forQuery(), catalog.toString(), defaultDatabase, new AllowedNames(accessControl))));
    }

    private static AthenaStatement parse(String text)
    {
        try {
            return AthenaParser.parse(text);
        }
        catch (AthenaSyntaxException e) {
            throw new TrinoException(SYNTAX_ERROR, e.getMessage(), e);
        }
    }
}
