package io.tarn.protect;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.collect.ImmutableList;
import io.airlift.bootstrap.LifeCycleManager;
import io.trino.plugin.base.security.AuthorizationRule;
import io.trino.plugin.base.security.CatalogAccessControlRule;
import io.trino.plugin.base.security.CatalogFunctionAccessControlRule;
import io.trino.plugin.base.security.CatalogProcedureAccessControlRule;
import io.trino.plugin.base.security.CatalogSchemaAccessControlRule;
import io.trino.plugin.base.security.CatalogSessionPropertyAccessControlRule;
import io.trino.plugin.base.security.FileBasedSystemAccessControl;
import io.trino.plugin.base.security.ImpersonationRule;
import io.trino.plugin.base.security.PrincipalUserMatchRule;
import io.trino.plugin.base.security.QueryAccessRule;
import io.trino.plugin.base.security.SessionPropertyAccessControlRule;
import io.trino.plugin.base.security.SystemInformationRule;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import static io.trino.plugin.base.security.CatalogAccessControlRule.AccessMode.ALL;

/**
 * The rules as they stand in the file: all but those for tables are Trino's own classes, and what is left out means
 * what it means there.
 */
record WrittenRules(
        @JsonProperty("catalogs") Optional<List<CatalogAccessControlRule>> catalogs,
        @JsonProperty("queries") Optional<List<QueryAccessRule>> queries,
        @JsonProperty("impersonation") Optional<List<ImpersonationRule>> impersonation,
        @JsonProperty("principals") Optional<List<PrincipalUserMatchRule>> principals,
        @JsonProperty("system_information") Optional<List<SystemInformationRule>> systemInformation,
        @JsonProperty("authorization") Optional<List<AuthorizationRule>> authorization,
        @JsonProperty("schemas") Optional<List<CatalogSchemaAccessControlRule>> schemas,
        @JsonProperty("tables") Optional<List<TableRule.Written>> tables,
        @JsonProperty("system_session_properties") Optional<List<SessionPropertyAccessControlRule>> systemSessionProperties,
        @JsonProperty("catalog_session_properties") Optional<List<CatalogSessionPropertyAccessControlRule>> catalogSessionProperties,
        @JsonProperty("functions") Optional<List<CatalogFunctionAccessControlRule>> functions,
        @JsonProperty("procedures") Optional<List<CatalogProcedureAccessControlRule>> procedures)
{
    // Trino lets everybody reach it as well: each of its tables shows only what is the user's own
    private static final CatalogAccessControlRule SYSTEM_CATALOG = new CatalogAccessControlRule(ALL, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Pattern.compile("system")));

    Rules toRules(LifeCycleManager lifeCycleManager)
    {
        List<TableRule> tableRules = tables
                .<List<TableRule>>map(written -> written.stream().map(TableRule.Written::toRule).toList())
                .orElseGet(() -> ImmutableList.of(TableRule.allowAll()));
        FileBasedSystemAccessControl control = FileBasedSystemAccessControl.builder()
                .setLifeCycleManager(lifeCycleManager)
                .setCatalogRules(catalogs
                        .<List<CatalogAccessControlRule>>map(rules -> ImmutableList.<CatalogAccessControlRule>builder().addAll(rules).add(SYSTEM_CATALOG).build())
                        .orElseGet(() -> ImmutableList.of(CatalogAccessControlRule.ALLOW_ALL)))
                .setQueryAccessRules(queries)
                .setImpersonationRules(impersonation)
                .setPrincipalUserMatchRules(principals)
                .setSystemInformationRules(systemInformation)
                .setAuthorizationRules(authorization.orElseGet(ImmutableList::of))
                .setSchemaRules(schemas.orElseGet(() -> ImmutableList.of(CatalogSchemaAccessControlRule.ALLOW_ALL)))
                .setTableRules(tableRules.stream().map(TableRule::toTrino).toList())
                .setSessionPropertyRules(systemSessionProperties.orElseGet(() -> ImmutableList.of(SessionPropertyAccessControlRule.ALLOW_ALL)))
                .setCatalogSessionPropertyRules(catalogSessionProperties.orElseGet(() -> ImmutableList.of(CatalogSessionPropertyAccessControlRule.ALLOW_ALL)))
                .setFunctionRules(functions.orElseGet(() -> ImmutableList.of(CatalogFunctionAccessControlRule.ALLOW_BUILTIN)))
                .setProcedureRules(procedures.orElseGet(() -> ImmutableList.of(CatalogProcedureAccessControlRule.ALLOW_BUILTIN)))
                .build();
        return new Rules(control, tableRules);
    }
}
