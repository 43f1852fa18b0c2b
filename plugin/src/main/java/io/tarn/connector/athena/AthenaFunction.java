package io.tarn.connector.athena;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.airlift.slice.Slice;
import io.tarn.athena.execute.ResultColumn;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.function.table.AbstractConnectorTableFunction;
import io.trino.spi.function.table.Argument;
import io.trino.spi.function.table.Descriptor;
import io.trino.spi.function.table.ScalarArgument;
import io.trino.spi.function.table.ScalarArgumentSpecification;
import io.trino.spi.function.table.TableFunctionAnalysis;

import java.util.List;
import java.util.Map;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.StandardErrorCode.INVALID_FUNCTION_ARGUMENT;
import static io.trino.spi.function.table.ReturnTypeSpecification.GenericTable.GENERIC_TABLE;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Collections.nCopies;
import static java.util.Objects.requireNonNull;

/**
 * {@code TABLE(system.athena(statement => '...', schema => '...'))}: executes a statement of Athena's language when the
 * query runs, and gives its answer.
 */
public class AthenaFunction
        extends AbstractConnectorTableFunction
{
    static final String SCHEMA_NAME = "system";
    static final String NAME = "athena";
    static final String STATEMENT = "STATEMENT";
    static final String SCHEMA = "SCHEMA";
    static final Slice DEFAULT_SCHEMA = utf8Slice("default");

    private final AthenaStatements statements;
    private final PreparedStatements prepared;

    @Inject
    public AthenaFunction(AthenaStatements statements, PreparedStatements prepared)
    {
        super(SCHEMA_NAME,
                NAME,
                ImmutableList.of(
                        ScalarArgumentSpecification.builder().name(STATEMENT).type(VARCHAR).build(),
                        ScalarArgumentSpecification.builder().name(SCHEMA).type(VARCHAR).defaultValue(DEFAULT_SCHEMA).build()),
                GENERIC_TABLE,
                "Executes a DDL or utility statement in the language of Amazon Athena");
        this.statements = requireNonNull(statements, "statements is null");
        this.prepared = requireNonNull(prepared, "prepared is null");
    }

    @Override
    public TableFunctionAnalysis analyze(ConnectorSession session, ConnectorTransactionHandle transaction, Map<String, Argument> arguments, ConnectorAccessControl accessControl)
    {
        PreparedStatement statement = statements.prepare(session, accessControl, text(arguments, STATEMENT), text(arguments, SCHEMA));
        List<String> names = statement.columns().stream().map(ResultColumn::name).toList();
        return TableFunctionAnalysis.builder()
                .returnedType(Descriptor.descriptor(names, nCopies(names.size(), VARCHAR)))
                .handle(prepared.add(transaction, statement))
                .build();
    }

    private static String text(Map<String, Argument> arguments, String name)
    {
        Slice value = (Slice) ((ScalarArgument) arguments.get(name)).getValue();
        if (value == null) {
            throw new TrinoException(INVALID_FUNCTION_ARGUMENT, "%s is null".formatted(name));
        }
        return value.toStringUtf8();
    }
}
