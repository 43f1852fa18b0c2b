package io.tarn.server.glue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.SearchTablesResponse;
import software.amazon.awssdk.services.glue.model.Sort;
import software.amazon.awssdk.services.glue.model.ValidationException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.glue.model.Comparator.GREATER_THAN;
import static software.amazon.awssdk.services.glue.model.Comparator.LESS_THAN;

@ParameterizedClass
@EnumSource
final class TestTableSearch
{
    @Parameter
    private GlueDatabase database;
    @TempDir
    private Path folder;
    private LocalGlue glue;
    private GlueClient client;

    @BeforeEach
    void start()
    {
        glue = new LocalGlue(database.create(folder));
        client = glue.client();
        glue.createDatabase("shop");
        glue.createDatabase("census");
        create("shop", "customer-link", "Where customers came from", "parquet", "zip:string");
        create("shop", "customers", "", "csv", "first_name:string", "zip:string");
        create("shop", "xxlinkyy", "", "csv", "id:bigint");
        create("census", "zipcodes", "All \"zip\" codes", "csv", "zipcode:string");
    }

    @AfterEach
    void stop()
    {
        glue.close();
    }

    private void create(String databaseName, String name, String description, String classification, String... columns)
    {
        client.createTable(request -> request.databaseName(databaseName).tableInput(input -> input
                .name(name)
                .description(description)
                .owner("ann")
                .tableType("EXTERNAL_TABLE")
                .parameters(Map.of("classification", classification))
                .storageDescriptor(storage -> storage.columns(List.of(columns).stream().map(LocalGlue::column).toList()))));
    }

    @Test
    void testText()
    {
        assertThat(search(request -> request.searchText("CUSTOMER"))).containsExactly("shop.customer-link", "shop.customers");
        assertThat(search(request -> request.searchText("came from"))).containsExactly("shop.customer-link");
        assertThat(search(request -> request.searchText("zip"))).containsExactly("census.zipcodes", "shop.customer-link", "shop.customers");
        assertThat(search(request -> request.searchText("\"zip\""))).containsExactly("shop.customer-link", "shop.customers");
        assertThat(search(request -> request.searchText("\"customers\""))).containsExactly("shop.customers");
        assertThat(search(request -> request.searchText("nothing has this"))).isEmpty();
        assertThat(search(_ -> {})).hasSize(4);
    }

    @Test
    void testFilters()
    {
        // of the documentation of PropertyPredicate: words are compared whole
        assertThat(search(request -> request.filters(filter -> filter.key("Name").value("link")))).containsExactly("shop.customer-link");
        assertThat(search(request -> request.filters(filter -> filter.key("DatabaseName").value("census")))).containsExactly("census.zipcodes");
        assertThat(search(request -> request.filters(filter -> filter.key("classification").value("csv"), filter -> filter.key("databaseName").value("shop"))))
                .containsExactly("shop.customers", "shop.xxlinkyy");
        assertThat(search(request -> request.filters(filter -> filter.key("Owner").value("bob")))).isEmpty();
        assertThat(search(request -> request.filters(filter -> filter.key("CreateTime").value("2018-01-01").comparator(GREATER_THAN)))).hasSize(4);
        assertThat(search(request -> request.filters(filter -> filter.key("CreateTime").value("2018-01-01T10:00:00Z").comparator(LESS_THAN)))).isEmpty();
        assertThatThrownBy(() -> search(request -> request.filters(filter -> filter.key("UpdateTime").value("yesterday"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The value of filter UpdateTime is 'yesterday': write a time as");
        assertThatThrownBy(() -> search(request -> request.filters(filter -> filter.key("Name")))).isInstanceOf(ValidationException.class);
    }

    @Test
    void testOrderAndPages()
    {
        List<String> byName = search(request -> request.sortCriteria(sort -> sort.fieldName("Name")));
        assertThat(byName).containsExactly("shop.customer-link", "shop.customers", "shop.xxlinkyy", "census.zipcodes");
        assertThat(search(request -> request.sortCriteria(sort -> sort.fieldName("Name").sort(Sort.DESC)))).isEqualTo(byName.reversed());
        assertThat(search(request -> request.maxResults(1).sortCriteria(sort -> sort.fieldName("Name").sort(Sort.DESC)))).isEqualTo(byName.reversed());
        assertThat(search(request -> request.maxResults(3))).isEqualTo(search(_ -> {}));
        List<String> byTime = search(request -> request.maxResults(2).sortCriteria(sort -> sort.fieldName("UpdateTime")));
        assertThat(byTime).hasSize(4).doesNotHaveDuplicates();

        SearchTablesResponse page = client.searchTables(request -> request.maxResults(1));
        assertThatThrownBy(() -> client.searchTables(request -> request.maxResults(1).searchText("zip").nextToken(page.nextToken())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NextToken");
        assertThatThrownBy(() -> search(request -> request.maxResults(1001))).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> search(request -> request.sortCriteria(sort -> sort.sort(Sort.ASC)))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void testTags()
    {
        String arn = "arn:aws:glue:eu-central-1:000000000000:database/Shop";
        assertThat(client.getTags(request -> request.resourceArn(arn)).tags()).isEmpty();
        client.tagResource(request -> request.resourceArn(arn).tagsToAdd(Map.of("team", "web", "cost", "1")));
        client.tagResource(request -> request.resourceArn(arn).tagsToAdd(Map.of("cost", "2")));
        assertThat(client.getTags(request -> request.resourceArn(arn)).tags()).isEqualTo(Map.of("team", "web", "cost", "2"));
        client.untagResource(request -> request.resourceArn(arn).tagsToRemove("team", "none"));
        assertThat(client.getTags(request -> request.resourceArn(arn)).tags()).isEqualTo(Map.of("cost", "2"));

        client.createDatabase(request -> request.databaseInput(input -> input.name("tagged")).tags(Map.of("a", "b")));
        String tagged = "arn:aws:glue:us-east-1:000000000000:database/tagged";
        assertThat(client.getTags(request -> request.resourceArn(tagged)).tags()).isEqualTo(Map.of("a", "b"));
        client.deleteDatabase(request -> request.name("tagged"));
        assertThatThrownBy(() -> client.getTags(request -> request.resourceArn(tagged))).hasMessageContaining("Database tagged not found");
        glue.createDatabase("tagged");
        assertThat(client.getTags(request -> request.resourceArn(tagged)).tags()).isEmpty();

        assertThatThrownBy(() -> client.getTags(request -> request.resourceArn("arn:aws:glue:us-east-1:000000000000:table/shop/customers")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("databases have tags here");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 49; i++) {
            names.add("t" + i);
        }
        client.tagResource(request -> request.resourceArn(arn).tagsToAdd(names.stream().collect(toMap(name -> name, name -> name))));
        assertThatThrownBy(() -> client.tagResource(request -> request.resourceArn(arn).tagsToAdd(Map.of("one more", ""))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("would have 51 tags, the limit is 50");
        assertThatThrownBy(() -> client.tagResource(request -> request.resourceArn(arn).tagsToAdd(Map.of("k", "v".repeat(257))))).isInstanceOf(ValidationException.class);
    }

    private List<String> search(Consumer<SearchTablesRequest.Builder> arguments)
    {
        return client.searchTablesPaginator(arguments::accept).stream()
                .flatMap(page -> page.tableList().stream())
                .map(table -> table.databaseName() + "." + table.name())
                .toList();
    }
}
