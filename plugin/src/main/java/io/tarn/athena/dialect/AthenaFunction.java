package io.tarn.athena.dialect;

import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.TableFunctionArgument;
import io.trino.sql.tree.TableFunctionInvocation;

import java.util.Optional;

/**
 * Finds the statement in a call of the table function {@code system.athena}.
 */
final class AthenaFunction
{
    private AthenaFunction() {}

    /**
     * @return empty where the query is another one
     */
    static Optional<String> statement(Query query)
    {
        if (!(query.getQueryBody() instanceof QuerySpecification specification)
                || specification.getSelect().getSelectItems().size() != 1
                || !(specification.getSelect().getSelectItems().getFirst() instanceof AllColumns)
                || !(specification.getFrom().orElse(null) instanceof TableFunctionInvocation invocation)
                || !invocation.getName().toString().endsWith("system.athena")) {
            return Optional.empty();
        }
        return invocation.getArguments().stream()
                .filter(argument -> argument.getName().map(name -> name.getValue().equalsIgnoreCase("statement")).orElse(true))
                .map(TableFunctionArgument::getValue)
                .filter(StringLiteral.class::isInstance)
                .map(value -> ((StringLiteral) value).getValue())
                .findFirst();
    }
}
