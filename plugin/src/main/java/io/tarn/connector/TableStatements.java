package io.tarn.connector;

import io.tarn.ddl.BucketDeclaration;
import io.tarn.ddl.PropertyChanges;
import io.tarn.ddl.TableDeclaration;
import io.tarn.ddl.TableLocations;
import io.tarn.format.FileFormat;
import io.tarn.format.FileFormats;
import io.tarn.format.FileSchema;
import io.tarn.scan.FileSchemas;
import io.tarn.write.TablePublisher;
import io.tarn.writelog.WriteFileName;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.Location;
import io.trino.metastore.Column;
import io.trino.metastore.Database;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.metastore.TableAlreadyExistsException;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ColumnPosition;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.SaveMode;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_UNFINISHED_WRITES;
import static io.tarn.type.DeclaredTypes.hiveType;
import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * What statements do to the definitions of tables.
 */
final class TableStatements
{
    private final HiveMetastore metastore;
    private final TableDeclaration declaration;
    private final TableLocations locations;
    private final FileFormats formats;

    TableStatements(HiveMetastore metastore, TableDeclaration declaration, TableLocations locations, FileFormats formats)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.declaration = requireNonNull(declaration, "declaration is null");
        this.locations = requireNonNull(locations, "locations is null");
        this.formats = requireNonNull(formats, "formats is null");
    }

    void create(ConnectorSession session, ConnectorTableMetadata metadata, SaveMode saveMode)
    {
        if (saveMode == SaveMode.REPLACE) {
            throw new TrinoException(NOT_SUPPORTED, "This connector does not support replacing tables");
        }
        WriteFileName files = TablePublisher.newTableFiles();
        Table table = newTable(session, metadata, files, new WriteLog(files.logId(), 0, List.of(), List.of(), 0));
        try {
            metastore.createTable(table, NO_PRIVILEGES);
        }
        catch (TableAlreadyExistsException e) {
            requireNotCreating(metadata.getTable());
            if (saveMode == SaveMode.FAIL) {
                throw e;
            }
        }
    }

    /**
     * @throws TrinoException {@code TARN_UNFINISHED_WRITES} for a name that a statement has taken whose table is not
     *         shown yet, or never will be
     */
    void requireNotCreating(SchemaTableName name)
    {
        metastore.getTable(name.getSchemaName(), name.getTableName())
                .map(table -> table.getParameters().get(WriteLog.CREATING))
                .ifPresent(queryId -> {
                    throw new TrinoException(TARN_UNFINISHED_WRITES, "Table %s is being created by query %s. If that query is dead, CALL system.remove_orphan_files(schema_name => '%s', table_name => '%s') frees the name."
                            .formatted(name, queryId, name.getSchemaName(), name.getTableName()));
                });
    }

    /**
     * A table as a statement declares it, which is not in the catalogue yet.
     */
    Table newTable(ConnectorSession session, ConnectorTableMetadata metadata, WriteFileName files, WriteLog log)
    {
        SchemaTableName name = metadata.getTable();
        Database schema = metastore.getDatabase(name.getSchemaName())
                .orElseThrow(() -> new SchemaNotFoundException(name.getSchemaName()));
        Optional<String> external = TableDeclaration.externalLocation(metadata);
        Location location = external
                .map(text -> locations.external(session, text))
                .orElseGet(() -> locations.managed(schema, name, files.logId()));
        return declaration.table(metadata, session.getUser(), session.getQueryId(), location.toString(), external.isPresent(), log);
    }

    void drop(SchemaTableName name)
    {
        metastore.dropTable(name.getSchemaName(), name.getTableName(), true);
    }

    void rename(SchemaTableName from, SchemaTableName to)
    {
        metastore.renameTable(from.getSchemaName(), from.getTableName(), to.getSchemaName(), to.getTableName());
    }

    void comment(SchemaTableName name, Optional<String> comment)
    {
        metastore.commentTable(name.getSchemaName(), name.getTableName(), comment);
    }

    void commentColumn(SchemaTableName name, TarnColumnHandle column, Optional<String> comment)
    {
        metastore.commentColumn(name.getSchemaName(), name.getTableName(), column.name(), comment);
    }

    void addColumn(SchemaTableName name, ColumnMetadata column, ColumnPosition position)
    {
        switch (position) {
            case ColumnPosition.First _ -> throw new TrinoException(NOT_SUPPORTED, "This connector does not support adding columns with FIRST clause");
            case ColumnPosition.After _ -> throw new TrinoException(NOT_SUPPORTED, "This connector does not support adding columns with AFTER clause");
            case ColumnPosition.Last _ -> {}
        }
        if (!column.isNullable()) {
            throw new TrinoException(NOT_SUPPORTED, "This connector does not support adding not null columns");
        }
        TableDeclaration.requireColumnName(column.getName());
        metastore.addColumn(name.getSchemaName(), name.getTableName(), column.getName(), hiveType(column.getType()), column.getComment().orElse(null));
    }

    void renameColumn(SchemaTableName name, TarnColumnHandle column, String target)
    {
        requireData(column, "renamed");
        TableDeclaration.requireColumnName(target);
        Table table = table(name);
        BucketDeclaration.requireFree(table, column.name(), "renamed");
        for (Column other : table.getDataColumns()) {
            if (other.getName().equalsIgnoreCase(target)) {
                throw new TrinoException(NOT_SUPPORTED, "Column '%s' of table %s exists already".formatted(target, name));
            }
        }
        metastore.renameColumn(name.getSchemaName(), name.getTableName(), column.name(), target);
    }

    void dropColumn(SchemaTableName name, TarnColumnHandle column)
    {
        requireData(column, "dropped");
        Table table = table(name);
        BucketDeclaration.requireFree(table, column.name(), "dropped");
        if (table.getDataColumns().size() == 1) {
            throw new TrinoException(NOT_SUPPORTED, "Cannot drop the only non-partition column in a table");
        }
        requireByName(table, column.name());
        metastore.dropColumn(name.getSchemaName(), name.getTableName(), column.name());
    }

    /**
     * Not the last column either: the next that is added would have its values.
     */
    private void requireByName(Table table, String column)
    {
        FileSchema schema = FileSchemas.readable(FileSchemas.of(table));
        formats.find(schema).filter(format -> format.byPosition(schema)).ifPresent(format -> {
            throw new TrinoException(NOT_SUPPORTED, "Column '%s' of table %s cannot be dropped: columns are found in %s files by their position, so others would show its values. Create a table from a query of the columns that are to stay%s"
                    .formatted(column, table.getSchemaTableName(), format.name(), byNameInstead(table, format)));
        });
    }

    private static String byNameInstead(Table table, FileFormat format)
    {
        if (!format.name().equals("ORC")) {
            return "";
        }
        return "; or, where all files name their columns as the table does, have them found by name first: ALTER TABLE %s SET PROPERTIES extra_properties = MAP(ARRAY['orc.column.index.access'], ARRAY['false'])"
                .formatted(table.getSchemaTableName());
    }

    private static void requireData(TarnColumnHandle column, String verb)
    {
        if (column.kind() != TarnColumnHandle.Kind.DATA) {
            throw new TrinoException(NOT_SUPPORTED, "Column '%s' cannot be %s: it is a partition key, whose values are in the names of folders".formatted(column.name(), verb));
        }
    }

    void setProperties(SchemaTableName name, Map<String, Optional<Object>> properties)
    {
        metastore.replaceTable(name.getSchemaName(), name.getTableName(), PropertyChanges.apply(table(name), properties, declaration), NO_PRIVILEGES, Map.of());
    }

    private Table table(SchemaTableName name)
    {
        return metastore.getTable(name.getSchemaName(), name.getTableName()).orElseThrow(() -> new TableNotFoundException(name));
    }
}
