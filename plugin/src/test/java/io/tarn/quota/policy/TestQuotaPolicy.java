package io.tarn.quota.policy;

import com.google.common.collect.ImmutableSet;
import io.trino.spi.TrinoException;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.QUOTA_WORKGROUP_UNAVAILABLE;
import static io.tarn.quota.policy.Policies.workgroups;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestQuotaPolicy
{
    private static final QuotaPolicy POLICY = workgroups(
            """
            {'name': 'primary'},
            {'name': 'bob_only', 'selectors': [{'user': 'bob'}]},
            {'name': 'analysts', 'selectors': [{'group': 'analysts|finance'}, {'user': 'ann'}]},
            {'name': 'tableau', 'selectors': [{'source': 'tableau.*', 'clientTags': ['bi', 'fast']}]},
            {'name': 'adhoc', 'selectors': [{'resourceGroup': 'global\\\\.adhoc\\\\..*'}]},
            {'name': 'big', 'selectors': [{'group': 'analysts', 'named': true}]}
            """);

    @Test
    void theFirstThatTakesAQueryHasIt()
    {
        assertThat(select(user("bob"))).isEqualTo("bob_only");
        assertThat(select(user("bob", "analysts"))).isEqualTo("bob_only");
        assertThat(select(user("ann"))).isEqualTo("analysts");
        assertThat(select(user("eve", "other", "finance"))).isEqualTo("analysts");
        assertThat(select(user("eve"))).isEqualTo("primary");
        assertThat(POLICY.workgroups().getLast().name()).isEqualTo("primary");
    }

    @Test
    void patternsMatchTheWholeValue()
    {
        assertThat(select(user("bobby"))).isEqualTo("primary");
        assertThat(select(user("xann"))).isEqualTo("primary");
        assertThat(select(user("eve", "analysts2"))).isEqualTo("primary");
    }

    @Test
    void allThatASelectorGivesMustMatch()
    {
        assertThat(select(query(Optional.of("tableau-9"), Set.of("bi", "fast", "x"), Optional.empty()))).isEqualTo("tableau");
        assertThat(select(query(Optional.of("tableau-9"), Set.of("bi"), Optional.empty()))).isEqualTo("primary");
        assertThat(select(query(Optional.of("dbeaver"), Set.of("bi", "fast"), Optional.empty()))).isEqualTo("primary");
        assertThat(select(query(Optional.empty(), Set.of("bi", "fast"), Optional.empty()))).isEqualTo("primary");
        assertThat(select(query(Optional.empty(), Set.of(), Optional.of("global.adhoc.eve")))).isEqualTo("adhoc");
        assertThat(select(query(Optional.empty(), Set.of(), Optional.of("globalXadhoc.eve")))).isEqualTo("primary");
    }

    @Test
    void aSessionNamesAWorkgroupThatTakesItsQuery()
    {
        assertThat(select(naming("big", user("eve", "analysts")))).isEqualTo("big");
        assertThat(select(naming("analysts", user("bob", "analysts")))).isEqualTo("analysts");
        assertThat(select(naming("primary", user("eve")))).isEqualTo("primary");
        // it is only taken when it is named
        assertThat(select(user("eve", "analysts"))).isEqualTo("analysts");
    }

    @Test
    void refusesAWorkgroupThatDoesNotExist()
    {
        assertRefused(naming("x", user("bob")), "WorkGroup x is not found.");
        assertRefused(naming("Analysts", user("ann")), "WorkGroup Analysts is not found.");
        assertRefused(naming("", user("ann")), "WorkGroup  is not found.");
    }

    @Test
    void refusesAWorkgroupThatDoesNotTakeTheQuery()
    {
        assertRefused(naming("big", user("bob", "finance")), "WorkGroup big does not take this query of user bob; it may name: bob_only, analysts, or leave the workgroup out");
        assertRefused(naming("analysts", user("eve")), "WorkGroup analysts does not take this query of user eve; it may name: primary, or leave the workgroup out");
    }

    @Test
    void nobodyGetsAwayToPrimary()
    {
        assertRefused(
                naming("primary", user("ann", "analysts")),
                "WorkGroup primary does not take this query of user ann, since it is only for queries that no other workgroup takes; it may name: analysts, big, or leave the workgroup out");
        QuotaPolicy named = workgroups("{'name': 'big', 'selectors': [{'user': 'ann', 'named': true}]}");
        assertThat(named.select(naming("primary", user("ann"))).name()).isEqualTo("primary");
        assertThat(named.select(user("ann")).name()).isEqualTo("primary");
        assertThat(named.select(naming("big", user("ann"))).name()).isEqualTo("big");
    }

    @Test
    void identityAloneDecidesWhereNothingElseCan()
    {
        QuotaPolicy policy = workgroups(
                """
                {'name': 'ann', 'selectors': [{'user': 'ann'}]},
                {'name': 'bob', 'selectors': [{'user': 'bob', 'source': 'x'}, {'user': 'bob|joe'}]},
                {'name': 'joe', 'selectors': [{'user': 'joe', 'named': true}]},
                {'name': 'kim', 'selectors': [{'user': 'kim', 'clientTags': ['x']}]},
                {'name': 'lee', 'selectors': [{'user': 'lee', 'resourceGroup': 'x'}]},
                {'name': 'max', 'selectors': [{'user': 'max', 'source': 'x'}]}
                """);
        assertThat(policy.selectByIdentity("ann", Set.of())).map(Workgroup::name).contains("ann");
        assertThat(policy.selectByIdentity("bob", Set.of())).map(Workgroup::name).contains("bob");
        assertThat(policy.selectByIdentity("eve", Set.of("g"))).map(Workgroup::name).contains("primary");
        for (String user : List.of("joe", "kim", "lee", "max")) {
            assertThat(policy.selectByIdentity(user, Set.of())).as(user).isEmpty();
        }
        // bob is taken by the first, and may name the second
        assertThat(POLICY.selectByIdentity("bob", Set.of("finance"))).isEmpty();
        // of everybody the source may decide
        assertThat(POLICY.selectByIdentity("ann", Set.of())).isEmpty();
    }

    @Test
    void identityAgreesWithSelection()
    {
        for (String user : List.of("ann", "bob", "eve")) {
            for (Set<String> groups : List.of(Set.<String>of(), Set.of("analysts"), Set.of("finance", "other"))) {
                for (QuotaPolicy policy : List.of(
                        POLICY,
                        workgroups("{'name': 'a', 'selectors': [{'user': 'ann', 'group': 'analysts'}]}, {'name': 'b', 'selectors': [{'user': 'bob'}]}"),
                        workgroups("{'name': 'a', 'selectors': [{'user': 'eve', 'source': 's'}]}, {'name': 'b', 'selectors': [{'group': 'finance', 'named': true}]}"))) {
                    Optional<String> decided = policy.selectByIdentity(user, groups).map(Workgroup::name);
                    if (decided.isEmpty()) {
                        continue;
                    }
                    for (Optional<String> source : List.of(Optional.<String>empty(), Optional.of("s"), Optional.of("tableau1"))) {
                        for (Workgroup named : policy.workgroups()) {
                            QueryAttributes unnamed = new QueryAttributes(user, groups, source, Set.of("bi", "fast"), Optional.of("global.adhoc.x"), Optional.empty());
                            assertThat(policy.select(unnamed).name()).isEqualTo(decided.get());
                            if (!named.name().equals(decided.get())) {
                                assertThatThrownBy(() -> policy.select(naming(named.name(), unnamed))).isInstanceOf(TrinoException.class);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void subjectsOfABudget()
    {
        Workgroup workgroup = workgroups(
                """
                {'name': 'w', 'budgets': [
                    {'name': 'u', 'per': 'user', 'period': 'day', 'bytes': '1GB'},
                    {'name': 'g', 'per': 'group', 'period': 'day', 'bytes': '1GB'},
                    {'name': 'w', 'per': 'workgroup', 'period': 'day', 'bytes': '1GB'}]}
                """).workgroups().getFirst();
        assertThat(workgroup.budget("u").orElseThrow().subjects(user("ann", "b", "a"))).containsExactly("ann");
        assertThat(workgroup.budget("g").orElseThrow().subjects(user("ann", "b", "a"))).containsExactly("a", "b");
        assertThat(workgroup.budget("g").orElseThrow().subjects(user("ann"))).containsExactly("");
        assertThat(workgroup.budget("w").orElseThrow().subjects(user("ann", "b", "a"))).containsExactly("");
        assertThat(workgroup.budget("x")).isEmpty();
    }

    @Test
    void aPolicyIsWholeOrNone()
    {
        Workgroup primary = POLICY.workgroups().getLast();
        Workgroup other = POLICY.workgroups().getFirst();
        assertThatThrownBy(() -> new QuotaPolicy(List.of(), Administrators.NONE)).hasMessage("the last workgroup is not primary");
        assertThatThrownBy(() -> new QuotaPolicy(List.of(primary, other), Administrators.NONE)).hasMessage("the last workgroup is not primary");
        assertThatThrownBy(() -> new QuotaPolicy(List.of(other, other, primary), Administrators.NONE)).hasMessage("two workgroups have the same name");
    }

    private static String select(QueryAttributes query)
    {
        return POLICY.select(query).name();
    }

    private static void assertRefused(QueryAttributes query, String message)
    {
        assertThatThrownBy(() -> POLICY.select(query))
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(QUOTA_WORKGROUP_UNAVAILABLE.toErrorCode()))
                .hasMessage(message);
    }

    private static QueryAttributes user(String user, String... groups)
    {
        return new QueryAttributes(user, ImmutableSet.copyOf(groups), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());
    }

    private static QueryAttributes query(Optional<String> source, Set<String> clientTags, Optional<String> resourceGroup)
    {
        return new QueryAttributes("eve", Set.of(), source, clientTags, resourceGroup, Optional.empty());
    }

    private static QueryAttributes naming(String workgroup, QueryAttributes query)
    {
        return new QueryAttributes(query.user(), query.groups(), query.source(), query.clientTags(), query.resourceGroup(), Optional.of(workgroup));
    }
}
