package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableList;
import io.trino.grammar.sql.SqlBaseBaseListener;
import io.trino.grammar.sql.SqlBaseParser.CreateTableAsSelectContext;
import io.trino.grammar.sql.SqlBaseParser.TableArgumentContext;
import io.trino.grammar.sql.SqlBaseParser.TableArgumentQueryContext;
import io.trino.grammar.sql.SqlBaseParser.TableArgumentRelationContext;
import io.trino.grammar.sql.SqlBaseParser.TableArgumentTableContext;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.CreateTableAsSelect;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Statement;
import io.trino.sql.tree.TableFunctionArgument;
import io.trino.sql.tree.TableFunctionInvocation;
import jakarta.annotation.Nullable;
import org.antlr.v4.runtime.ParserRuleContext;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static io.tarn.athena.dialect.PropertyValues.isNull;
import static io.tarn.athena.dialect.PropertyValues.refused;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * {@code CREATE TABLE system.unload WITH (…) AS} and calls of the table function {@code system.unload} as {@code UNLOAD}.
 */
final class UnloadWriting
{
    private static final List<String> ARGUMENTS = ImmutableList.of("input", "location", "format", "compression", "compression_level", "field_delimiter", "partitioned_by");

    private final String text;
    private final DialectSession session;
    private final Notes notes;

    private UnloadWriting(String text, DialectSession session, Notes notes)
    {
        this.text = requireNonNull(text, "text is null");
        this.session = requireNonNull(session, "session is null");
        this.notes = requireNonNull(notes, "notes is null");
    }

    /**
     * @param text of the statement
     * @return empty where it is another one
     */
    static Optional<String> write(String text, Statement statement, DialectSession session, Notes notes)
    {
        UnloadWriting writing = new UnloadWriting(text, session, notes);
        return switch (statement) {
            case CreateTableAsSelect create when isUnload(create.getName().getParts(), session) -> Optional.of(writing.tableAs(create));
            case Query query -> call(query).filter(call -> isUnload(call.getName().getParts(), session)).map(call -> writing.function(query, call));
            default -> Optional.empty();
        };
    }

    private static boolean isUnload(List<String> name, DialectSession session)
    {
        return name.size() >= 2
                && name.subList(name.size() - 2, name.size()).equals(List.of("system", "unload"))
                && (name.size() == 2 || TableNames.isOurs(name.getFirst(), session));
    }

    private static Optional<TableFunctionInvocation> call(Query query)
    {
        if (query.getQueryBody() instanceof QuerySpecification specification
                && specification.getSelect().getSelectItems().size() == 1
                && specification.getSelect().getSelectItems().getFirst() instanceof AllColumns
                && specification.getFrom().orElse(null) instanceof TableFunctionInvocation invocation) {
            return Optional.of(invocation);
        }
        return Optional.empty();
    }

