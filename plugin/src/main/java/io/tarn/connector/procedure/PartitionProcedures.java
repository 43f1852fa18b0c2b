package io.tarn.connector.procedure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.tarn.maintenance.PartitionRegistration;
import io.tarn.maintenance.PartitionSync;
import io.tarn.maintenance.SyncMode;
import io.trino.spi.TrinoException;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.procedure.Procedure;
import io.trino.spi.procedure.Procedure.Argument;
import io.trino.spi.type.ArrayType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.CaseFormat.LOWER_CAMEL;
import static com.google.common.base.CaseFormat.LOWER_UNDERSCORE;
import static io.tarn.connector.procedure.ProcedureArguments.required;
import static io.tarn.connector.procedure.ProcedureArguments.tableName;
import static io.trino.spi.StandardErrorCode.INVALID_PROCEDURE_ARGUMENT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.invoke.MethodHandles.lookup;
import static java.lang.invoke.MethodType.methodType;
import static java.util.Objects.requireNonNull;

/**
 * Procedures of a catalogue's schema {@code system} that register and drop partitions; names, parameters and defaults
 * are those of Trino's Hive connector.
 */
public class PartitionProcedures
{
    private static final String SCHEMA = "system";
    private static final ArrayType TEXTS = new ArrayType(VARCHAR);

    private final PartitionRegistration registration;
    private final PartitionSync sync;

    @Inject
    public PartitionProcedures(PartitionRegistration registration, PartitionSync sync)
    {
        this.registration = requireNonNull(registration, "registration is null");
        this.sync = requireNonNull(sync, "sync is null");
    }

    public Set<Procedure> procedures()
    {
        Argument schema = new Argument("SCHEMA_NAME", VARCHAR);
        Argument table = new Argument("TABLE_NAME", VARCHAR);
        Argument columns = new Argument("PARTITION_COLUMNS", TEXTS);
        Argument values = new Argument("PARTITION_VALUES", TEXTS);
        MethodType onePartition = methodType(void.class, ConnectorSession.class, ConnectorAccessControl.class, String.class, String.class, List.class, List.class);
        return ImmutableSet.of(
                procedure(
                        "sync_partition_metadata",
                        methodType(void.class, ConnectorSession.class, ConnectorAccessControl.class, String.class, String.class, String.class, boolean.class),
                        schema,
                        table,
                        new Argument("MODE", VARCHAR),
                        new Argument("CASE_SENSITIVE", BOOLEAN, false, true)),
                procedure(
                        "register_partition",
                        onePartition.appendParameterTypes(String.class),
                        schema,
                        table,
                        columns,
                        values,
                        new Argument("LOCATION", VARCHAR, false, null)),
                procedure("unregister_partition", onePartition, schema, table, columns, values),
                procedure("create_empty_partition", onePartition, schema, table, columns, values));
    }

    @SuppressWarnings("unused")
    private void syncPartitionMetadata(ConnectorSession session, ConnectorAccessControl accessControl, String schema, String table, String modeText, boolean caseSensitive)
    {
        SchemaTableName name = tableName(schema, table);
        String text = required("mode", modeText);
        SyncMode mode = Arrays.stream(SyncMode.values())
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TrinoException(INVALID_PROCEDURE_ARGUMENT, "Invalid partition metadata sync mode: %s; it must be ADD, DROP or FULL".formatted(text)));
        if (mode.adds()) {
            accessControl.checkCanInsertIntoTable(null, name, Optional.empty());
        }
        if (mode.drops()) {
            accessControl.checkCanDeleteFromTable(null, name, Optional.empty());
        }
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            sync.sync(session, name, mode, caseSensitive);
        }
    }

    @SuppressWarnings("unused")
    private void registerPartition(ConnectorSession session, ConnectorAccessControl accessControl, String schema, String table, List<String> columns, List<String> values, String location)
    {
        SchemaTableName name = tableName(schema, table);
        required("partition_columns", columns);
        required("partition_values", values);
        accessControl.checkCanInsertIntoTable(null, name, Optional.empty());
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            registration.register(session, name, columns, values, Optional.ofNullable(location));
        }
    }

    @SuppressWarnings("unused")
    private void unregisterPartition(ConnectorSession session, ConnectorAccessControl accessControl, String schema, String table, List<String> columns, List<String> values)
    {
        SchemaTableName name = tableName(schema, table);
        required("partition_columns", columns);
        required("partition_values", values);
        accessControl.checkCanDeleteFromTable(null, name, Optional.empty());
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            registration.unregister(name, columns, values);
        }
    }

    @SuppressWarnings("unused")
    private void createEmptyPartition(ConnectorSession session, ConnectorAccessControl accessControl, String schema, String table, List<String> columns, List<String> values)
    {
        SchemaTableName name = tableName(schema, table);
        required("partition_columns", columns);
        required("partition_values", values);
        accessControl.checkCanInsertIntoTable(null, name, Optional.empty());
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            registration.createEmpty(session, name, columns, values);
        }
    }

    private Procedure procedure(String name, MethodType type, Argument... arguments)
    {
        try {
            MethodHandle method = lookup().findVirtual(PartitionProcedures.class, LOWER_UNDERSCORE.to(LOWER_CAMEL, name), type);
            return new Procedure(SCHEMA, name, ImmutableList.copyOf(arguments), method.bindTo(this));
        }
        catch (ReflectiveOperationException e) {
            throw new LinkageError("%s has no method for %s".formatted(PartitionProcedures.class.getName(), name), e);
        }
    }
}
