package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.athena.grammar.AthenaParser;
import io.tarn.athena.grammar.AthenaSyntaxException;
import io.tarn.athena.print.AthenaPrinter;
import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.CreateDatabase;
import io.tarn.athena.statement.DatabaseName;
import io.tarn.athena.statement.DescribeTable;
import io.tarn.athena.statement.DropColumn;
import io.tarn.athena.statement.DropDatabase;
import io.tarn.athena.statement.DropTable;
import io.tarn.athena.statement.DropView;
import io.tarn.athena.statement.OptimizeTable;
import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RefusedStatement;
import io.tarn.athena.statement.RenameTable;
import io.tarn.athena.statement.ShowCreateTable;
import io.tarn.athena.statement.ShowCreateView;
import io.tarn.athena.statement.ShowDatabases;
import io.tarn.athena.statement.ShowTables;
import io.tarn.athena.statement.TableName;
import io.tarn.athena.statement.VacuumTable;
import io.trino.sql.tree.AddColumn;
import io.trino.sql.tree.Call;
import io.trino.sql.tree.CreateSchema;
import io.trino.sql.tree.CreateTable;
import io.trino.sql.tree.CreateTableAsSelect;
import io.trino.sql.tree.CreateView;
import io.trino.sql.tree.Deallocate;
import io.trino.sql.tree.Delete;
import io.trino.sql.tree.DropSchema;
import io.trino.sql.tree.Execute;
import io.trino.sql.tree.Explain;
import io.trino.sql.tree.ExplainAnalyze;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Insert;
import io.trino.sql.tree.Merge;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Prepare;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.ShowColumns;
import io.trino.sql.tree.ShowCreate;
import io.trino.sql.tree.ShowSchemas;
import io.trino.sql.tree.Statement;
import io.trino.sql.tree.TableExecute;
import io.trino.sql.tree.Update;
import org.antlr.v4.runtime.Token;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static io.tarn.athena.dialect.PropertyValues.refused;
import static java.util.Objects.requireNonNull;

/**
 * Trino's statements for Athena.
 */
public final class TrinoToAthena
{
    private final String text;
    private final DialectSession session;
    private final Notes notes;

    private TrinoToAthena(String text, DialectSession session, Notes notes)
    {
        this.text = requireNonNull(text, "text is null");
        this.session = requireNonNull(session, "session is null");
        this.notes = requireNonNull(notes, "notes is null");
    }

    /**
     * The statement as Athena takes it, with a note for each change of its meaning. A statement that only Athena takes
     * stays as it is. The session's mode does not matter.
     *
     * @param statement one, without a semicolon at its end
     * @throws DialectException where the text is no statement, or Athena has no equal of it
     */
    public static Translation translate(String statement, DialectSession session)
    {
        Notes notes = new Notes();
        Optional<TrinoGrammar.Failure> failure = TrinoGrammar.failure(statement);
        if (failure.isPresent()) {
            if (isAthenas(statement)) {
                return Translation.of(statement);
            }
            throw failure.get().exception();
        }
        return Translation.of(new TrinoToAthena(statement, session, notes).translate(TrinoGrammar.statement(statement))).withNotes(notes.list());
    }

    private static boolean isAthenas(String statement)
    {
        try {
            AthenaStatement parsed = AthenaParser.parse(statement);
            // which UNLOAD or another that Trino's parser does not take may be
            return !(parsed instanceof RefusedStatement) && !(parsed instanceof QueryStatement query && query.kind() == QueryStatement.Kind.SELECT);
        }
        catch (AthenaSyntaxException e) {
            return false;
        }
    }

    private String translate(Statement statement)
    {
        Optional<String> unload = UnloadWriting.write(text, statement, session, notes);
        if (unload.isPresent()) {
            return unload.get();
        }
        return switch (statement) {
            case Query query -> AthenaFunction.statement(query).orElseGet(() -> QueryWriting.write(text, session, notes));
            case Insert _, Update _, Delete _, Merge _, CreateView _, Explain _, ExplainAnalyze _, Execute _, Deallocate _ -> QueryWriting.write(text, session, notes);
            case Prepare prepare -> prepared(prepare);
            case CreateTableAsSelect create -> tableAs(create);
            case Call call -> {
                AthenaProcedures procedures = new AthenaProcedures(call, notes);
                yield procedures.athenaStatement().orElseGet(() -> print(procedures.translate()));
            }
            default -> print(definition(statement));
        };
    }

