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
import static software.amazon.awssdk.services.glue.model.TableAttributes.NAME;
import static software.amazon.awssdk.services.glue.model.TableAttributes.TABLE_TYPE;

/**
 * The tables of a database.
 */
final class TableListing
{
    private static final int MAX_RESULTS = 100;
    private static final Set<TableAttributes> LISTED_ATTRIBUTES = Set.of(NAME, TABLE_TYPE);

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
        checkAttributes(request);
        List<String> listing = List.of("GetTables", database, expression);
        Optional<String> after = store.pageTokens().resume(listing, request.nextToken());
        Page<TableRow> page = store.read(transaction -> {
            transaction.databases().require(database);
            return transaction.tables().page(database, after, limit, wanted);
        });
        return GetTablesResponse.builder()
                .tableList(page.map(row -> attributes(Tables.table(row), request)))
                .nextToken(page.lastKey().map(key -> store.pageTokens().issue(listing, key)).orElse(null))
                .build();
    }

    private static void checkAttributes(GetTablesRequest request)
    {
        if (!request.hasAttributesToGet()) {
            return;
        }
        if (!request.attributesToGet().contains(NAME) || !LISTED_ATTRIBUTES.containsAll(request.attributesToGet())) {
            throw invalidInput("AttributesToGet is %s: it must be [NAME] or [NAME, TABLE_TYPE]".formatted(request.attributesToGetAsStrings()));
        }
    }

    private static Table attributes(Table table, GetTablesRequest request)
    {
        if (!request.hasAttributesToGet()) {
            return table;
        }
        return Table.builder()
                .name(table.name())
                .databaseName(table.databaseName())
                .tableType(request.attributesToGet().contains(TABLE_TYPE) ? table.tableType() : null)
                .build();
    }
}
