package io.tarn.server.thrift.service;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.server.thrift.call.CallTable;
import org.apache.hadoop.hive.metastore.api.GetPrincipalsInRoleResponse;
import org.apache.hadoop.hive.metastore.api.GetRoleGrantsForPrincipalResponse;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.PrincipalPrivilegeSet;
import org.apache.hadoop.hive.metastore.api.PrincipalType;
import org.apache.hadoop.hive.metastore.api.Role;
import org.apache.hadoop.hive.metastore.api.RolePrincipalGrant;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.create_role_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_role_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_principals_in_role_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_privilege_set_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_role_grants_for_principal_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_role_names_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.grant_privileges_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.grant_revoke_privileges_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.grant_revoke_role_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.grant_role_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.list_privileges_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.list_roles_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.revoke_privileges_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.revoke_role_args;
import org.apache.thrift.TBase;

import java.util.List;

/**
 * Roles and grants, of which the catalogue keeps none: everybody has the role {@code public}, nobody a grant, and what
 * would change them is refused.
 */
final class GrantCalls
        implements CallTable.Calls
{
    private static final String PUBLIC = "public";

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(get_role_names_args.class, _ -> List.of(PUBLIC));
        calls.ask(list_roles_args.class, args -> args.getPrincipal_type() == PrincipalType.USER ? List.of(new Role(PUBLIC, 0, PUBLIC)) : List.of());
        calls.ask(get_role_grants_for_principal_args.class, args -> new GetRoleGrantsForPrincipalResponse(args.getRequest().getPrincipal_type() == PrincipalType.USER
                ? List.of(new RolePrincipalGrant(PUBLIC, args.getRequest().getPrincipal_name(), PrincipalType.USER, false, 0, PUBLIC, PrincipalType.ROLE))
                : List.of()));
        calls.ask(get_principals_in_role_args.class, _ -> new GetPrincipalsInRoleResponse(List.of()));
        calls.ask(list_privileges_args.class, _ -> List.of());
        calls.ask(get_privilege_set_args.class, _ -> new PrincipalPrivilegeSet(ImmutableMap.of(), ImmutableMap.of(), ImmutableMap.of()));
        for (Class<? extends TBase<?, ?>> refused : ImmutableSet.<Class<? extends TBase<?, ?>>>of(
                create_role_args.class,
                drop_role_args.class,
                grant_role_args.class,
                revoke_role_args.class,
                grant_revoke_role_args.class,
                grant_privileges_args.class,
                revoke_privileges_args.class,
                grant_revoke_privileges_args.class)) {
            calls.change(refused, _ -> {
                throw new MetaException("%s is refused: the catalogue keeps no roles and no grants".formatted(refused.getSimpleName().replace("_args", "")));
            });
        }
    }
}
