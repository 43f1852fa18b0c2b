package io.tarn.metastore;

import io.tarn.metastore.UserFunction.Resource;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaNotFoundException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.ResourceUri;
import software.amazon.awssdk.services.glue.model.UserDefinedFunction;
import software.amazon.awssdk.services.glue.model.UserDefinedFunctionInput;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.metastore.GlueOperation.CREATE_USER_DEFINED_FUNCTION;
import static io.tarn.metastore.GlueOperation.DELETE_USER_DEFINED_FUNCTION;
import static io.tarn.metastore.GlueOperation.GET_USER_DEFINED_FUNCTION;
import static io.tarn.metastore.GlueOperation.GET_USER_DEFINED_FUNCTIONS;
import static io.tarn.metastore.GlueOperation.UPDATE_USER_DEFINED_FUNCTION;
import static io.trino.spi.StandardErrorCode.ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.FUNCTION_NOT_FOUND;
import static java.util.Objects.requireNonNull;

/**
 * The functions in Glue, whoever they are of.
 */
final class GlueUserFunctions
        implements UserFunctions
{
    private final GlueClient client;
    private final GlueCalls calls;

    GlueUserFunctions(GlueClient client, GlueCalls calls)
    {
        this.client = requireNonNull(client, "client is null");
        this.calls = requireNonNull(calls, "calls is null");
    }

    @Override
    public List<UserFunction> functions(String databaseName)
    {
        try {
            return calls.pages(
                            GET_USER_DEFINED_FUNCTIONS,
                            DatabaseStore.resource(databaseName),
                            // Glue wants a pattern
                            token -> client.getUserDefinedFunctions(request -> request.databaseName(databaseName).pattern(".*").nextToken(token)),
                            GetUserDefinedFunctionsResponse::userDefinedFunctions,
                            GetUserDefinedFunctionsResponse::nextToken,
                            EntityNotFoundException.class)
                    .stream()
                    .map(function -> toFunction(databaseName, function))
                    .collect(toImmutableList());
        }
        catch (EntityNotFoundException _) {
            return List.of();
        }
    }

    @Override
    public Optional<UserFunction> function(String databaseName, String name)
    {
        try {
            return Optional.of(toFunction(databaseName, calls.call(
                    GET_USER_DEFINED_FUNCTION,
                    resource(databaseName, name),
                    () -> client.getUserDefinedFunction(request -> request.databaseName(databaseName).functionName(name)).userDefinedFunction(),
                    EntityNotFoundException.class)));
        }
        catch (EntityNotFoundException _) {
            return Optional.empty();
        }
    }

    @Override
    public void create(UserFunction function)
    {
        try {
            calls.callDespiteConflicts(
                    CREATE_USER_DEFINED_FUNCTION,
                    resource(function.databaseName(), function.name()),
                    () -> client.createUserDefinedFunction(request -> request.databaseName(function.databaseName()).functionInput(toInput(function))),
                    AlreadyExistsException.class,
                    EntityNotFoundException.class);
        }
        catch (AlreadyExistsException e) {
            if (LostAnswers.maybeDone(e) && isWritten(function)) {
                return;
            }
            throw new TrinoException(ALREADY_EXISTS, "Function already exists: %s.%s".formatted(function.databaseName(), function.name()), e);
        }
        catch (EntityNotFoundException e) {
            throw new SchemaNotFoundException(function.databaseName(), e);
        }
    }

    private boolean isWritten(UserFunction function)
    {
        return function(function.databaseName(), function.name())
                .filter(written -> written.className().equals(function.className()) && written.resources().equals(function.resources()))
                .isPresent();
    }

    @Override
    public void change(String name, UserFunction function)
    {
        try {
            calls.callDespiteConflicts(
                    UPDATE_USER_DEFINED_FUNCTION,
                    resource(function.databaseName(), name),
                    () -> client.updateUserDefinedFunction(request -> request.databaseName(function.databaseName()).functionName(name).functionInput(toInput(function))),
                    EntityNotFoundException.class);
        }
        catch (EntityNotFoundException e) {
            throw notFound(function.databaseName(), name, e);
        }
    }

    @Override
    public void drop(String databaseName, String name)
    {
        try {
            calls.callDespiteConflicts(
                    DELETE_USER_DEFINED_FUNCTION,
                    resource(databaseName, name),
                    () -> client.deleteUserDefinedFunction(request -> request.databaseName(databaseName).functionName(name)),
                    EntityNotFoundException.class);
        }
        catch (EntityNotFoundException e) {
            if (!LostAnswers.maybeDone(e)) {
                throw notFound(databaseName, name, e);
            }
        }
    }

    private static UserFunction toFunction(String databaseName, UserDefinedFunction function)
    {
        return new UserFunction(
                databaseName,
                function.functionName(),
                Optional.ofNullable(function.className()),
                Optional.ofNullable(function.ownerName()),
                Optional.ofNullable(function.ownerTypeAsString()),
                Optional.ofNullable(function.createTime()),
                function.resourceUris().stream()
                        .map(uri -> new Resource(String.valueOf(uri.resourceTypeAsString()), String.valueOf(uri.uri())))
                        .toList());
    }

    private static UserDefinedFunctionInput toInput(UserFunction function)
    {
        return UserDefinedFunctionInput.builder()
                .functionName(function.name())
                .className(function.className().orElse(null))
                .ownerName(function.owner().orElse(null))
                .ownerType(function.ownerType().orElse(null))
                .resourceUris(function.resources().stream()
                        .map(resource -> ResourceUri.builder().resourceType(resource.type()).uri(resource.uri()).build())
                        .toList())
                .build();
    }

    private static TrinoException notFound(String databaseName, String name, GlueException cause)
    {
        return new TrinoException(FUNCTION_NOT_FOUND, "Function not found: %s.%s".formatted(databaseName, name), cause);
    }

    private static String resource(String databaseName, String name)
    {
        return "function %s.%s".formatted(databaseName, name);
    }
}
