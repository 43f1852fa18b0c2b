package io.tarn.server.thrift.service;

import io.tarn.metastore.UserFunction;
import io.tarn.metastore.UserFunction.Resource;
import io.tarn.metastore.UserFunctions;
import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.convert.HivePattern;
import org.apache.hadoop.hive.metastore.api.Function;
import org.apache.hadoop.hive.metastore.api.FunctionType;
import org.apache.hadoop.hive.metastore.api.GetAllFunctionsResponse;
import org.apache.hadoop.hive.metastore.api.GetFunctionsRequest;
import org.apache.hadoop.hive.metastore.api.GetFunctionsResponse;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.PrincipalType;
import org.apache.hadoop.hive.metastore.api.ResourceType;
import org.apache.hadoop.hive.metastore.api.ResourceUri;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_function_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.create_function_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_function_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_all_functions_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_function_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_functions_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_functions_req_args;
import org.apache.thrift.TException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Functions of Hive, and those of Trino, which are kept as such.
 */
final class FunctionCalls
        implements CallTable.Calls
{
    private final Catalogue catalogue;
    private final UserFunctions functions;

    FunctionCalls(Catalogue catalogue, UserFunctions functions)
    {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.functions = requireNonNull(functions, "functions is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(get_functions_args.class, args -> functions(args.getDbName(), args.getPattern()).stream().map(UserFunction::name).toList());
        calls.ask(get_functions_req_args.class, args -> functions(args.getRequest()));
        calls.ask(get_function_args.class, args -> function(args.getDbName(), args.getFuncName()));
        calls.ask(get_all_functions_args.class, _ -> all());
        calls.run(create_function_args.class, args -> functions.create(toFunction(args.getFunc())));
        calls.run(alter_function_args.class, args -> functions.change(args.getFuncName(), toFunction(args.getNewFunc())));
        calls.run(drop_function_args.class, args -> functions.drop(HiveNames.database(args.getDbName()), args.getFuncName()));
    }

    private List<UserFunction> functions(String database, String pattern)
            throws TException
    {
        HivePattern names = HivePattern.of(pattern);
        return functions.functions(HiveNames.database(database)).stream()
                .filter(function -> names.test(function.name()))
                .toList();
    }

    private GetFunctionsResponse functions(GetFunctionsRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatalogName());
        List<UserFunction> selected = functions(request.getDbName(), request.getPattern());
        GetFunctionsResponse response = new GetFunctionsResponse();
        if (request.isReturnNames()) {
            response.setFunction_names(selected.stream().map(UserFunction::name).toList());
        }
        else {
            response.setFunctions(selected.stream().map(FunctionCalls::toHive).toList());
        }
        return response;
    }

    private Function function(String database, String name)
            throws TException
    {
        String databaseName = HiveNames.database(database);
        return functions.function(databaseName, name)
                .map(FunctionCalls::toHive)
                .orElseThrow(() -> new NoSuchObjectException("Function %s.%s.%s does not exist".formatted(HiveNames.CATALOG, databaseName, name)));
    }

    private GetAllFunctionsResponse all()
            throws TException
    {
        List<Function> all = new ArrayList<>();
        for (String database : catalogue.databases(null)) {
            functions.functions(database).stream().map(FunctionCalls::toHive).forEach(all::add);
        }
        GetAllFunctionsResponse response = new GetAllFunctionsResponse();
        response.setFunctions(all);
        return response;
    }

    private static Function toHive(UserFunction function)
    {
        List<ResourceUri> resources = new ArrayList<>();
        for (Resource resource : function.resources()) {
            resources.add(new ResourceUri(constant(ResourceType.values(), resource.type()).orElse(ResourceType.FILE), resource.uri()));
        }
        Function result = new Function(
                function.name(),
                function.databaseName(),
                function.className().orElse(""),
                function.owner().orElse(""),
                function.ownerType().flatMap(type -> constant(PrincipalType.values(), type)).orElse(PrincipalType.USER),
                function.createdAt().map(moment -> toIntExact(moment.getEpochSecond())).orElse(0),
                FunctionType.JAVA,
                resources);
        result.setCatName(HiveNames.CATALOG);
        return result;
    }

    private static UserFunction toFunction(Function function)
            throws TException
    {
        HiveNames.checkCatalog(function.getCatName());
        if (function.getFunctionName() == null || function.getFunctionName().isBlank()) {
            throw new MetaException("A function needs a name");
        }
        List<Resource> resources = new ArrayList<>();
        for (ResourceUri uri : function.getResourceUris() == null ? List.<ResourceUri>of() : function.getResourceUris()) {
            resources.add(new Resource(uri.getResourceType() == null ? ResourceType.FILE.name() : uri.getResourceType().name(), String.valueOf(uri.getUri())));
        }
        return new UserFunction(
                HiveNames.database(function.getDbName()),
                function.getFunctionName(),
                Optional.ofNullable(function.getClassName()),
                Optional.ofNullable(function.getOwnerName()),
                Optional.ofNullable(function.getOwnerType()).map(PrincipalType::name),
                Optional.empty(),
                resources);
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] values, String name)
    {
        for (E value : values) {
            if (value.name().equals(name.toUpperCase(Locale.ENGLISH))) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
