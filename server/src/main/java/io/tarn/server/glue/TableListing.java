package io.tarn.server.glue;

import io.tarn.server.aws.AwsOperation;
import io.tarn.server.glue.TableRows.TableRow;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableAttributes;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.Listings.limit;
import static io.tarn.server.glue.Names.folded;
import static java.util.Objects.requireNonNull;
import static software.amazon.awssdk.services.glue.model.TableAttributes.DEFAULT;
import static software.amazon.awssdk.services.glue.model.TableAttributes.NAME;
import static software.amazon.awssdk.services.glue.model.TableAttributes.TABLE_TYPE;

/**
 * The tables of a database.
 */
final class TableListing
{
    private static final int MAX_RESULTS = 100;
    private static final Set<TableAttributes> ATTRIBUTES = Set.of(NAME, TABLE_TYPE);

    private final GlueStore store;

    TableListing(GlueStore store)
    {
        this.store = requireNonNull(store, "store is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(operation("GetTables", GetTablesRequest::builder, this::list));
    }

    private GetTablesResponse list(GetTablesRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        int limit = limit(request.maxResults(), MAX_RESULTS);
        String expression = Optional.ofNullable(request.expression()).orElse("");
        Predicate<String> wanted = expression.isEmpty() ? _ -> true : NamePattern.compile(expression);
        Optional<List<TableAttributes>> attributes = attributes(request.hasAttributesToGet(), request.attributesToGet());
        List<String> listing = List.of("GetTables", database, expression);
        Optional<String> after = store.pageTokens().resume(listing, request.nextToken());
        Page<TableRow> page = store.read(transaction -> {
            transaction.databases().require(database);
            return transaction.tables().page(database, after, limit, wanted);
        });
        return GetTablesResponse.builder()
                .tableList(page.map(row -> only(attributes, Tables.table(row))))
                .nextToken(page.lastKey().map(key -> store.pageTokens().issue(listing, key)).orElse(null))
                .build();
    }

    /**
     * Which of a table's members are asked for, empty for all.
     *
     * @param given whether the request says
     */
    static Optional<List<TableAttributes>> attributes(boolean given, List<TableAttributes> attributes)
    {
        if (!given || attributes.contains(DEFAULT)) {
            return Optional.empty();
        }
        if (!attributes.contains(NAME) || !ATTRIBUTES.containsAll(attributes)) {
            throw invalidInput("AttributesToGet is %s: it must be [NAME] or [NAME, TABLE_TYPE]".formatted(attributes));
        }
        return Optional.of(attributes);
    }

    static Table only(Optional<List<TableAttributes>> attributes, Table table)
    {
        return attributes.map(asked -> Table.builder()
                        .name(table.name())
                        .databaseName(table.databaseName())
                        .tableType(asked.contains(TABLE_TYPE) ? table.tableType() : null)
                        .build())
                .orElse(table);
    }
}