    private String tableAs(CreateTableAsSelect create)
    {
        Map<String, Expression> properties = PropertyValues.values(create.getProperties());
        Expression location = Optional.ofNullable(properties.remove("external_location")).orElseThrow(() -> refused(create, "UNLOAD goes TO a location: add external_location"));
        Map<String, Expression> written = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            switch (name) {
                case "write_compression", "parquet_compression", "orc_compression" -> written.put("compression", value);
                case "textfile_field_separator" -> written.put("field_delimiter", value);
                case "is_external" -> {}
                default -> {
                    if (!ARGUMENTS.contains(name)) {
                        notes.meaning("Athena has no property %s of UNLOAD".formatted(name));
                    }
                    written.put(name, value);
                }
            }
        });
        String query = write(source(create));
        List<String> aliases = create.getColumnAliases().orElse(ImmutableList.of()).stream().map(alias -> alias.getValue().toLowerCase(Locale.ENGLISH)).toList();
        if (!aliases.isEmpty() && !aliases.equals(OutputNames.of(create.getQuery()).names())) {
            query = "SELECT * FROM (%s) AS t(%s)".formatted(query, aliases.stream().map(SqlText::identifier).collect(joining(", ")));
        }
        return print(query, location, written);
    }

    private String function(Query query, TableFunctionInvocation call)
    {
        QuerySpecification specification = (QuerySpecification) query.getQueryBody();
        // nothing but the star and the call
        if (query.getChildren().size() + specification.getChildren().size() > 3) {
            throw refused(query, "UNLOAD stands alone in Athena: SELECT * FROM TABLE(system.unload(…)) and nothing else");
        }
        notes.meaning("Athena's UNLOAD gives no row for each file: the files are listed in the query's manifest");
        Map<String, Node> arguments = new LinkedHashMap<>();
        for (int index = 0; index < call.getArguments().size(); index++) {
            TableFunctionArgument argument = call.getArguments().get(index);
            int position = index;
            arguments.put(argument.getName().map(Identifier::getValue).map(name -> name.toLowerCase(Locale.ENGLISH)).orElseGet(() -> ARGUMENTS.get(position)), argument.getValue());
        }
        arguments.remove("input");
        Map<String, Expression> written = new LinkedHashMap<>();
        arguments.forEach((name, value) -> {
            if (!(value instanceof Expression expression)) {
                throw refused(value, "The argument %s of UNLOAD is a value that is written out".formatted(name));
            }
            if (!isNull(expression)) {
                written.put(name, expression);
            }
        });
        Expression location = Optional.ofNullable(written.remove("location")).orElseThrow(() -> refused(call, "UNLOAD goes TO a location: add location => 's3://bucket/folder/'"));
        return print(write(source(call)), location, written);
    }

    /**
     * @param properties by Athena's names
     */
    private static String print(String query, Expression location, Map<String, Expression> properties)
    {
        StringBuilder unload = new StringBuilder("UNLOAD (%s) TO %s WITH (format = ".formatted(query, SqlText.string(PropertyValues.text(location))));
        Expression format = properties.remove("format");
        // Athena has no default
        unload.append(format == null ? "'PARQUET'" : SqlText.string(PropertyValues.text(format)));
        properties.forEach((name, value) -> unload.append(", ").append(name).append(" = ").append(switch (name) {
            case "partitioned_by" -> PropertyValues.list(value).stream().map(SqlText::string).collect(joining(", ", "ARRAY[", "]"));
            case "compression_level" -> PropertyValues.text(value);
            default -> SqlText.string(PropertyValues.text(value));
        }));
        return unload.append(')').toString();
    }

    private String write(String query)
    {
        return QueryWriting.write(query, session, notes);
    }

    /**
     * The query of a statement whose kind is known, as it was written.
     */
    private String source(Node statement)
    {
        Source source = new Source();
        QueryText tree = new QueryText(text);
        tree.walk(source);
        if (source.query != null) {
            return tree.text(source.query);
        }
        if (source.relation == null) {
            throw refused(statement, "UNLOAD takes a query: input => TABLE(SELECT …)");
        }
        return switch (source.relation) {
            case TableArgumentQueryContext argument when argument.columnAliases() == null -> tree.text(argument.query());
            case TableArgumentQueryContext argument -> "SELECT * FROM (%s) AS t%s".formatted(tree.text(argument.query()), tree.text(argument.columnAliases()));
            case TableArgumentTableContext argument -> "SELECT * FROM %s%s".formatted(
                    tree.text(argument.qualifiedName()),
                    argument.columnAliases() == null ? "" : " AS t" + tree.text(argument.columnAliases()));
            default -> throw refused(statement, "UNLOAD takes a query: input => TABLE(SELECT …)");
        };
    }

    /**
     * Keeps the first of each, which is the outermost.
     */
    private static final class Source
            extends SqlBaseBaseListener
    {
        @Nullable
        private ParserRuleContext query;
        @Nullable
        private TableArgumentRelationContext relation;

        @Override
        public void enterCreateTableAsSelect(CreateTableAsSelectContext context)
        {
            query = context.rootQuery();
        }

        @Override
        public void enterTableArgument(TableArgumentContext context)
        {
            if (relation == null) {
                relation = context.tableArgumentRelation();
            }
        }
    }
}
