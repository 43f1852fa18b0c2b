package io.tarn.protect;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Injector;
import io.airlift.bootstrap.Bootstrap;
import io.airlift.bootstrap.LifeCycleManager;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.security.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class TestRulesReader
{
    private final RulesReader reader = new RulesReader(lifeCycleManager());

    @Test
    void emptyRulesAllowEverything()
    {
        Rules rules = read("{}");
        assertThat(rules.ruleFor(Identity.ofUser("ann"), table("orders"))).hasValueSatisfying(rule -> {
            assertThat(rule.mayRead()).isTrue();
            assertThat(rule.isRestricted()).isFalse();
        });
        assertThat(rules.readsEverything(Identity.ofUser("ann"), "lake")).isTrue();
        assertThat(read("{\"tables\": []}").ruleFor(Identity.ofUser("ann"), table("orders"))).isEmpty();
    }

    /**
     * Trino's own example of its documentation.
     */
    @Test
    void everyMemberThatTrinoHas()
    {
        Rules rules = read(
                """
                {
                  "catalogs": [{"group": "admin", "catalog": ".*", "allow": "all"}, {"user": "bob", "catalog": "lake", "allow": "read-only"}],
                  "queries": [{"user": "bob", "allow": ["view", "kill"]}, {"allow": ["execute"]}],
                  "impersonation": [{"original_user": "(.*)", "new_user": "$1_sandbox"}],
                  "principals": [{"principal": "(.*)", "principal_to_user": "$1", "allow": true}],
                  "system_information": [{"user": "admin", "allow": ["read", "write"]}],
                  "authorization": [{"original_role": "admin", "new_user": "bob"}],
                  "schemas": [{"user": "admin", "schema": ".*", "owner": true}],
                  "tables": [
                    {
                      "user": "ann", "role": ".*", "group": "(?i)Analysts", "catalog": "lake", "schema": "hr|HR", "table": "emp[A-Z]*_\\\\S+",
                      "privileges": ["SELECT", "grant_select"],
                      "columns": [{"name": "salary", "allow": false}, {"name": "ssn", "mask": "'x'", "mask_environment": {"user": "system"}}],
                      "other_columns": "deny",
                      "filter": "dept = 'a'", "filter_environment": {"user": "system"}
                    }
                  ],
                  "system_session_properties": [{"property": "query_.*", "allow": true}],
                  "catalog_session_properties": [{"catalog": "lake", "property": ".*", "allow": true}],
                  "functions": [{"catalog": "system", "schema": "builtin", "function": ".*", "privileges": ["EXECUTE"]}],
                  "procedures": [{"catalog": "lake", "schema": "system", "procedure": ".*", "privileges": ["EXECUTE"]}]
                }
                """);
        TableRule rule = rules.tables().getFirst();
        assertThat(rule.isDenied("salary")).isTrue();
        assertThat(rule.isDenied("anything")).isTrue();
        assertThat(rule.isDenied("ssn")).isFalse();
        assertThat(rule.isMasked("ssn")).isTrue();
        assertThat(rules.place(rule)).isEqualTo("tables[0] of the rules");
    }

    @Test
    void aMetadataTableFallsUnderTheRuleOfItsTable()
    {
        Rules rules = read(
                """
                {"tables": [
                  {"table": "orders", "privileges": ["SELECT"], "columns": [{"name": "card", "allow": false}]},
                  {"privileges": ["SELECT"]}
                ]}
                """);
        Identity ann = Identity.ofUser("ann");
        for (String name : new String[] {"orders", "orders$files", "orders$partitions", "orders$new_one"}) {
            assertThat(rules.ruleFor(ann, table(name)).orElseThrow().isRestricted()).as(name).isTrue();
        }
        for (String name : new String[] {"orders_2", "my_orders$files", "$orders"}) {
            assertThat(rules.ruleFor(ann, table(name)).orElseThrow().isRestricted()).as(name).isFalse();
        }
    }

    @Test
    void whoReadsEverything()
    {
        Rules rules = read(
                """
                {"tables": [
                  {"user": "ann", "table": "orders", "privileges": ["SELECT"], "filter": "true"},
                  {"user": "bob", "catalog": "lake", "table": ".*", "privileges": ["SELECT"]},
                  {"user": "cid", "catalog": "lake", "schema": "scratch", "privileges": ["SELECT"]},
                  {"user": "ann|dan", "privileges": ["SELECT"]},
                  {"table": "secret", "privileges": []},
                  {"group": "staff", "privileges": ["SELECT"]}
                ]}
                """);
        assertThat(rules.readsEverything(Identity.ofUser("ann"), "lake")).isFalse();
        assertThat(rules.readsEverything(Identity.ofUser("dan"), "lake")).isTrue();
        // the last rule but one is about everybody
        assertThat(rules.readsEverything(Identity.ofUser("bob"), "lake")).isFalse();
        assertThat(rules.readsEverything(Identity.forUser("eve").withGroups(ImmutableSet.of("staff")).build(), "lake")).isFalse();

        Rules catalogs = read("{\"tables\": [{\"catalog\": \"lake\", \"privileges\": [\"SELECT\"]}, {\"catalog\": \"hr\", \"schema\": \"open\", \"privileges\": [\"SELECT\"]}]}");
        assertThat(catalogs.readsEverything(Identity.ofUser("ann"), "lake")).isTrue();
        assertThat(catalogs.readsEverything(Identity.ofUser("ann"), "hr")).isFalse();
        assertThat(catalogs.readsEverything(Identity.ofUser("ann"), "other")).isFalse();
    }

    static Stream<Arguments> brokenRules()
    {
        return Stream.of(
                arguments("{\"tables\": [", "line 1, column 13, tables: is not JSON: Unexpected end-of-input"),
                arguments(" ", "line 1, column 0: has the wrong form: No content to map"),
                arguments("null", "is null, but must be a JSON object"),
                arguments("[]", "line 1, column 1: has the wrong form: Cannot deserialize"),
                arguments("{} {}", "Trailing token"),
                arguments("{\"tables\": [], \"tables\": []}", "Duplicate field 'tables'"),
                arguments("{\"table\": []}", "line 1, column 14, table: \"table\" is not known; known here: authorization, catalog_session_properties, catalogs, functions, impersonation, principals, procedures, queries, schemas, system_information, system_session_properties, tables"),
                arguments("{\"tables\": [{\"privileges\": [\"READ\"]}]}", "line 1, column 29, tables[0].privileges[0]: \"READ\" is not one of [SELECT, INSERT, DELETE, UPDATE, OWNERSHIP, GRANT_SELECT]"),
                arguments("{\"tables\": [{\"privileges\": [],\n\"user\": \"(\"}]}", "line 2, column 9, tables[0].user: \"(\" is not a regular expression: Unclosed group"),
                arguments("{\"tables\": [\n{\"user\": \"a\"}]}", "line 2, column 13, tables[0]: has no privileges: name what is allowed"),
                arguments("{\"tables\": [{\"privileges\": [],\n\"columns\": [{\"name\": \"cc\", \"alow\": false}]}]}", "line 2, column 42, tables[0].columns[0].alow: \"alow\" is not known; known here: allow, mask, mask_environment, name"),
                arguments("{\"tables\": [{\"privileges\": [], \"columns\": [{\"name\": \"cc\"}, {\"name\": \"cc\"}]}]}", "tables[0]: has the column \"cc\" twice in columns"),
                arguments("{\"tables\": [{\"privileges\": [],\n\"columns\": [{\"name\": \"CC\", \"allow\": false}]}]}", "tables[0].columns[0]: name is \"CC\", but Trino has the names of its columns in lower case, so that this never matches: write \"cc\""),
                arguments("{\"tables\": [{\"privileges\": [], \"columns\": [{\"allow\": false}]}]}", "tables[0].columns[0]: has no name: name the column"),
                arguments("{\"tables\": [{\"privileges\": [], \"columns\": [{\"name\": \"cc\", \"mask\": \" \"}]}]}", "tables[0].columns[0]: mask is empty: write an SQL expression"),
                arguments("{\"tables\": [{\"privileges\": [], \"table\": \"UserProfile\"}]}", "tables[0]: table is \"UserProfile\", but Trino has the names of its tables in lower case, so that this never matches: write \"userprofile\""),
                arguments("{\"tables\": [{\"privileges\": [], \"filter\": \"\"}]}", "tables[0]: filter is empty"),
                arguments("{\"catalogs\": [{\"allow\": \"some\"}]}", "catalogs[0].allow: Unknown AccessMode: some"));
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void theMessageHasThePlace(String rules, String message)
    {
        assertThatThrownBy(() -> read(rules))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private Rules read(String rules)
    {
        return reader.read(Path.of("rules.json"), rules.getBytes(UTF_8));
    }

    private static CatalogSchemaTableName table(String name)
    {
        return new CatalogSchemaTableName("lake", "sales", name);
    }

    private static LifeCycleManager lifeCycleManager()
    {
        Injector injector = new Bootstrap("test").doNotInitializeLogging().quiet().initialize();
        return injector.getInstance(LifeCycleManager.class);
    }
}
