package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableSet;

import java.util.Set;

/**
 * The names of Athena's own properties.
 */
final class AthenaProperties
{
    /**
     * Of {@code CREATE TABLE … AS} for tables of Hive's kind.
     */
    static final Set<String> TABLE_AS = ImmutableSet.of(
            "table_type",
            "external_location",
            "is_external",
            "format",
            "partitioned_by",
            "bucketed_by",
            "bucket_count",
            "write_compression",
            "parquet_compression",
            "orc_compression",
            "compression_level",
            "field_delimiter",
            "ion_encoding");

    private AthenaProperties() {}
}
