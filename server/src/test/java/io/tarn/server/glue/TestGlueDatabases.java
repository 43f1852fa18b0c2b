package io.tarn.server.glue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseAttributes;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.FunctionType;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.OperationNotSupportedException;
import software.amazon.awssdk.services.glue.model.UserDefinedFunction;
import software.amazon.awssdk.services.glue.model.ValidationException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ParameterizedClass
@EnumSource
final class TestGlueDatabases
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
    }

    @AfterEach
    void stop()
    {
        glue.close();
    }

    @Test
    void testLife()
    {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        client.createDatabase(request -> request.databaseInput(input -> input
                .name("Shop")
                .description("what is sold\nand to whom")
                .locationUri("s3://lake/shop/")
                .parameters(Map.of("owner", "ünïcode"))));
        Database database = client.getDatabase(request -> request.name("SHOP")).database();
        assertThat(database.name()).isEqualTo("shop");
        assertThat(database.catalogId()).isEqualTo("000000000000");
        assertThat(database.createTime()).isBetween(before, Instant.now());
        assertThat(database.description()).isEqualTo("what is sold\nand to whom");
        assertThat(database.locationUri()).isEqualTo("s3://lake/shop/");
        assertThat(database.parameters()).isEqualTo(Map.of("owner", "ünïcode"));

        client.updateDatabase(request -> request.name("shop").databaseInput(input -> input.name("Shop").description("new")));
        Database updated = client.getDatabase(request -> request.name("shop")).database();
        assertThat(updated).isEqualTo(Database.builder().name("shop").description("new").catalogId("000000000000").createTime(database.createTime()).build());

        glue.createTable("shop", "t");
        client.deleteDatabase(request -> request.name("shop"));
        assertThatThrownBy(() -> client.getDatabase(request -> request.name("shop")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Database shop not found.");
        glue.createDatabase("shop");
        assertThat(client.getTables(request -> request.databaseName("shop")).tableList()).isEmpty();
    }

    @Test
    void testErrors()
    {
        glue.createDatabase("shop");
        assertThatThrownBy(() -> glue.createDatabase("SHOP")).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> client.updateDatabase(request -> request.name("none").databaseInput(input -> input.name("none")))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.updateDatabase(request -> request.name("shop").databaseInput(input -> input.name("store"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Database cannot be renamed: shop to store");
        assertThatThrownBy(() -> client.deleteDatabase(request -> request.name("none"))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.createDatabase(_ -> {}))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Value at 'databaseInput' failed to satisfy constraint: Member must not be null");
        assertThatThrownBy(() -> glue.createDatabase("x".repeat(256)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("'databaseInput.name' failed to satisfy constraint: Member must have length less than or equal to 255");
        assertThatThrownBy(() -> glue.createDatabase("a\nb")).isInstanceOf(ValidationException.class).hasMessageContaining("regular expression");
        assertThatThrownBy(() -> client.getDatabase(request -> request.catalogId("123456789012").name("shop")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Catalog 123456789012 not found");
        assertThat(client.getDatabase(request -> request.catalogId("000000000000").name("shop")).database().name()).isEqualTo("shop");
        assertThatThrownBy(() -> client.listCrawlers(_ -> {}))
                .isInstanceOf(OperationNotSupportedException.class)
                .hasMessageContaining("AWSGlue.ListCrawlers is an operation of AWS, but this endpoint does not serve it");
    }

    @Test
    void testPages()
    {
        for (int i = 0; i < 7; i++) {
            glue.createDatabase("db" + i);
        }
        assertThat(client.getDatabasesPaginator(request -> request.maxResults(3)).stream().flatMap(page -> page.databaseList().stream()))
                .extracting(Database::name)
                .containsExactly("db0", "db1", "db2", "db3", "db4", "db5", "db6");
        assertThat(client.getDatabasesPaginator(request -> request.maxResults(3)).stream().count()).isEqualTo(3);
        assertThat(client.getDatabases(request -> request.maxResults(7)).nextToken()).isNull();
        assertThat(client.getDatabases(request -> request.attributesToGet(DatabaseAttributes.NAME).maxResults(1)).databaseList())
                .containsExactly(Database.builder().name("db0").build());

        GetDatabasesResponse first = client.getDatabases(request -> request.maxResults(3));
        String token = first.nextToken();
        char last = token.charAt(token.length() - 1);
        for (String forged : List.of("x", "db2", "!!", token.substring(1), token.substring(0, token.length() - 1) + (last == 'A' ? 'Q' : 'A'))) {
            assertThatThrownBy(() -> client.getDatabases(request -> request.nextToken(forged)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("NextToken is not one that this listing gave");
        }
        assertThatThrownBy(() -> client.getTables(request -> request.databaseName("db0").nextToken(token))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> client.getDatabases(request -> request.maxResults(101))).isInstanceOf(ValidationException.class).hasMessageContaining("'maxResults'");
        assertThatThrownBy(() -> client.getDatabases(request -> request.maxResults(0))).isInstanceOf(ValidationException.class).hasMessageContaining("'maxResults'");
    }

    @Test
    void testFunctions()
    {
        glue.createDatabase("shop");
        glue.createDatabase("other");
        for (String name : List.of("trino__b", "Trino__A", "hive_c")) {
            client.createUserDefinedFunction(request -> request.databaseName("shop").functionInput(input -> input
                    .functionName(name)
                    .className("TrinoFunction")
                    .ownerName("me")
                    .ownerType("USER")
                    .functionType(FunctionType.REGULAR_FUNCTION)
                    .resourceUris(uri -> uri.resourceType("FILE").uri("s3://bucket/x"))));
        }
        client.createUserDefinedFunction(request -> request.databaseName("other").functionInput(input -> input.functionName("trino__z")));

        UserDefinedFunction function = client.getUserDefinedFunction(request -> request.databaseName("shop").functionName("TRINO__a")).userDefinedFunction();
        assertThat(function.functionName()).isEqualTo("trino__a");
        assertThat(function.databaseName()).isEqualTo("shop");
        assertThat(function.functionType()).isEqualTo(FunctionType.REGULAR_FUNCTION);
        assertThat(function.resourceUris()).hasSize(1);
        assertThat(function.createTime()).isNotNull();

        assertThat(functions("shop", "trino__.*")).containsExactly("trino__a", "trino__b");
        assertThat(functions("shop", "*")).containsExactly("hive_c", "trino__a", "trino__b");
        assertThat(functions(null, "trino*")).containsExactly("trino__z", "trino__a", "trino__b");

        client.updateUserDefinedFunction(request -> request.databaseName("shop").functionName("trino__a").functionInput(input -> input.functionName("trino__a").className("Other")));
        assertThat(client.getUserDefinedFunction(request -> request.databaseName("shop").functionName("trino__a")).userDefinedFunction().className()).isEqualTo("Other");
        client.deleteUserDefinedFunction(request -> request.databaseName("shop").functionName("trino__a"));
        assertThat(functions("shop", "trino__.*")).containsExactly("trino__b");

        assertThatThrownBy(() -> client.getUserDefinedFunction(request -> request.databaseName("shop").functionName("trino__a"))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.deleteUserDefinedFunction(request -> request.databaseName("shop").functionName("trino__a"))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.updateUserDefinedFunction(request -> request.databaseName("shop").functionName("trino__a").functionInput(_ -> {}))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.updateUserDefinedFunction(request -> request.databaseName("shop").functionName("trino__b").functionInput(input -> input.functionName("c")))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> client.createUserDefinedFunction(request -> request.databaseName("shop").functionInput(input -> input.functionName("trino__b")))).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> client.createUserDefinedFunction(request -> request.databaseName("none").functionInput(input -> input.functionName("f")))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> functions("none", "*")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> functions("shop", "(")).isInstanceOf(GlueException.class).hasMessageContaining("'(' is not a pattern of names");
    }

    private List<String> functions(String database, String pattern)
    {
        return client.getUserDefinedFunctionsPaginator(request -> request.databaseName(database).pattern(pattern).maxResults(2)).stream()
                .flatMap(page -> page.userDefinedFunctions().stream())
                .map(UserDefinedFunction::functionName)
                .toList();
    }
}
