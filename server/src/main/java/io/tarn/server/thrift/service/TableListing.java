package io.tarn.server.thrift.service;

import com.google.common.collect.ImmutableSet;
import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.convert.HivePattern;
import io.tarn.server.thrift.convert.HiveTables;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import org.apache.hadoop.hive.metastore.api.ExtendedTableInfo;
import org.apache.hadoop.hive.metastore.api.GetTablesExtRequest;
import org.apache.hadoop.hive.metastore.api.MetaException;
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
import static io.trino.metastore.TableInfo.ExtendedRelationType.TABLE;
import static io.trino.metastore.TableInfo.ICEBERG_MATERIALIZED_VIEW_COMMENT;
import static io.trino.metastore.TableInfo.PRESTO_VIEW_COMMENT;
import static java.util.Objects.requireNonNull;

/**
 * Which tables and views there are. A listing of the catalogue tells tables from views and no more; whether a table is
 * managed is asked for each table only where a client selects by that.
 */
final class TableListing
        implements CallTable.Calls
{
    private static final String MATERIALIZED_VIEW = "MATERIALIZED_VIEW";
    private static final Set<String> TABLE_TYPES = ImmutableSet.of(HiveTables.MANAGED_TABLE, HiveTables.EXTERNAL_TABLE);

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
        return infos(HiveNames.database(database), pattern)
                .map(info -> info.tableName().getTableName())
                .toList();
    }

    private Stream<TableInfo> infos(String databaseName, String pattern)
    {
        HivePattern names = HivePattern.of(pattern);
        return catalogue.metastore().getTables(databaseName).stream()
                .filter(info -> names.test(info.tableName().getTableName()));
    }

    private List<String> namesOfType(String database, String pattern, String type)
            throws TException
    {
        Set<String> types = type == null || type.isEmpty() ? ImmutableSet.of() : ImmutableSet.of(type.toUpperCase(Locale.ENGLISH));
        return infos(HiveNames.database(database), pattern)
                .filter(info -> isOfType(info, types))
                .map(info -> info.tableName().getTableName())
                .toList();
    }

    private boolean isOfType(TableInfo info, Set<String> types)
    {
        if (types.isEmpty()) {
            return true;
        }
        if (info.extendedRelationType() != TABLE) {
            return types.contains(type(info));
        }
        if (types.containsAll(TABLE_TYPES)) {
            return true;
        }
        return types.stream().anyMatch(TABLE_TYPES::contains) && catalogue.metastore()
                .getTable(info.tableName().getSchemaName(), info.tableName().getTableName())
                .map(Table::getTableType)
                .filter(types::contains)
                .isPresent();
    }

    private List<TableMeta> meta(String databases, String tables, List<String> types)
            throws TException
    {
        Set<String> selected = types == null ? ImmutableSet.of() : types.stream()
                                                                   .map(type -> type.toUpperCase(Locale.ENGLISH))
                                                                   .collect(toImmutableSet());
        List<TableMeta> result = new ArrayList<>();
        for (String database : catalogue.databases(databases)) {
            infos(database, tables)
                    .filter(info -> isOfType(info, selected))
                    .map(TableListing::meta)
                    .forEach(result::add);
        }
        return result;
    }

    private static TableMeta meta(TableInfo info)
    {
        TableMeta meta = new TableMeta(info.tableName().getSchemaName(), info.tableName().getTableName(), type(info));
        meta.setCatName(HiveNames.CATALOG);
        switch (info.extendedRelationType()) {
            // how Trino tells its own views from others
            case TRINO_VIEW -> meta.setComments(PRESTO_VIEW_COMMENT);
            case TRINO_MATERIALIZED_VIEW -> meta.setComments(ICEBERG_MATERIALIZED_VIEW_COMMENT);
            case TABLE, OTHER_VIEW, OTHER_MATERIALIZED_VIEW -> {}
        }
        return meta;
    }

    private static String type(TableInfo info)
    {
        return switch (info.extendedRelationType()) {
            case TABLE -> HiveTables.EXTERNAL_TABLE;
            case OTHER_VIEW, TRINO_VIEW -> HiveTables.VIRTUAL_VIEW;
            case OTHER_MATERIALIZED_VIEW -> MATERIALIZED_VIEW;
            // Trino keeps them as views with a comment
            case TRINO_MATERIALIZED_VIEW -> HiveTables.VIRTUAL_VIEW;
        };
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
