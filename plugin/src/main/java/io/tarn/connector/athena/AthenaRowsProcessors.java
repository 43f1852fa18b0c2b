package io.tarn.connector.athena;

import io.airlift.slice.Slices;
import io.trino.spi.PageBuilder;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.function.table.TableFunctionProcessorProvider;
import io.trino.spi.function.table.TableFunctionProcessorState;
import io.trino.spi.function.table.TableFunctionProcessorState.Finished;
import io.trino.spi.function.table.TableFunctionProcessorState.Processed;
import io.trino.spi.function.table.TableFunctionSplitProcessor;
import io.trino.spi.type.Type;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Collections.nCopies;

/**
 * Prints the rows of splits; whatever is to be done was done on the coordinator.
 */
public class AthenaRowsProcessors
        implements TableFunctionProcessorProvider
{
    @Override
    public TableFunctionSplitProcessor getSplitProcessor(ConnectorSession session, ConnectorTableFunctionHandle handle, Optional<ConnectorTableCredentials> tableCredentials, ConnectorSplit split)
    {
        List<Type> types = nCopies(((AthenaFunctionHandle) handle).columns(), VARCHAR);
        Iterator<List<String>> rows = ((AthenaRowsSplit) split).rows().iterator();
        return () -> page(types, rows);
    }

    private static TableFunctionProcessorState page(List<Type> types, Iterator<List<String>> rows)
    {
        if (!rows.hasNext()) {
            return Finished.FINISHED;
        }
        PageBuilder page = new PageBuilder(types);
        while (rows.hasNext() && !page.isFull()) {
            page.declarePosition();
            List<String> row = rows.next();
            for (int i = 0; i < types.size(); i++) {
                VARCHAR.writeSlice(page.getBlockBuilder(i), Slices.utf8Slice(row.get(i)));
            }
        }
        return Processed.produced(page.build());
    }
}
