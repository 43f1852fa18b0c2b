package io.tarn.connector.athena;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.execute.ResultColumn;
import io.tarn.athena.execute.StatementExecutor;
import io.tarn.athena.execute.StatementResult;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.ShowStatement;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * A statement that the user may run, executed when its rows are asked for. One that changes something is executed once,
 * however often a query names it.
 */
final class PreparedStatement
{
    private final AthenaStatement statement;
    private final Supplier<StatementResult> execution;
    private List<List<String>> changed;
    private RuntimeException failure;

    PreparedStatement(AthenaStatement statement, Supplier<StatementResult> execution)
    {
        this.statement = requireNonNull(statement, "statement is null");
        this.execution = requireNonNull(execution, "execution is null");
    }

    List<ResultColumn> columns()
    {
        return StatementExecutor.columns(statement);
    }

    boolean givesRows()
    {
        return StatementExecutor.givesRows(statement);
    }

    boolean changes()
    {
        return !(statement instanceof ShowStatement);
    }

    Iterator<List<String>> rows()
    {
        return changes() ? rowsOfChange().iterator() : execution.get().rows();
    }

    private synchronized List<List<String>> rowsOfChange()
    {
        if (failure != null) {
            throw failure;
        }
        if (changed == null) {
            try {
                changed = ImmutableList.copyOf(execution.get().rows());
            }
            catch (RuntimeException e) {
                // it may be half done
                failure = e;
                throw e;
            }
        }
        return changed;
    }
}
