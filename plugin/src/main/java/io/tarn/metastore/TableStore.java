package io.tarn.metastore;

import io.airlift.log.Logger;
import io.trino.metastore.Table;
import io.trino.metastore.TableAlreadyExistsException;
import io.trino.metastore.TableInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.VersionMismatchException;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.metastore.GlueMaps.withoutNulls;
import static io.tarn.metastore.GlueOperation.CREATE_TABLE;
import static io.tarn.metastore.GlueOperation.DELETE_TABLE;
import static io.tarn.metastore.GlueOperation.GET_TABLE;
import static io.tarn.metastore.GlueOperation.GET_TABLES;
import static io.tarn.metastore.GlueOperation.UPDATE_TABLE;
import static io.tarn.metastore.GlueTables.toTableInput;
import static io.tarn.metastore.QueryMark.isSameQuery;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static java.util.Objects.requireNonNull;

/**
 * The tables and views in Glue.
 */
final class TableStore
{
    private static final Logger log = Logger.get(TableStore.class);
    private static final String MANAGED_TABLE = "MANAGED_TABLE";

    private final GlueClient client;
    private final GlueCalls calls;
    private final LocationCleaner cleaner;

    TableStore(GlueClient client, GlueCalls calls, LocationCleaner cleaner)
    {
        this.client = requireNonNull(client, "client is null");
        this.calls = requireNonNull(calls, "calls is null");
        this.cleaner = requireNonNull(cleaner, "cleaner is null");
    }

    Optional<Table> table(String databaseName, String tableName)
    {
        return glueTable(databaseName, tableName, _ -> {})
                .map(table -> GlueTables.toTable(databaseName, table));
    }

    /**
     * As it is at this moment, and not as somebody else is just reading it.
     */
    Optional<Table> liveTable(String databaseName, String tableName)
    {
        return glueTable(databaseName, tableName)
                .map(table -> GlueTables.toTable(databaseName, table));
    }

    Optional<software.amazon.awssdk.services.glue.model.Table> glueTable(String databaseName, String tableName)
    {
        return glueTable(databaseName, tableName, request -> request.overrideConfiguration(override -> override.putExecutionAttribute(ConsiderateGlue.LIVE, true)));
    }

    private Optional<software.amazon.awssdk.services.glue.model.Table> glueTable(String databaseName, String tableName, Consumer<GetTableRequest.Builder> options)
    {
        if (!GlueNames.canExist(databaseName, tableName)) {
            return Optional.empty();
        }
        try {
            return Optional.of(calls.call(
                    GET_TABLE,
                    resource(databaseName, tableName),
                    () -> client.getTable(request -> request.databaseName(databaseName).name(tableName).applyMutation(options)).table(),
                    EntityNotFoundException.class));
        }
        catch (EntityNotFoundException _) {
            return Optional.empty();
        }
    }

    List<TableInfo> tableInfos(String databaseName)
    {
        return infos(databaseName, TableStore::isListed);
    }

    List<ListedTable> listedTables(String databaseName)
    {
        return tables(databaseName, TableStore::isListed).stream()
                .map(table -> GlueTables.toListedTable(databaseName, table))
                .collect(toImmutableList());
    }

    private static boolean isListed(software.amazon.awssdk.services.glue.model.Table table)
    {
        // a listing has the parameters with it
        return !GlueTables.parameters(table).containsKey(LiveTables.UNLISTED);
    }

    List<TableInfo> allTables(String databaseName)
    {
        return infos(databaseName, _ -> true);
    }

    private List<TableInfo> infos(String databaseName, Predicate<software.amazon.awssdk.services.glue.model.Table> predicate)
    {
        return tables(databaseName, predicate).stream()
                .map(table -> GlueTables.toTableInfo(databaseName, table))
                .collect(toImmutableList());
    }

    List<String> tableNamesWithParameters(String databaseName, String key, Set<String> values)
    {
        return tables(databaseName, table -> Optional.ofNullable(GlueTables.parameters(table).get(key)).filter(values::contains).isPresent()).stream()
                .map(software.amazon.awssdk.services.glue.model.Table::name)
                .collect(toImmutableList());
    }

