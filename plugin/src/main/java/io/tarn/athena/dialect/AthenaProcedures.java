package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.statement.AddPartitions;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.DropPartitions;
import io.tarn.athena.statement.PartitionCondition;
import io.tarn.athena.statement.PartitionLocation;
import io.tarn.athena.statement.PartitionValue;
import io.tarn.athena.statement.RepairTable;
import io.tarn.athena.statement.TableName;
import io.trino.sql.tree.Call;
import io.trino.sql.tree.CallArgument;
import io.trino.sql.tree.Expression;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static io.tarn.athena.dialect.PropertyValues.refused;
import static java.util.Objects.requireNonNull;

/**
 * Calls of the connector's procedures as the statements of Athena that do the same.
 */
final class AthenaProcedures
{
    private final Call call;
    private final Notes notes;
    private final Map<String, Expression> arguments = new HashMap<>();

    AthenaProcedures(Call call, Notes notes)
    {
        this.call = requireNonNull(call, "call is null");
        this.notes = requireNonNull(notes, "notes is null");
    }

    AthenaStatement translate()
    {
        return switch (name()) {
            case "sync_partition_metadata" -> repair();
            case "register_partition" -> register();
            case "unregister_partition" -> unregister();
            default -> throw refused(call, "Athena has nothing that does what the procedure %s does".formatted(call.getName()));
        };
    }

    /**
     * The statement that {@code system.athena} was to carry out.
     */
    Optional<String> athenaStatement()
    {
        if (!name().equals("athena")) {
            return Optional.empty();
        }
        bind("statement", "schema");
        return Optional.of(text("statement"));
    }

    private String name()
    {
        return call.getName().getSuffix().toLowerCase(Locale.ENGLISH);
    }

    private AthenaStatement repair()
    {
        bind("schema_name", "table_name", "mode", "case_sensitive");
        String mode = text("mode").toUpperCase(Locale.ENGLISH);
        switch (mode) {
            case "ADD" -> {}
            case "FULL" -> notes.meaning("MSCK REPAIR TABLE only adds partitions; those whose folders are gone stay");
            default -> throw refused(call, "Athena removes no partitions by their folders (mode %s): use ALTER TABLE DROP PARTITION".formatted(mode));
        }
        return new RepairTable(table());
    }

    private AthenaStatement register()
    {
        bind("schema_name", "table_name", "partition_columns", "partition_values", "location");
        Optional<String> location = Optional.ofNullable(arguments.get("location")).filter(value -> !PropertyValues.isNull(value)).map(PropertyValues::text);
        return new AddPartitions(table(), false, ImmutableList.of(new PartitionLocation(values(), location)));
    }

    private AthenaStatement unregister()
    {
        bind("schema_name", "table_name", "partition_columns", "partition_values");
        return new DropPartitions(table(), false, ImmutableList.of(values().stream()
                .map(value -> new PartitionCondition(value.column(), PartitionCondition.Operator.EQUAL, value.value()))
                .toList()));
    }

    private List<PartitionValue> values()
    {
        List<String> columns = PropertyValues.list(required("partition_columns"));
        List<String> values = PropertyValues.list(required("partition_values"));
        if (columns.size() != values.size()) {
            throw refused(call, "There are %s partition columns and %s values".formatted(columns.size(), values.size()));
        }
        ImmutableList.Builder<PartitionValue> partition = ImmutableList.builder();
        for (int index = 0; index < columns.size(); index++) {
            partition.add(new PartitionValue(columns.get(index), values.get(index)));
        }
        return partition.build();
    }

    private TableName table()
    {
        return TableName.of(text("schema_name"), text("table_name"));
    }

    private String text(String argument)
    {
        return PropertyValues.text(required(argument));
    }

    private Expression required(String argument)
    {
        Expression value = arguments.get(argument);
        if (value == null) {
            throw refused(call, "The procedure %s needs %s".formatted(call.getName(), argument));
        }
        return value;
    }

    /**
     * @param names of the parameters, in their order
     */
    private void bind(String... names)
    {
        int position = 0;
        for (CallArgument argument : call.getArguments()) {
            if (argument.getName().isEmpty() && position >= names.length) {
                throw refused(argument, "The procedure %s has %s parameters".formatted(call.getName(), names.length));
            }
            arguments.put(argument.getName().isPresent() ? argument.getName().get().getValue().toLowerCase(Locale.ENGLISH) : names[position], argument.getValue());
            position++;
        }
    }
}
