package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.athena.grammar.AthenaDdlParser.ClusteredByContext;
import io.tarn.athena.grammar.AthenaDdlParser.CreateTableContext;
import io.tarn.athena.grammar.AthenaDdlParser.DelimitedContext;
import io.tarn.athena.grammar.AthenaDdlParser.PartitionedByContext;
import io.tarn.athena.grammar.AthenaDdlParser.SerdeContext;
import io.tarn.athena.grammar.AthenaDdlParser.SerdePropertiesContext;
import io.tarn.athena.grammar.AthenaDdlParser.StoredAsClassesContext;
import io.tarn.athena.grammar.AthenaDdlParser.StoredAsNameContext;
import io.tarn.athena.grammar.AthenaDdlParser.TableClauseContext;
import io.tarn.athena.grammar.AthenaDdlParser.TableCommentContext;
import io.tarn.athena.grammar.AthenaDdlParser.TableLocationContext;
import io.tarn.athena.grammar.AthenaDdlParser.TablePropertiesContext;
import io.tarn.athena.statement.Bucketing;
import io.tarn.athena.statement.Bucketing.SortColumn;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.RowFormat;
import io.tarn.athena.statement.StorageFormat;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads a CREATE TABLE, whose clauses stand in any order.
 */
final class TableDefinition
{
    private final SyntaxErrors errors;
    private final Names names;
    private final Clauses clauses;
    private final DataTypes types;

    private final OnceOnly<String> comment;
    private final OnceOnly<PartitionFields> partitions;
    private final OnceOnly<Bucketing> bucketing;
    private final OnceOnly<RowFormat> rowFormat;
    private final OnceOnly<Map<String, String>> serdeProperties;
    private final OnceOnly<StorageFormat> storageFormat;
    private final OnceOnly<String> location;
    private final OnceOnly<Map<String, String>> properties;

    private TableDefinition(SyntaxErrors errors)
    {
        this.errors = requireNonNull(errors, "errors is null");
        this.names = new Names(errors);
        this.clauses = new Clauses(errors);
        this.types = new DataTypes(errors);
        this.comment = new OnceOnly<>("COMMENT", errors);
        this.partitions = new OnceOnly<>("PARTITIONED BY", errors);
        this.bucketing = new OnceOnly<>("CLUSTERED BY", errors);
        this.rowFormat = new OnceOnly<>("ROW FORMAT", errors);
        this.serdeProperties = new OnceOnly<>("WITH SERDEPROPERTIES", errors);
        this.storageFormat = new OnceOnly<>("STORED AS", errors);
        this.location = new OnceOnly<>("LOCATION", errors);
        this.properties = new OnceOnly<>("TBLPROPERTIES", errors);
    }

    static CreateTable read(CreateTableContext context, SyntaxErrors errors)
    {
        TableDefinition definition = new TableDefinition(errors);
        context.tableClause().forEach(definition::clause);
        return definition.table(context);
    }

    private CreateTable table(CreateTableContext context)
    {
        return new CreateTable(
                names.table(context.tableName()),
                context.EXTERNAL() != null,
                context.EXISTS() != null,
                context.columnList() == null ? ImmutableList.of() : clauses.columns(context.columnList()),
                comment.value(),
                partitions.value().map(PartitionFields::columns).orElse(ImmutableList.of()),
                partitions.value().map(PartitionFields::transforms).orElse(ImmutableList.of()),
                bucketing.value(),
                rowFormat.value(),
                serdeProperties.value().orElse(ImmutableMap.of()),
                storageFormat.value(),
                location.value(),
                properties.value().orElse(ImmutableMap.of()));
    }

    private void clause(TableClauseContext context)
    {
        switch (context) {
            case TableCommentContext clause -> comment.set(clause, Clauses.text(clause.text()));
            case PartitionedByContext clause -> partitions.set(clause, PartitionFields.read(clause, errors));
            case ClusteredByContext clause -> bucketing.set(clause, bucketing(clause));
            case DelimitedContext clause -> rowFormat.set(clause, Delimiters.read(clause, errors));
            case SerdeContext clause -> rowFormat.set(clause, new RowFormat.Serde(Clauses.text(clause.text())));
            case SerdePropertiesContext clause -> serdeProperties.set(clause, Clauses.properties(clause.properties()));
            case StoredAsClassesContext clause -> storageFormat.set(clause, new StorageFormat.Classes(Clauses.text(clause.text(0)), Clauses.text(clause.text(1))));
            case StoredAsNameContext clause -> storageFormat.set(clause, new StorageFormat.Named(clause.formatName().getText()));
            case TableLocationContext clause -> location.set(clause, Clauses.text(clause.text()));
            case TablePropertiesContext clause -> properties.set(clause, Clauses.properties(clause.properties()));
            default -> throw new IllegalArgumentException("not a clause: " + context.getClass().getSimpleName());
        }
    }

    private Bucketing bucketing(ClusteredByContext context)
    {
        List<String> columns = context.columnNames().columnName().stream()
                .map(names::name)
                .collect(toImmutableList());
        List<SortColumn> sortedBy = context.sortedBy() == null ? ImmutableList.of() : context.sortedBy().sortColumn().stream()
                                                                                      .map(column -> new SortColumn(names.name(column.columnName()), column.DESC() == null))
                                                                                      .collect(toImmutableList());
        return new Bucketing(columns, sortedBy, types.number(context.wholeNumber(), 1, Integer.MAX_VALUE, "the number of buckets"));
    }
}