    private String prepared(Prepare prepare)
    {
        return Wrapped.of(text, notes)
                .flatMap(wrapped -> UnloadWriting.write(wrapped.statement(), prepare.getStatement(), session, notes).map(wrapped::with))
                .orElseGet(() -> QueryWriting.write(text, session, notes));
    }

    private AthenaStatement definition(Statement statement)
    {
        return switch (statement) {
            case CreateTable create -> isIceberg(create.getName())
                    ? new AthenaTables(create, table(create, create.getName()), notes).iceberg()
                    : new AthenaTables(create, table(create, create.getName()), notes).hive();
            case CreateSchema create -> schema(create);
            case DropSchema drop -> new DropDatabase(database(drop, drop.getSchemaName()), drop.isExists(), drop.isCascade());
            case io.trino.sql.tree.DropTable drop -> new DropTable(table(drop, drop.getTableName()), drop.isExists(), false);
            case io.trino.sql.tree.DropView drop -> new DropView(table(drop, drop.getName()), drop.isExists());
            case AddColumn add -> new AddColumns(table(add, add.getName()), ImmutableList.of(), ImmutableList.of(AthenaTables.column(add.getColumn(), notes)));
            case io.trino.sql.tree.DropColumn drop when isIceberg(drop.getTable()) -> new DropColumn(table(drop, drop.getTable()), drop.getField().getSuffix());
            case io.trino.sql.tree.DropColumn drop -> throw refused(drop, "Athena drops no column of a table of Hive's kind: use ALTER TABLE REPLACE COLUMNS with those that stay");
            case io.trino.sql.tree.RenameTable rename when isIceberg(rename.getSource()) -> new RenameTable(table(rename, rename.getSource()), table(rename, rename.getTarget()));
            case io.trino.sql.tree.RenameTable rename -> throw refused(rename, "Athena renames no table of Hive's kind: create it under the new name, with the same LOCATION");
            case TableExecute execute -> execute(execute);
            case ShowSchemas show -> new ShowDatabases(pattern(show, show.getLikePattern(), show.getEscape()));
            case io.trino.sql.tree.ShowTables show -> new ShowTables(show.getSchema().map(name -> database(show, name)), pattern(show, show.getLikePattern(), show.getEscape()));
            case ShowColumns show when show.getLikePattern().isEmpty() -> new DescribeTable(table(show, show.getTable()), DescribeTable.Detail.PLAIN, ImmutableList.of(), ImmutableList.of());
            case ShowCreate show when show.getType() == ShowCreate.Type.TABLE -> new ShowCreateTable(table(show, show.getName()));
            case ShowCreate show when show.getType() == ShowCreate.Type.VIEW -> new ShowCreateView(table(show, show.getName()));
            default -> throw refused(statement, "Athena has no equal of this statement");
        };
    }

    private AthenaStatement schema(CreateSchema create)
    {
        Map<String, Expression> properties = PropertyValues.values(create.getProperties());
        if (create.getPrincipal().isPresent()) {
            notes.meaning("Athena's databases have no owner: AUTHORIZATION is left out");
        }
        return new CreateDatabase(database(create, create.getSchemaName()), create.isNotExists(), Optional.empty(), Optional.ofNullable(properties.get("location")).map(PropertyValues::text), ImmutableMap.of());
    }

