package io.tarn.connector.athena;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.trino.spi.TrinoException;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.procedure.Procedure;
import io.trino.spi.procedure.Procedure.Argument;

import java.lang.invoke.MethodHandle;

import static io.trino.spi.StandardErrorCode.INVALID_PROCEDURE_ARGUMENT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.invoke.MethodHandles.lookup;
import static java.lang.invoke.MethodType.methodType;
import static java.util.Objects.requireNonNull;

/**
 * {@code CALL system.athena(statement, schema)}: executes a statement of Athena's language that changes something.
 */
public class AthenaProcedure
{
    private final AthenaStatements statements;

    @Inject
    public AthenaProcedure(AthenaStatements statements)
    {
        this.statements = requireNonNull(statements, "statements is null");
    }

    public Procedure procedure()
    {
        try {
            MethodHandle method = lookup().findVirtual(AthenaProcedure.class, "athena", methodType(
                    void.class, ConnectorSession.class, ConnectorAccessControl.class, String.class, String.class));
            return new Procedure(
                    AthenaFunction.SCHEMA_NAME,
                    AthenaFunction.NAME,
                    ImmutableList.of(
                            new Argument(AthenaFunction.STATEMENT, VARCHAR),
                            new Argument(AthenaFunction.SCHEMA, VARCHAR, false, AthenaFunction.DEFAULT_SCHEMA)),
                    method.bindTo(this));
        }
        catch (ReflectiveOperationException e) {
            throw new LinkageError("%s has no method for athena".formatted(AthenaProcedure.class.getName()), e);
        }
    }

    @SuppressWarnings("unused")
    private void athena(ConnectorSession session, ConnectorAccessControl accessControl, String statement, String schema)
    {
        if (statement == null || schema == null) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "statement and schema cannot be null");
        }
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            PreparedStatement prepared = statements.prepare(session, accessControl, statement, schema);
            if (!prepared.changes()) {
                throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "The statement has an answer, which a procedure cannot give: SELECT * FROM TABLE(system.athena(statement => '...', schema => '...'))");
            }
            prepared.rows();
        }
    }
}
