package io.tarn.connector;

import com.google.common.collect.ImmutableSet;
import io.trino.metastore.Table;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tables in the catalogue that are another connector's to read.
 */
final class ForeignTables
{
    static final String ICEBERG = "iceberg";
    static final String DELTA_LAKE = "delta_lake";
    static final String HUDI = "hudi";
    static final Set<String> CONNECTORS = ImmutableSet.of(ICEBERG, DELTA_LAKE, HUDI);

    private ForeignTables() {}

    /**
     * The connector that reads a table, where this one does not: one of {@link #CONNECTORS}.
     */
    static Optional<String> connector(Table table)
    {
        Map<String, String> parameters = table.getParameters();
        if ("iceberg".equalsIgnoreCase(parameters.get("table_type"))) {
            return Optional.of(ICEBERG);
        }
        if ("delta".equalsIgnoreCase(parameters.get("spark.sql.sources.provider")) || "delta".equalsIgnoreCase(parameters.get("table_type"))) {
            return Optional.of(DELTA_LAKE);
        }
        String inputFormat = table.getStorage().getStorageFormat().getInputFormatNullable();
        if ("hudi".equalsIgnoreCase(parameters.get("spark.sql.sources.provider")) || (inputFormat != null && inputFormat.contains(".hudi."))) {
            return Optional.of(HUDI);
        }
        return Optional.empty();
    }
}
