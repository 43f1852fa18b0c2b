package io.tarn.metastore;

import com.google.common.collect.ImmutableSet;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.HivePrincipal;
import io.trino.metastore.HivePrivilegeInfo;
import io.trino.metastore.HivePrivilegeInfo.HivePrivilege;
import io.trino.spi.TrinoException;
import io.trino.spi.security.RoleGrant;

import java.util.Optional;
import java.util.Set;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.security.PrincipalType.USER;

/**
 * A metastore without roles and grants, as Glue is: statements that change them are refused by name, and everybody has
 * the one role {@code public}.
 */
abstract class UngrantedMetastore
        implements HiveMetastore
{
    // a connector must name what everybody has
    private static final String PUBLIC_ROLE = "public";

    @Override
    public void createRole(String role, String grantor)
    {
        throw noRoles("CREATE ROLE");
    }

    @Override
    public void dropRole(String role)
    {
        throw noRoles("DROP ROLE");
    }

    @Override
    public Set<String> listRoles()
    {
        return ImmutableSet.of(PUBLIC_ROLE);
    }

    @Override
    public void grantRoles(Set<String> roles, Set<HivePrincipal> grantees, boolean adminOption, HivePrincipal grantor)
    {
        throw noRoles("GRANT");
    }

    @Override
    public void revokeRoles(Set<String> roles, Set<HivePrincipal> grantees, boolean adminOption, HivePrincipal grantor)
    {
        throw noRoles("REVOKE");
    }

    @Override
    public Set<RoleGrant> listRoleGrants(HivePrincipal principal)
    {
        if (principal.getType() == USER) {
            return ImmutableSet.of(new RoleGrant(principal.toTrinoPrincipal(), PUBLIC_ROLE, false));
        }
        return ImmutableSet.of();
    }

    @Override
    public void grantTablePrivileges(String databaseName, String tableName, String tableOwner, HivePrincipal grantee, HivePrincipal grantor, Set<HivePrivilege> privileges, boolean grantOption)
    {
        throw noRoles("GRANT");
    }

    @Override
    public void revokeTablePrivileges(String databaseName, String tableName, String tableOwner, HivePrincipal grantee, HivePrincipal grantor, Set<HivePrivilege> privileges, boolean grantOption)
    {
        throw noRoles("REVOKE");
    }

    @Override
    public Set<HivePrivilegeInfo> listTablePrivileges(String databaseName, String tableName, Optional<String> tableOwner, Optional<HivePrincipal> principal)
    {
        return ImmutableSet.of();
    }

    private static TrinoException noRoles(String statement)
    {
        return new TrinoException(NOT_SUPPORTED, statement + " is not supported: Glue keeps no roles and no grants. Use Trino's access control for what users may do");
    }
}
