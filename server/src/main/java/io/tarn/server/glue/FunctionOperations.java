package io.tarn.server.glue;

import io.tarn.server.aws.AwsException;
import io.tarn.server.aws.AwsOperation;
import io.tarn.server.aws.SdkJsonReader;
import io.tarn.server.aws.SdkJsonWriter;
import io.tarn.server.glue.FunctionRows.FunctionRow;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.DeleteUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.DeleteUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsRequest;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsResponse;
import software.amazon.awssdk.services.glue.model.UpdateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.UpdateUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.UserDefinedFunction;
import software.amazon.awssdk.services.glue.model.UserDefinedFunctionInput;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.alreadyExists;
import static io.tarn.server.glue.GlueErrors.entityNotFound;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.GlueService.CATALOG_ID;
import static io.tarn.server.glue.Listings.limit;
import static io.tarn.server.glue.Names.folded;
import static io.tarn.server.glue.Names.required;
import static java.util.Objects.requireNonNull;

/**
 * User-defined functions, where Trino keeps the language functions of a schema.
 */
final class FunctionOperations
{
    private static final int MAX_RESULTS = 100;

    private final GlueStore store;
    private final InstantSource clock;

    FunctionOperations(GlueStore store, InstantSource clock)
    {
        this.store = requireNonNull(store, "store is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(
                operation("CreateUserDefinedFunction", CreateUserDefinedFunctionRequest::builder, this::create),
                operation("GetUserDefinedFunction", GetUserDefinedFunctionRequest::builder, this::find),
                operation("GetUserDefinedFunctions", GetUserDefinedFunctionsRequest::builder, this::list),
                operation("UpdateUserDefinedFunction", UpdateUserDefinedFunctionRequest::builder, this::update),
                operation("DeleteUserDefinedFunction", DeleteUserDefinedFunctionRequest::builder, this::delete));
    }

    private CreateUserDefinedFunctionResponse create(CreateUserDefinedFunctionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        UserDefinedFunctionInput input = required(request.functionInput(), "functionInput");
        String name = folded(input.functionName(), "functionInput.functionName");
        FunctionRow function = new FunctionRow(database, name, SdkJsonWriter.writeText(input), clock.millis());
        store.write(transaction -> {
            transaction.databases().require(database);
            if (!transaction.functions().insert(function)) {
                throw alreadyExists("Function %s.%s already exists.".formatted(database, name));
            }
            return null;
        });
        return CreateUserDefinedFunctionResponse.builder().build();
    }

    private GetUserDefinedFunctionResponse find(GetUserDefinedFunctionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.functionName(), "functionName");
        return GetUserDefinedFunctionResponse.builder()
                .userDefinedFunction(function(store.read(transaction -> require(transaction, database, name))))
                .build();
    }

    private GetUserDefinedFunctionsResponse list(GetUserDefinedFunctionsRequest request)
    {
        Optional<String> database = Optional.ofNullable(request.databaseName()).map(name -> folded(name, "databaseName"));
        int limit = limit(request.maxResults(), MAX_RESULTS);
        String pattern = required(request.pattern(), "pattern");
        NamePattern wanted = NamePattern.compile(pattern);
        Optional<String> type = Optional.ofNullable(request.functionTypeAsString());
        List<String> listing = List.of("GetUserDefinedFunctions", database.toString(), pattern, type.toString());
        Optional<String> after = store.pageTokens().resume(listing, request.nextToken());
        Page<FunctionRow> page = store.read(transaction -> {
            database.ifPresent(transaction.databases()::require);
            return transaction.functions().page(database, after, limit, wanted);
        });
        return GetUserDefinedFunctionsResponse.builder()
                // a page may have fewer than fit
                .userDefinedFunctions(page.map(FunctionOperations::function).stream()
                        .filter(function -> type.isEmpty() || type.get().equals(function.functionTypeAsString()))
                        .toList())
                .nextToken(page.lastKey().map(key -> store.pageTokens().issue(listing, key)).orElse(null))
                .build();
    }

    private UpdateUserDefinedFunctionResponse update(UpdateUserDefinedFunctionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.functionName(), "functionName");
        UserDefinedFunctionInput input = required(request.functionInput(), "functionInput");
        if (input.functionName() != null && !folded(input.functionName(), "functionInput.functionName").equals(name)) {
            throw invalidInput("Function cannot be renamed: %s to %s".formatted(name, input.functionName()));
        }
        store.write(transaction -> {
            FunctionRow current = require(transaction, database, name);
            transaction.functions().update(new FunctionRow(database, name, SdkJsonWriter.writeText(input), current.created()));
            return null;
        });
        return UpdateUserDefinedFunctionResponse.builder().build();
    }

    private DeleteUserDefinedFunctionResponse delete(DeleteUserDefinedFunctionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String name = folded(request.functionName(), "functionName");
        store.write(transaction -> {
            require(transaction, database, name);
            return transaction.functions().delete(database, name);
        });
        return DeleteUserDefinedFunctionResponse.builder().build();
    }

    private static FunctionRow require(GlueTransaction transaction, String database, String name)
    {
        return transaction.functions().find(database, name).orElseThrow(() -> notFound(database, name));
    }

    private static AwsException notFound(String database, String name)
    {
        return entityNotFound("Function %s.%s not found.".formatted(database, name));
    }

    private static UserDefinedFunction function(FunctionRow row)
    {
        // a UserDefinedFunctionInput's members are all a UserDefinedFunction's
        return SdkJsonReader.read(row.definition(), UserDefinedFunction.builder())
                .functionName(row.name())
                .databaseName(row.database())
                .catalogId(CATALOG_ID)
                .createTime(Instant.ofEpochMilli(row.created()))
                .build();
    }
}