    private AthenaStatement execute(TableExecute execute)
    {
        TableName table = table(execute, execute.getTable().getName());
        switch (execute.getProcedureName().getValue().toLowerCase(Locale.ENGLISH)) {
            case "optimize" -> {
                if (!isIceberg(execute.getTable().getName())) {
                    throw refused(execute, "Athena's OPTIMIZE is for Iceberg tables: write a table of Hive's kind anew with CREATE TABLE AS");
                }
                if (!execute.getArguments().isEmpty()) {
                    notes.meaning("OPTIMIZE goes by the table's own properties (optimize_rewrite_…): the arguments are left out");
                }
                return new OptimizeTable(table, execute.getWhere().map(_ -> condition()));
            }
            case "expire_snapshots", "remove_orphan_files" -> {
                notes.meaning("VACUUM both expires snapshots and removes orphan files, by the table's own properties (vacuum_…): the arguments are left out");
                return new VacuumTable(table);
            }
            default -> throw refused(execute, "Athena has nothing that does what the procedure %s does".formatted(execute.getProcedureName()));
        }
    }

    /**
     * What follows the statement's own WHERE, which is the first: its arguments have none.
     */
    private String condition()
    {
        Token where = TrinoGrammar.tokens(text).stream()
                .filter(token -> token.getText().equalsIgnoreCase("WHERE"))
                .findFirst()
                .orElseThrow();
        return text.substring(TrinoGrammar.end(text, where)).strip();
    }

    private String tableAs(CreateTableAsSelect create)
    {
        if (create.getComment().isPresent()) {
            throw refused(create, "Athena's CREATE TABLE AS has no COMMENT");
        }
        if (isIceberg(create.getName())) {
            throw refused(create, "Write CREATE TABLE AS for an Iceberg table with table_type = 'ICEBERG', is_external = false and location, which Tarn takes as well");
        }
        PropertyValues.values(create.getProperties()).keySet().stream()
                .filter(property -> !AthenaProperties.TABLE_AS.contains(property))
                .forEach(property -> notes.meaning("Athena has no property %s of CREATE TABLE AS".formatted(property)));
        if (PropertyValues.values(create.getProperties()).keySet().stream().noneMatch("external_location"::equals)) {
            notes.meaning("Athena puts the files below the results' location, and DROP TABLE leaves them: Trino's are in the schema's location and go with the table");
        }
        TableAsReading.noteLimits(PropertyValues.values(create.getProperties()).keySet(), notes);
        return QueryWriting.write(text, session, notes);
    }

    private boolean isIceberg(QualifiedName name)
    {
        List<String> parts = name.getParts();
        if (parts.size() == 3 && session.icebergCatalog().filter(parts.getFirst()::equals).isPresent()) {
            return true;
        }
        return TableNames.database(parts, session)
                .map(database -> session.tables().kind(database, parts.getLast()) == TableKind.ICEBERG)
                .orElse(false);
    }

    private TableName table(Node node, QualifiedName name)
    {
        List<String> parts = name.getParts();
        requireOurs(node, parts, 3);
        return parts.size() == 1 ? TableName.of(parts.getFirst()) : TableName.of(parts.get(parts.size() - 2), parts.getLast());
    }

    private DatabaseName database(Node node, QualifiedName name)
    {
        requireOurs(node, name.getParts(), 2);
        return DatabaseName.of(name.getSuffix());
    }

    private void requireOurs(Node node, List<String> parts, int full)
    {
        if (parts.size() > full || (parts.size() == full && !TableNames.isOurs(parts.getFirst(), session))) {
            throw refused(node, "The name %s is not one of Athena's tables".formatted(String.join(".", parts)));
        }
    }

    /**
     * A pattern of {@code LIKE} as Athena's {@code SHOW} has it.
     */
    private static Optional<String> pattern(Node node, Optional<String> like, Optional<String> escape)
    {
        if (like.isPresent() && (escape.isPresent() || like.get().matches(".*[_|*].*"))) {
            throw refused(node, "Athena's patterns have '*' for any text and '|' for or, and nothing for one character: the pattern '%s' cannot be written so".formatted(like.get()));
        }
        return like.map(pattern -> pattern.replace('%', '*'));
    }

    private static String print(AthenaStatement statement)
    {
        return AthenaPrinter.print(statement);
    }
}
