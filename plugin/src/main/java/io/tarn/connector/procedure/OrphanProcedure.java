package io.tarn.connector.procedure;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.airlift.slice.Slice;
import io.airlift.units.Duration;
import io.tarn.maintenance.OrphanRemoval;
import io.trino.spi.TrinoException;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.procedure.Procedure;
import io.trino.spi.procedure.Procedure.Argument;

import java.lang.invoke.MethodHandle;
import java.util.Optional;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.connector.procedure.ProcedureArguments.notEmpty;
import static io.tarn.connector.procedure.ProcedureArguments.required;
import static io.tarn.connector.procedure.ProcedureArguments.tableName;
import static io.trino.spi.StandardErrorCode.INVALID_PROCEDURE_ARGUMENT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.invoke.MethodHandles.lookup;
import static java.lang.invoke.MethodType.methodType;
import static java.util.Objects.requireNonNull;

/**
 * {@code CALL system.remove_orphan_files(schema_name, table_name, retention_threshold, dry_run)}. Who may delete from a
 * table may remove its orphans; folders of no table take the right to drop the schema.
 */
public class OrphanProcedure
{
    private static final Slice DEFAULT_RETENTION = utf8Slice("7d");

    private final OrphanRemoval removal;

    @Inject
    public OrphanProcedure(OrphanRemoval removal)
    {
        this.removal = requireNonNull(removal, "removal is null");
    }

    public Procedure procedure()
    {
        try {
            MethodHandle method = lookup().findVirtual(OrphanProcedure.class, "removeOrphanFiles", methodType(
                    void.class, ConnectorSession.class, ConnectorAccessControl.class, String.class, String.class, String.class, boolean.class));
            return new Procedure(
                    "system",
                    "remove_orphan_files",
                    ImmutableList.of(
                            new Argument("SCHEMA_NAME", VARCHAR),
                            new Argument("TABLE_NAME", VARCHAR, false, null),
                            new Argument("RETENTION_THRESHOLD", VARCHAR, false, DEFAULT_RETENTION),
                            new Argument("DRY_RUN", BOOLEAN, false, false)),
                    method.bindTo(this));
        }
        catch (ReflectiveOperationException e) {
            throw new LinkageError("%s has no method for remove_orphan_files".formatted(OrphanProcedure.class.getName()), e);
        }
    }

    @SuppressWarnings("unused")
    private void removeOrphanFiles(ConnectorSession session, ConnectorAccessControl accessControl, String schema, String table, String retentionText, boolean dryRun)
    {
        Optional<SchemaTableName> one = Optional.ofNullable(table).map(name -> tableName(schema, name));
        Duration retention = duration(required("retention_threshold", retentionText));
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            if (one.isPresent()) {
                accessControl.checkCanDeleteFromTable(null, one.get(), Optional.empty());
                removal.removeFromTable(session, one.get(), retention, dryRun);
                return;
            }
            String name = notEmpty("schema_name", schema);
            accessControl.checkCanDropSchema(null, name);
            removal.removeFromSchema(session, name, retention, dryRun, found -> accessControl.checkCanDeleteFromTable(null, found, Optional.empty()));
        }
    }

    private static Duration duration(String text)
    {
        try {
            return Duration.valueOf(text);
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "retention_threshold is '%s', but must be a duration such as '7d' or '36h'".formatted(text), e);
        }
    }
}
