package io.tarn.quota.access;

/**
 * Tables that tell of the cluster and of its catalogues, and read no data.
 */
final class InternalTables
{
    private InternalTables() {}

    static boolean isInternal(String catalog, String schema)
    {
        return catalog.equals("system") || schema.equals("system") || schema.equals("information_schema");
    }
}
