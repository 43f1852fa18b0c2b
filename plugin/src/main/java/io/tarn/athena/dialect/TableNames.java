package io.tarn.athena.dialect;

import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.DatabaseName;
import io.tarn.athena.statement.DatabaseStatement;
import io.tarn.athena.statement.DescribeTable;
import io.tarn.athena.statement.DescribeView;
import io.tarn.athena.statement.PartitionStatement;
import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RefusedStatement;
import io.tarn.athena.statement.ShowColumns;
import io.tarn.athena.statement.ShowCreateTable;
import io.tarn.athena.statement.ShowCreateView;
import io.tarn.athena.statement.ShowDatabases;
import io.tarn.athena.statement.ShowPartitions;
import io.tarn.athena.statement.ShowTableProperties;
import io.tarn.athena.statement.ShowTables;
import io.tarn.athena.statement.ShowViews;
import io.tarn.athena.statement.TableName;
import io.tarn.athena.statement.TableStatement;
import io.trino.grammar.sql.SqlBaseParser.IdentifierContext;
import io.trino.grammar.sql.SqlBaseParser.QualifiedNameContext;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which database and which table a name means.
 */
final class TableNames
{
    private TableNames() {}

    static List<String> parts(QualifiedNameContext name)
    {
        return name.identifier().stream().map(TableNames::part).toList();
    }

    static String part(IdentifierContext identifier)
    {
        String text = identifier.getText();
        return (text.startsWith("\"") || text.startsWith("`") ? SqlText.unquoted(text) : text).toLowerCase(Locale.ENGLISH);
    }

    /**
     * The database of a name of Athena's, if the name or the session has one; empty for names of other catalogues.
     */
    static Optional<String> database(List<String> parts, DialectSession session)
    {
        return switch (parts.size()) {
            case 1 -> session.schema();
            case 2 -> Optional.of(parts.getFirst());
            case 3 -> Optional.of(parts.get(1)).filter(_ -> isOurs(parts.getFirst(), session));
            default -> Optional.empty();
        };
    }

    /**
     * The catalogue that a statement names.
     */
    static Optional<String> catalog(AthenaStatement statement)
    {
        return switch (statement) {
            case DatabaseStatement database -> database.database().catalog();
            case TableStatement table -> catalog(table.table());
            case PartitionStatement partitions -> catalog(partitions.table());
            case ShowTables show -> show.database().flatMap(DatabaseName::catalog);
            case ShowViews show -> show.database().flatMap(DatabaseName::catalog);
            case ShowColumns show -> catalog(show.table());
            case ShowPartitions show -> catalog(show.table());
            case ShowTableProperties show -> catalog(show.table());
            case ShowCreateTable show -> catalog(show.table());
            case ShowCreateView show -> catalog(show.view());
            case DescribeTable describe -> catalog(describe.table());
            case DescribeView describe -> catalog(describe.view());
            case ShowDatabases _, QueryStatement _, RefusedStatement _ -> Optional.empty();
        };
    }

    private static Optional<String> catalog(TableName table)
    {
        return table.database().flatMap(DatabaseName::catalog);
    }

    /**
     * Whether a catalogue's tables are Athena's.
     */
    static boolean isOurs(String catalog, DialectSession session)
    {
        return catalog.equals("awsdatacatalog") || catalog.equals(session.catalog()) || session.icebergCatalog().filter(catalog::equals).isPresent();
    }

    /**
     * @throws DialectException where neither the name nor the session has a database
     */
    static String database(TableName table, DialectSession session)
    {
        return table.database().map(DatabaseName::database)
                .or(session::schema)
                .orElseThrow(() -> DialectException.refused("The table %s has no database: write database.table, or choose a database for the session".formatted(table.table())));
    }
}
