package io.tarn.metastore;

import io.airlift.log.Logger;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.function.LanguageFunction;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsResponse;
import software.amazon.awssdk.services.glue.model.GlueException;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.metastore.GlueFunctions.glueName;
import static io.tarn.metastore.GlueFunctions.toFunctionInput;
import static io.tarn.metastore.GlueOperation.CREATE_USER_DEFINED_FUNCTION;
import static io.tarn.metastore.GlueOperation.DELETE_USER_DEFINED_FUNCTION;
import static io.tarn.metastore.GlueOperation.GET_USER_DEFINED_FUNCTION;
import static io.tarn.metastore.GlueOperation.GET_USER_DEFINED_FUNCTIONS;
import static io.tarn.metastore.GlueOperation.UPDATE_USER_DEFINED_FUNCTION;
import static io.trino.spi.StandardErrorCode.ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.FUNCTION_NOT_FOUND;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * The SQL functions in Glue.
 */
final class FunctionStore
{
    private static final Logger log = Logger.get(FunctionStore.class);

    private final GlueClient client;
    private final GlueCalls calls;

    FunctionStore(GlueClient client, GlueCalls calls)
    {
        this.client = requireNonNull(client, "client is null");
        this.calls = requireNonNull(calls, "calls is null");
    }

    boolean exists(String databaseName, String functionName, String signatureToken)
    {
        try {
            calls.call(
                    GET_USER_DEFINED_FUNCTION,
                    resource(databaseName, functionName),
                    () -> client.getUserDefinedFunction(request -> request.databaseName(databaseName).functionName(glueName(functionName, signatureToken))),
                    EntityNotFoundException.class);
            return true;
        }
        catch (EntityNotFoundException _) {
            return false;
        }
    }

    List<LanguageFunction> functions(String databaseName)
    {
        return functionsLike(databaseName, GlueFunctions.allFunctionsPattern());
    }

    List<LanguageFunction> functions(String databaseName, String functionName)
    {
        return functionsLike(databaseName, GlueFunctions.functionPattern(functionName));
    }

    private List<LanguageFunction> functionsLike(String databaseName, String pattern)
    {
        try {
            return calls.pages(
                            GET_USER_DEFINED_FUNCTIONS,
                            DatabaseStore.resource(databaseName),
                            token -> client.getUserDefinedFunctions(request -> request.databaseName(databaseName).pattern(pattern).nextToken(token)),
                            GetUserDefinedFunctionsResponse::userDefinedFunctions,
                            GetUserDefinedFunctionsResponse::nextToken,
                            EntityNotFoundException.class,
                            AccessDeniedException.class)
                    .stream()
                    .map(function -> GlueFunctions.toFunction(databaseName, function))
                    .collect(toImmutableList());
        }
        catch (EntityNotFoundException _) {
            return List.of();
        }
        catch (AccessDeniedException e) {
            // every name in a query that is no built-in function is looked up here, also where nobody keeps functions
            log.warn("Glue does not allow GetUserDefinedFunctions for database %s, which is taken to have none: %s", databaseName, e.getMessage());
            return List.of();
        }
    }

    void create(String databaseName, String functionName, LanguageFunction function)
    {
        if (!GlueFunctions.isNameSupported(functionName)) {
            throw new TrinoException(NOT_SUPPORTED, "Function name %s holds two underscores in a row, which the catalogue uses to tell functions apart. Choose another name".formatted(functionName));
        }
        try {
            calls.callDespiteConflicts(
                    CREATE_USER_DEFINED_FUNCTION,
                    resource(databaseName, functionName),
                    () -> client.createUserDefinedFunction(request -> request.databaseName(databaseName).functionInput(toFunctionInput(functionName, function))),
                    AlreadyExistsException.class,
                    EntityNotFoundException.class);
        }
        catch (AlreadyExistsException e) {
            if (LostAnswers.maybeDone(e) && functions(databaseName, functionName).contains(function)) {
                return;
            }
            throw new TrinoException(ALREADY_EXISTS, "Function already exists: %s.%s".formatted(databaseName, functionName), e);
        }
        catch (EntityNotFoundException e) {
            throw new SchemaNotFoundException(databaseName, e);
        }
    }

    void replace(String databaseName, String functionName, LanguageFunction function)
    {
        try {
            calls.callDespiteConflicts(
                    UPDATE_USER_DEFINED_FUNCTION,
                    resource(databaseName, functionName),
                    () -> client.updateUserDefinedFunction(request -> request
                            .databaseName(databaseName)
                            .functionName(glueName(functionName, function.signatureToken()))
                            .functionInput(toFunctionInput(functionName, function))),
                    EntityNotFoundException.class);
        }
        catch (EntityNotFoundException e) {
            throw notFound(databaseName, functionName, e);
        }
    }

    void drop(String databaseName, String functionName, String signatureToken)
    {
        try {
            calls.callDespiteConflicts(
                    DELETE_USER_DEFINED_FUNCTION,
                    resource(databaseName, functionName),
                    () -> client.deleteUserDefinedFunction(request -> request.databaseName(databaseName).functionName(glueName(functionName, signatureToken))),
                    EntityNotFoundException.class);
        }
        catch (EntityNotFoundException e) {
            if (!LostAnswers.maybeDone(e)) {
                throw notFound(databaseName, functionName, e);
            }
        }
    }

    private static TrinoException notFound(String databaseName, String functionName, GlueException cause)
    {
        return new TrinoException(FUNCTION_NOT_FOUND, "Function not found: %s.%s".formatted(databaseName, functionName), cause);
    }

    private static String resource(String databaseName, String functionName)
    {
        return "function %s.%s".formatted(databaseName, functionName);
    }
}
