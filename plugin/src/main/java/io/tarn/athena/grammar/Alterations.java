package io.tarn.athena.grammar;

import io.tarn.athena.grammar.AthenaDdlParser.AlterationContext;
import io.tarn.athena.grammar.AthenaDdlParser.ChangeColumnContext;
import io.tarn.athena.grammar.AthenaDdlParser.ColumnPositionContext;
import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.AddPartitions;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.ChangeColumn;
import io.tarn.athena.statement.ColumnPosition;
import io.tarn.athena.statement.DropColumn;
import io.tarn.athena.statement.DropPartitions;
import io.tarn.athena.statement.PartitionLocation;
import io.tarn.athena.statement.RenamePartition;
import io.tarn.athena.statement.RenameTable;
import io.tarn.athena.statement.ReplaceColumns;
import io.tarn.athena.statement.SetLocation;
import io.tarn.athena.statement.SetTableProperties;
import io.tarn.athena.statement.TableName;
import io.tarn.athena.statement.UnsetTableProperties;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads what ALTER TABLE is to do.
 */
final class Alterations
{
    private final Names names;
    private final Clauses clauses;

    Alterations(SyntaxErrors errors)
    {
        this.names = new Names(requireNonNull(errors, "errors is null"));
        this.clauses = new Clauses(errors);
    }

    AthenaStatement read(TableName table, AlterationContext context)
    {
        return switch (context) {
            case AthenaDdlParser.AddColumnsContext add -> new AddColumns(table, List.of(), clauses.columns(add.columnList()));
            case AthenaDdlParser.AddPartitionColumnsContext add -> new AddColumns(table, clauses.partition(add.partitionSpec()), clauses.columns(add.columnList()));
            case AthenaDdlParser.ReplaceColumnsContext replace -> new ReplaceColumns(table, List.of(), clauses.columns(replace.columnList()));
            case AthenaDdlParser.ReplacePartitionColumnsContext replace -> new ReplaceColumns(table, clauses.partition(replace.partitionSpec()), clauses.columns(replace.columnList()));
            case ChangeColumnContext change -> changeColumn(table, change);
            case AthenaDdlParser.DropColumnContext drop -> new DropColumn(table, names.name(drop.columnName()));
            case AthenaDdlParser.AddPartitionsContext add -> new AddPartitions(table, add.EXISTS() != null, add.partitionLocation().stream()
                    .map(partition -> new PartitionLocation(clauses.partition(partition.partitionSpec()), Clauses.optional(partition.text())))
                    .collect(toImmutableList()));
            case AthenaDdlParser.DropPartitionsContext drop -> new DropPartitions(table, drop.EXISTS() != null, drop.partitionFilter().stream()
                    .map(clauses::conditions)
                    .collect(toImmutableList()));
            case AthenaDdlParser.RenamePartitionContext rename -> new RenamePartition(table, clauses.partition(rename.partitionSpec(0)), clauses.partition(rename.partitionSpec(1)));
            case AthenaDdlParser.SetLocationContext set -> new SetLocation(table, List.of(), Clauses.text(set.text()));
            case AthenaDdlParser.SetPartitionLocationContext set -> new SetLocation(table, clauses.partition(set.partitionSpec()), Clauses.text(set.text()));
            case AthenaDdlParser.SetTablePropertiesContext set -> new SetTableProperties(table, Clauses.properties(set.properties()));
            case AthenaDdlParser.UnsetTablePropertiesContext unset -> new UnsetTableProperties(table, unset.EXISTS() != null, unset.propertyKeys().propertyKey().stream()
                    .map(Clauses::key)
                    .collect(toImmutableList()));
            case AthenaDdlParser.RenameTableContext rename -> new RenameTable(table, names.table(rename.tableName()));
            default -> throw new IllegalArgumentException("not an alteration: " + context.getClass().getSimpleName());
        };
    }

    private ChangeColumn changeColumn(TableName table, ChangeColumnContext context)
    {
        return new ChangeColumn(
                table,
                names.name(context.columnName()),
                clauses.column(context.columnDefinition()),
                Optional.ofNullable(context.columnPosition()).map(this::position));
    }

    private ColumnPosition position(ColumnPositionContext context)
    {
        return context.columnName() == null ? ColumnPosition.first() : ColumnPosition.after(names.name(context.columnName()));
    }
}
