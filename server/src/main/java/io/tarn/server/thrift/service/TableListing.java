package io.tarn.server.thrift.service;

import com.google.common.collect.ImmutableSet;
import io.tarn.metastore.ListedTable;
import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.convert.HivePattern;
import org.apache.hadoop.hive.metastore.api.ExtendedTableInfo;
import org.apache.hadoop.hive.metastore.api.GetTablesExtRequest;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.PrincipalType;
import org.apache.hadoop.hive.metastore.api.TableMeta;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_all_materialized_view_objects_for_rewriting_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_all_tables_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_materialized_views_for_rewriting_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_table_meta_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_table_names_by_filter_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_tables_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_tables_by_type_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_tables_ext_args;
import org.apache.thrift.TException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Which tables and views there are.
 */
final class TableListing
        implements CallTable.Calls
{
    // the one kind of filter that clients send: Trino's, for the tables of other formats
    private static final Pattern PARAMETER_FILTER = Pattern.compile("\\s*hive_filter_field_params__([^\\s=]+)\\s*(?:=|(?i:like))\\s*[\"'](.*)[\"']\\s*");

    private final Catalogue catalogue;

    TableListing(Catalogue catalogue)
    {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(get_all_tables_args.class, args -> names(args.getDb_name(), null));
        calls.ask(get_tables_args.class, args -> names(args.getDb_name(), args.getPattern()));
        calls.ask(get_tables_by_type_args.class, args -> namesOfType(args.getDb_name(), args.getPattern(), args.getTableType()));
        calls.ask(get_tables_ext_args.class, args -> extended(args.getReq()));
        calls.ask(get_table_meta_args.class, args -> meta(args.getDb_patterns(), args.getTbl_patterns(), args.getTbl_types()));
        calls.ask(get_table_names_by_filter_args.class, args -> namesByFilter(args.getDbname(), args.getFilter(), args.getMax_tables()));
        // Hive's optimiser asks; no materialized view of the catalogue is one of Hive's
        calls.ask(get_all_materialized_view_objects_for_rewriting_args.class, _ -> new ArrayList<>());
        calls.ask(get_materialized_views_for_rewriting_args.class, _ -> new ArrayList<>());
    }

    List<String> names(String database, String pattern)
            throws TException
    {
        return catalogue.metastore().getTables(HiveNames.database(database)).stream()
                .map(info -> info.tableName().getTableName())
                .filter(HivePattern.of(pattern))
                .toList();
    }

    private List<String> namesOfType(String database, String pattern, String type)
            throws TException
    {
        if (type == null || type.isEmpty()) {
            return names(database, pattern);
        }
        return listed(HiveNames.database(database), pattern, ImmutableSet.of(type.toUpperCase(Locale.ENGLISH)))
                .map(table -> table.name().getTableName())
                .toList();
    }

    /**
     * @param types empty for all
     */
    private Stream<ListedTable> listed(String databaseName, String pattern, Set<String> types)
    {
        HivePattern names = HivePattern.of(pattern);
        return catalogue.listedTables(databaseName).stream()
                .filter(table -> names.test(table.name().getTableName()))
                .filter(table -> types.isEmpty() || types.contains(table.type().toUpperCase(Locale.ENGLISH)));
    }

    private List<TableMeta> meta(String databases, String tables, List<String> types)
            throws TException
    {
        Set<String> selected = types == null ? ImmutableSet.of() : types.stream()
                                                                   .map(type -> type.toUpperCase(Locale.ENGLISH))
                                                                   .collect(toImmutableSet());
        List<TableMeta> result = new ArrayList<>();
        for (String database : catalogue.databases(databases)) {
            listed(database, tables, selected)
                    .map(TableListing::meta)
                    .forEach(result::add);
        }
        return result;
    }

    private static TableMeta meta(ListedTable table)
    {
        TableMeta meta = new TableMeta(table.name().getSchemaName(), table.name().getTableName(), table.type());
        meta.setCatName(HiveNames.CATALOG);
        // by the comment Trino tells its own views from others
        table.comment().ifPresent(meta::setComments);
        table.owner().ifPresent(owner -> {
            meta.setOwnerName(owner);
            meta.setOwnerType(PrincipalType.USER);
        });
        return meta;
    }

    private List<ExtendedTableInfo> extended(GetTablesExtRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatalog());
        Stream<String> names = names(request.getDatabase(), request.getTableNamePattern()).stream();
        return (request.getLimit() > 0 ? names.limit(request.getLimit()) : names)
                .map(ExtendedTableInfo::new)
                .toList();
    }

    private List<String> namesByFilter(String database, String filter, short limit)
            throws TException
    {
        Matcher matcher = PARAMETER_FILTER.matcher(filter == null ? "" : filter);
        if (!matcher.matches()) {
            throw new MetaException("get_table_names_by_filter is served for filters of one parameter only, hive_filter_field_params__NAME = \"VALUE\", not for: %s".formatted(filter));
        }
        Stream<String> names = catalogue.metastore()
                .getTableNamesWithParameters(HiveNames.database(database), matcher.group(1), ImmutableSet.of(matcher.group(2)))
                .stream();
        return (limit < 0 ? names : names.limit(limit)).toList();
    }
}