    private List<software.amazon.awssdk.services.glue.model.Table> tables(String databaseName, Predicate<software.amazon.awssdk.services.glue.model.Table> predicate)
    {
        try {
            return calls.pages(
                    GET_TABLES,
                    DatabaseStore.resource(databaseName),
                    token -> client.getTables(request -> request.databaseName(databaseName).nextToken(token)),
                    page -> page.tableList().stream().filter(predicate).toList(),
                    GetTablesResponse::nextToken,
                    EntityNotFoundException.class,
                    AccessDeniedException.class);
        }
        catch (EntityNotFoundException _) {
            return List.of();
        }
        catch (AccessDeniedException e) {
            // a listing of all schemas must not fail for the one whose tables this identity may not see
            log.warn("Glue does not allow GetTables for database %s, which is shown without tables: %s", databaseName, e.getMessage());
            return List.of();
        }
    }

    void create(Table table)
    {
        create(table.getSchemaTableName(), toTableInput(table, Optional.empty()));
    }

    void create(SchemaTableName name, TableInput input)
    {
        try {
            calls.callDespiteConflicts(
                    CREATE_TABLE,
                    resource(name.getSchemaName(), name.getTableName()),
                    () -> client.createTable(request -> request.databaseName(name.getSchemaName()).tableInput(input)),
                    AlreadyExistsException.class,
                    EntityNotFoundException.class);
        }
        catch (AlreadyExistsException e) {
            if (isSameQuery(input.parameters(), () -> glueTable(name.getSchemaName(), name.getTableName()).map(GlueTables::parameters))) {
                return;
            }
            if (LostAnswers.maybeDone(e) && isWritten(name.getSchemaName(), name.getTableName(), input)) {
                return;
            }
            throw new TableAlreadyExistsException(name, e);
        }
        catch (EntityNotFoundException e) {
            throw new SchemaNotFoundException(name.getSchemaName(), e);
        }
    }

    void drop(String databaseName, String tableName, boolean deleteData)
    {
        Optional<String> location = Optional.empty();
        if (deleteData) {
            software.amazon.awssdk.services.glue.model.Table table = glueTable(databaseName, tableName)
                    .orElseThrow(() -> new TableNotFoundException(new SchemaTableName(databaseName, tableName)));
            if (MANAGED_TABLE.equals(table.tableType())) {
                location = GlueStorages.toStorage(databaseName + "." + tableName, table.storageDescriptor()).getOptionalLocation();
            }
        }
        try {
            calls.callDespiteConflicts(
                    DELETE_TABLE,
                    resource(databaseName, tableName),
                    () -> client.deleteTable(request -> request.databaseName(databaseName).name(tableName)),
                    EntityNotFoundException.class);
        }
        catch (EntityNotFoundException e) {
            if (LostAnswers.maybeDone(e)) {
                location.ifPresent(cleaner::delete);
                return;
            }
            throw new TableNotFoundException(new SchemaTableName(databaseName, tableName), e);
        }
        location.ifPresent(cleaner::delete);
    }

    /**
     * Fails, rather than to overwrite it, where the table was changed at the same time.
     *
     * @param expectation what the table must be, for the replacement not to fail either
     */
    void replace(String databaseName, String tableName, Table newTable, TableExpectation expectation)
    {
        if (!newTable.getDatabaseName().equals(databaseName) || !newTable.getTableName().equals(tableName)) {
            throw new TrinoException(NOT_SUPPORTED, "Table %s.%s cannot be replaced by one of another name: rename it".formatted(databaseName, tableName));
        }
        change(databaseName, tableName, false, false, existing -> {
            expectation.check(databaseName, existing, newTable);
            return toTableInput(newTable, Optional.of(existing));
        });
    }

