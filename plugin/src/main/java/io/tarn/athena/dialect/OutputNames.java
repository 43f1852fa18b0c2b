package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Values;
import io.trino.sql.tree.WithQuery;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

/**
 * How the columns of a query are called, as far as its text tells. Those without a name have Athena's, {@code _col} and
 * the position, where a statement needs one.
 *
 * @param names empty where the text does not tell how many columns there are
 * @param named whether each column has a name of its own
 */
record OutputNames(List<String> names, boolean named)
{
    private static final OutputNames ALL_NAMED = new OutputNames(ImmutableList.of(), true);

    OutputNames
    {
        names = ImmutableList.copyOf(names);
    }

    static OutputNames of(Query query)
    {
        return of(query, ImmutableMap.of());
    }

    /**
     * @param known queries of {@code WITH}, by their names
     */
    private static OutputNames of(Node node, Map<String, OutputNames> known)
    {
        return switch (node) {
            case Query query -> of(query.getQueryBody(), with(query, known));
            case TableSubquery subquery -> of(subquery.getQuery(), known);
            case SetOperation operation -> of(operation.getRelations().getFirst(), known);
            case QuerySpecification specification -> ofSpecification(specification, known);
            case Values values -> ofRow(values.getRows().getFirst());
            case AliasedRelation aliased -> aliased.getColumnNames() == null ? of(aliased.getRelation(), known) : ALL_NAMED;
            case Table table -> table.getName().getParts().size() == 1 ? known.getOrDefault(table.getName().getSuffix(), ALL_NAMED) : ALL_NAMED;
            // joins and functions: what comes out of them has names, as far as anybody has seen
            default -> ALL_NAMED;
        };
    }

    private static Map<String, OutputNames> with(Query query, Map<String, OutputNames> known)
    {
        if (query.getWith().isEmpty()) {
            return known;
        }
        Map<String, OutputNames> all = new HashMap<>(known);
        for (WithQuery named : query.getWith().get().getQueries()) {
            all.put(named.getName().getValue().toLowerCase(Locale.ENGLISH), named.getColumnNames().isPresent() ? ALL_NAMED : of(named.getQuery(), all));
        }
        return all;
    }

    private static OutputNames ofSpecification(QuerySpecification specification, Map<String, OutputNames> known)
    {
        List<SelectItem> items = specification.getSelect().getSelectItems();
        if (items.size() == 1 && items.getFirst() instanceof AllColumns all && all.getTarget().isEmpty()) {
            return specification.getFrom().map(from -> of(from, known)).orElse(ALL_NAMED);
        }
        boolean counted = items.stream().noneMatch(AllColumns.class::isInstance);
        boolean named = true;
        ImmutableList.Builder<String> names = ImmutableList.builder();
        for (int index = 0; index < items.size(); index++) {
            if (items.get(index) instanceof SingleColumn column) {
                Optional<String> name = column.getAlias().map(Identifier::getValue).or(() -> name(column.getExpression()));
                named &= name.isPresent();
                names.add(name.orElse("_col" + index).toLowerCase(Locale.ENGLISH));
            }
        }
        return new OutputNames(counted ? names.build() : ImmutableList.of(), named);
    }

    private static Optional<String> name(Expression expression)
    {
        return switch (expression) {
            case Identifier identifier -> Optional.of(identifier.getValue());
            case DereferenceExpression dereference -> dereference.getField().map(Identifier::getValue);
            default -> Optional.empty();
        };
    }

    private static OutputNames ofRow(Expression row)
    {
        int columns = row instanceof Row fields ? fields.getFields().size() : 1;
        return new OutputNames(IntStream.range(0, columns).mapToObj(index -> "_col" + index).collect(toImmutableList()), false);
    }

    /**
     * Whether a statement that needs a name for each column can have them.
     */
    boolean isKnown()
    {
        return named || !names.isEmpty();
    }

    /**
     * The names in parentheses, a blank before them; empty where all columns have one.
     */
    String aliases()
    {
        return named ? "" : names.stream().map(SqlText::identifier).collect(joining(", ", " (", ")"));
    }
}
