package io.tarn.quota.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Policies from JSON in whose place of double quotes tests write single ones.
 */
final class Policies
{
    private Policies() {}

    static QuotaPolicy policy(String json)
    {
        return PolicyReader.read(json.replace('\'', '"').getBytes(UTF_8));
    }

    static QuotaPolicy workgroups(String workgroups)
    {
        return policy("{'workgroups': [%s]}".formatted(workgroups));
    }
}
