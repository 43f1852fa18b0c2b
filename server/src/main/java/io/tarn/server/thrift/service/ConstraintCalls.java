package io.tarn.server.thrift.service;

import io.tarn.server.thrift.call.CallTable;
import org.apache.hadoop.hive.metastore.api.AllTableConstraintsResponse;
import org.apache.hadoop.hive.metastore.api.CheckConstraintsResponse;
import org.apache.hadoop.hive.metastore.api.DefaultConstraintsResponse;
import org.apache.hadoop.hive.metastore.api.ForeignKeysResponse;
import org.apache.hadoop.hive.metastore.api.NotNullConstraintsResponse;
import org.apache.hadoop.hive.metastore.api.PrimaryKeysResponse;
import org.apache.hadoop.hive.metastore.api.SQLAllTableConstraints;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_all_table_constraints_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_check_constraints_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_default_constraints_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_foreign_keys_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_not_null_constraints_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_primary_keys_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_unique_constraints_args;
import org.apache.hadoop.hive.metastore.api.UniqueConstraintsResponse;

import java.util.List;

/**
 * Constraints, which Hive asks for with every table, and of which the catalogue keeps none.
 */
final class ConstraintCalls
        implements CallTable.Calls
{
    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(get_primary_keys_args.class, _ -> new PrimaryKeysResponse(List.of()));
        calls.ask(get_foreign_keys_args.class, _ -> new ForeignKeysResponse(List.of()));
        calls.ask(get_unique_constraints_args.class, _ -> new UniqueConstraintsResponse(List.of()));
        calls.ask(get_not_null_constraints_args.class, _ -> new NotNullConstraintsResponse(List.of()));
        calls.ask(get_default_constraints_args.class, _ -> new DefaultConstraintsResponse(List.of()));
        calls.ask(get_check_constraints_args.class, _ -> new CheckConstraintsResponse(List.of()));
        calls.ask(get_all_table_constraints_args.class, _ -> {
            SQLAllTableConstraints none = new SQLAllTableConstraints();
            none.setPrimaryKeys(List.of());
            none.setForeignKeys(List.of());
            none.setUniqueConstraints(List.of());
            none.setNotNullConstraints(List.of());
            none.setDefaultConstraints(List.of());
            none.setCheckConstraints(List.of());
            return new AllTableConstraintsResponse(none);
        });
    }
}
