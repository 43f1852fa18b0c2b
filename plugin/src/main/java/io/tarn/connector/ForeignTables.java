package io.tarn.connector;

import io.trino.metastore.Table;

import java.util.Map;
import java.util.Optional;

/**
 * Tables in the catalogue that are another connector's to read.
 */
final class ForeignTables
{
    private ForeignTables() {}

    /**
     * The connector that reads a table, where this one does not.
     */
    static Optional<String> connector(Table table)
    {
        Map<String, String> parameters = table.getParameters();
        if ("iceberg".equalsIgnoreCase(parameters.get("table_type"))) {
            return Optional.of("iceberg");
        }
        if ("delta".equalsIgnoreCase(parameters.get("spark.sql.sources.provider")) || "delta".equalsIgnoreCase(parameters.get("table_type"))) {
            return Optional.of("delta_lake");
        }
        String inputFormat = table.getStorage().getStorageFormat().getInputFormatNullable();
        if ("hudi".equalsIgnoreCase(parameters.get("spark.sql.sources.provider")) || (inputFormat != null && inputFormat.contains(".hudi."))) {
            return Optional.of("hudi");
        }
        return Optional.empty();
    }
}
