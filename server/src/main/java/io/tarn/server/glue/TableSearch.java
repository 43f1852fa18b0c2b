package io.tarn.server.glue;

import io.tarn.server.aws.AwsOperation;
import io.tarn.server.glue.TableRows.TableRow;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.SearchTablesResponse;
import software.amazon.awssdk.services.glue.model.SortCriterion;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.Listings.foreignOnly;
import static io.tarn.server.glue.Listings.limit;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static software.amazon.awssdk.services.glue.model.Sort.DESC;

/**
 * The tables of all databases by what they say of themselves. Every page looks at every table, and holds no more of them
 * than it gives.
 */
final class TableSearch
{
    private static final int MAX_RESULTS = 1000;

    private final GlueStore store;

    /**
     * Where a table stands in the order that was asked for.
     */
    private record Place(String value, String database, String name)
    {
        private static final Comparator<Place> ORDER = comparing(Place::value).thenComparing(Place::database).thenComparing(Place::name);

        private String cursor()
        {
            return PartitionValues.key(List.of(value, database, name));
        }

        private static Place of(String cursor)
        {
            List<String> parts = PartitionValues.values(cursor);
            return new Place(parts.get(0), parts.get(1), parts.get(2));
        }
    }

    TableSearch(GlueStore store)
    {
        this.store = requireNonNull(store, "store is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(operation("SearchTables", SearchTablesRequest::builder, this::search));
    }

    private SearchTablesResponse search(SearchTablesRequest request)
    {
        int limit = limit(request.maxResults(), MAX_RESULTS);
        Predicate<Table> wanted = TableMatcher.text(requireNonNullElse(request.searchText(), ""))
                .and(request.filters().stream().map(TableMatcher::filter).reduce(_ -> true, Predicate::and));
        Optional<SortCriterion> sort = request.sortCriteria().stream().findFirst();
        sort.filter(criterion -> criterion.fieldName() == null).ifPresent(_ -> {
            throw invalidInput("SortCriteria has no FieldName");
        });
        if (foreignOnly(request.resourceShareType())) {
            return response(List.of(), Optional.empty());
        }
        List<String> listing = List.of("SearchTables", request.filters().toString(), requireNonNullElse(request.searchText(), ""), request.sortCriteria().toString());
        Optional<Place> after = store.pageTokens().resume(listing, request.nextToken()).map(Place::of);
        boolean descending = sort.map(criterion -> criterion.sort() == DESC).orElse(false);
        Comparator<Place> order = descending ? Place.ORDER.reversed() : Place.ORDER;

        return store.read(transaction -> {
            // one more than fits tells whether there is another page
            TreeSet<Place> first = new TreeSet<>(order);
            transaction.tables().forEach(row -> {
                Table table = Tables.table(row);
                if (!wanted.test(table)) {
                    return;
                }
                Place place = new Place(sort.map(criterion -> sortValue(table, criterion.fieldName())).orElse(""), row.database(), row.name());
                if (after.isEmpty() || order.compare(place, after.get()) > 0) {
                    first.add(place);
                    if (first.size() > limit + 1) {
                        first.pollLast();
                    }
                }
            });
            List<Table> tables = new ArrayList<>();
            Optional<String> last = Optional.empty();
            long characters = 0;
            for (Place place : first) {
                if (tables.size() == limit || characters >= Page.MAX_CHARACTERS) {
                    return response(tables, last.map(cursor -> store.pageTokens().issue(listing, cursor)));
                }
                TableRow row = transaction.tables().require(place.database(), place.name());
                characters += row.definition().length();
                tables.add(Tables.table(row));
                last = Optional.of(place.cursor());
            }
            return response(tables, Optional.empty());
        });
    }

    private static SearchTablesResponse response(List<Table> tables, Optional<String> nextToken)
    {
        return SearchTablesResponse.builder()
                .tableList(tables)
                .nextToken(nextToken.orElse(null))
                .build();
    }

    private static String sortValue(Table table, String field)
    {
        return TableMatcher.time(table, field)
                // of equal length, so that the texts are ordered as the times are
                .map(instant -> String.format(Locale.ROOT, "%019d", instant.toEpochMilli()))
                .orElseGet(() -> TableMatcher.property(table, field).orElse("").toLowerCase(Locale.ENGLISH));
    }
}
