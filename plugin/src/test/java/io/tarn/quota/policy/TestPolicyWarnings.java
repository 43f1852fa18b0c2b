package io.tarn.quota.policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.IntStream;

import static io.tarn.quota.policy.Policies.workgroups;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

class TestPolicyWarnings
{
    @Test
    void nothingComesPastAWorkgroupThatTakesEverybody()
    {
        assertThat(workgroups("{'name': 'all'}, {'name': 'b', 'selectors': [{'user': 'bob'}]}, {'name': 'c', 'selectors': [{'user': 'bob'}]}").warnings()).extracting(PolicyWarning::text).containsExactly(
                "Workgroup all takes every query, so that none comes to workgroup b after it unless its session names it",
                "Workgroup all takes every query, so that none comes to workgroup c after it unless its session names it");
        assertThat(workgroups("{'name': 'all', 'selectors': [{'user': 'x'}, {}]}, {'name': 'primary', 'limits': {'rows': 1}}").warnings()).extracting(PolicyWarning::text).containsExactly(
                "Workgroup all takes every query, so that none comes to workgroup primary");
    }

    @Test
    void sameSelectors()
    {
        assertThat(workgroups("{'name': 'a', 'selectors': [{'user': 'x.*'}, {'group': 'g'}]}, {'name': 'b', 'selectors': [{'group': 'g'}, {'user': 'x.*'}]}").warnings()).extracting(PolicyWarning::text).containsExactly(
                "Workgroups a and b have the same selectors: a comes first and takes the queries, unless a session names b");
    }

    @Test
    void sharedNames()
    {
        assertThat(workgroups("{'name': 'a', 'selectors': [{'user': 'joe|bob|ann'}]}, {'name': 'b', 'selectors': [{'user': 'ann|kim|bob'}]}").warnings()).extracting(PolicyWarning::text).containsExactly(
                "Workgroups a and b both take the queries of user ann, bob: a comes first and takes them, unless a session names b");
        assertThat(workgroups("{'name': 'a', 'selectors': [{'group': 'x|y'}, {'user': 'ann'}]}, {'name': 'b', 'selectors': [{'group': 'y|z', 'source': 's'}, {'user': 'ann|b'}]}").warnings()).extracting(PolicyWarning::text).containsExactly(
                "Workgroups a and b both take the queries of user ann and of group y: a comes first and takes them, unless a session names b");
        assertThat(workgroups("{'name': 'a', 'selectors': [{'user': 'ann\\\\.b|x'}]}, {'name': 'b', 'selectors': [{'user': 'ann\\\\.b'}]}").warnings()).extracting(PolicyWarning::text).containsExactly(
                "Workgroups a and b both take the queries of user ann.b: a comes first and takes them, unless a session names b");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{'name': 'a', 'selectors': [{'user': 'ann'}]}, {'name': 'b', 'selectors': [{'user': 'bob'}]}, {'name': 'rest'}",
            "{'name': 'a', 'selectors': [{'user': 'ann', 'source': 's'}]}, {'name': 'b', 'selectors': [{'user': 'ann'}]}",
            "{'name': 'a', 'selectors': [{'user': 'ann', 'clientTags': ['t']}]}, {'name': 'b', 'selectors': [{'user': 'ann'}]}",
            "{'name': 'a', 'selectors': [{'user': 'ann', 'named': true}]}, {'name': 'b', 'selectors': [{'user': 'ann'}]}",
            "{'name': 'a'}, {'name': 'b', 'selectors': [{'user': 'ann', 'named': true}]}",
            "{'name': 'a', 'selectors': [{'user': 'ann', 'group': 'x'}]}, {'name': 'b', 'selectors': [{'user': 'ann', 'group': 'y'}]}",
            "{'name': 'a', 'selectors': [{'user': 'a.*'}]}, {'name': 'b', 'selectors': [{'user': 'ann'}]}",
            "{'name': 'a', 'selectors': [{'user': 'a\\\\d'}]}, {'name': 'b', 'selectors': [{'user': 'ad'}]}",
            "{'name': 'all'}, {'name': 'primary'}",
            "",
    })
    void saysNothingOfWhatIsMeantOrCannotBeProved(String workgroups)
    {
        assertThat(workgroups(workgroups).warnings()).isEmpty();
    }

    @Test
    void warningsAreBounded()
    {
        String workgroups = IntStream.range(0, 50).mapToObj("{'name': 'w%s', 'selectors': [{'user': 'ann'}]}"::formatted).collect(joining(","));
        assertThat(workgroups(workgroups).warnings()).hasSize(100);
        String names = IntStream.range(10, 25).mapToObj("u%s"::formatted).collect(joining("|"));
        assertThat(workgroups("{'name': 'a', 'selectors': [{'user': '%s'}]}, {'name': 'b', 'selectors': [{'user': '%s|x'}]}".formatted(names, names)).warnings()).extracting(PolicyWarning::text).containsExactly(
                "Workgroups a and b both take the queries of user u10, u11, u12, u13, u14, u15, u16, u17, u18, u19 and 5 more: a comes first and takes them, unless a session names b");
    }
}