    void changeColumns(String databaseName, String tableName, UnaryOperator<Table> operator)
    {
        change(databaseName, tableName, true, false, existing -> {
            Table table = GlueTables.toTable(databaseName, existing);
            int columns = existing.storageDescriptor() == null ? 0 : existing.storageDescriptor().columns().size();
            if (table.getDataColumns().size() + table.getPartitionColumns().size() != columns + existing.partitionKeys().size()) {
                throw new TrinoException(NOT_SUPPORTED, "Columns of %s.%s cannot be changed: some have types that are not Hive's, for its columns are kept outside the catalogue".formatted(databaseName, tableName));
            }
            return toTableInput(operator.apply(table), Optional.of(existing));
        });
    }

    void changeComment(String databaseName, String tableName, Optional<String> comment)
    {
        change(databaseName, tableName, true, false, existing -> GlueTables.withComment(existing, comment));
    }

    void changeOwner(String databaseName, String tableName, String owner)
    {
        change(databaseName, tableName, true, false, existing -> toTableInput(existing).toBuilder().owner(owner).build());
    }

    /**
     * Without a new version in the table's history: what changes are statistics, not the definition.
     *
     * @return the table as it was
     */
    Table changeParameters(String databaseName, String tableName, UnaryOperator<Map<String, String>> operator)
    {
        software.amazon.awssdk.services.glue.model.Table changed = change(databaseName, tableName, true, true, existing -> toTableInput(existing).toBuilder()
                .parameters(operator.apply(withoutNulls(existing.parameters())))
                .build());
        return GlueTables.toTable(databaseName, changed);
    }

    /**
     * @param repeatable whether the change is made again, to the table as it then is, where somebody else was faster
     * @return the table that was changed, as it was
     */
    private software.amazon.awssdk.services.glue.model.Table change(
            String databaseName,
            String tableName,
            boolean repeatable,
            boolean skipArchive,
            Function<software.amazon.awssdk.services.glue.model.Table, TableInput> change)
    {
        for (int attempt = 1; ; attempt++) {
            software.amazon.awssdk.services.glue.model.Table existing = glueTable(databaseName, tableName)
                    .orElseThrow(() -> new TableNotFoundException(new SchemaTableName(databaseName, tableName)));
            TableInput input = change.apply(existing);
            try {
                calls.call(
                        UPDATE_TABLE,
                        resource(databaseName, tableName),
                        () -> client.updateTable(request -> request
                                .databaseName(databaseName)
                                .tableInput(input)
                                .skipArchive(skipArchive)
                                .versionId(existing.versionId())),
                        EntityNotFoundException.class,
                        ConcurrentModificationException.class,
                        VersionMismatchException.class);
                return existing;
            }
            catch (EntityNotFoundException e) {
                throw new TableNotFoundException(new SchemaTableName(databaseName, tableName), e);
            }
            catch (ConcurrentModificationException | VersionMismatchException e) {
                if (LostAnswers.maybeDone(e) && isWritten(databaseName, tableName, input)) {
                    return existing;
                }
                if (!repeatable || attempt >= calls.maxAttempts()) {
                    throw changedMeanwhile(databaseName, tableName, existing.versionId(), e);
                }
                calls.pause(attempt);
            }
        }
    }

    /**
     * Whether a table is what a request whose answer is lost was to make of it.
     */
    private boolean isWritten(String databaseName, String tableName, TableInput input)
    {
        return glueTable(databaseName, tableName)
                .map(GlueTables::toTableInput)
                .filter(written -> withoutNulls(written.parameters()).equals(withoutNulls(input.parameters()))
                        && GlueStorages.isSame(input.storageDescriptor(), written.storageDescriptor())
                        && Objects.equals(written.viewOriginalText(), input.viewOriginalText()))
                .isPresent();
    }

    private static TrinoException changedMeanwhile(String databaseName, String tableName, String version, GlueException cause)
    {
        return new TrinoException(TRANSACTION_CONFLICT, "Table %s.%s was changed by somebody else since its version %s was read. Run the statement again".formatted(databaseName, tableName, version), cause);
    }

    static String resource(String databaseName, String tableName)
    {
        return "table %s.%s".formatted(databaseName, tableName);
    }
}
