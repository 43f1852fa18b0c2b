package io.tarn.metastore;

import io.trino.metastore.Table;
import io.trino.spi.TrinoException;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import static io.tarn.metastore.GlueMetastore.EXPECTED_PARAMETER_KEY;
import static io.tarn.metastore.GlueMetastore.EXPECTED_PARAMETER_VALUE;
import static io.tarn.metastore.GlueMetastore.EXPECTED_VIEW_TEXT;
import static io.tarn.metastore.GlueTables.isIceberg;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static java.util.Objects.requireNonNull;

/**
 * What a table must be at the moment when it is replaced.
 *
 * @param viewText the text of the view that it is
 * @param parameterKey the parameter that has the value
 * @param parameterValue empty where there must be no such parameter
 */
record TableExpectation(Optional<String> viewText, Optional<String> parameterKey, Optional<String> parameterValue)
{
    private static final String METADATA_LOCATION = "metadata_location";
    private static final String PREVIOUS_METADATA_LOCATION = "previous_metadata_location";

    TableExpectation
    {
        requireNonNull(viewText, "viewText is null");
        requireNonNull(parameterKey, "parameterKey is null");
        requireNonNull(parameterValue, "parameterValue is null");
    }

    static TableExpectation of(Map<String, String> context)
    {
        return new TableExpectation(
                Optional.ofNullable(context.get(EXPECTED_VIEW_TEXT)),
                Optional.ofNullable(context.get(EXPECTED_PARAMETER_KEY)),
                Optional.ofNullable(context.get(EXPECTED_PARAMETER_VALUE)));
    }

    /**
     * @throws TrinoException {@code TRANSACTION_CONFLICT} where the table is another
     */
    void check(String databaseName, software.amazon.awssdk.services.glue.model.Table existing, Table newTable)
    {
        if (viewText.isPresent() && !(GlueTables.isView(existing) && viewText.get().equals(existing.viewOriginalText()))) {
            throw new TrinoException(TRANSACTION_CONFLICT, "View %s.%s was changed by somebody else at the same time. Run the statement again".formatted(databaseName, existing.name()));
        }
        Map<String, String> parameters = GlueTables.parameters(existing);
        if (parameterKey.isPresent() && !Objects.equals(parameters.get(parameterKey.get()), parameterValue.orElse(null))) {
            throw new TrinoException(TRANSACTION_CONFLICT, "Table %s.%s has moved on: its parameter %s is %s, but the change was made to %s".formatted(
                    databaseName, existing.name(), parameterKey.get(), parameters.get(parameterKey.get()), parameterValue.orElse(null)));
        }
        if (isOfIceberg(parameters) && !isBasedOn(parameters.get(METADATA_LOCATION), newTable.getParameters())) {
            throw new TrinoException(TRANSACTION_CONFLICT, "Iceberg table %s.%s has moved on: its metadata is at %s, but the change was made to %s".formatted(
                    databaseName, existing.name(), parameters.get(METADATA_LOCATION), newTable.getParameters().get(PREVIOUS_METADATA_LOCATION)));
        }
    }

    /**
     * A table, or one of the views that Iceberg keeps in the same way.
     */
    private static boolean isOfIceberg(Map<String, String> parameters)
    {
        return isIceberg(parameters) || ("iceberg-view".equalsIgnoreCase(parameters.get("table_type")) && parameters.containsKey(METADATA_LOCATION));
    }

    /**
     * Whether the change is a commit to the metadata that is in force, or none at all: Hive's own statements change
     * other parameters of such a table.
     */
    private static boolean isBasedOn(String location, Map<String, String> changed)
    {
        return Objects.equals(location, changed.get(PREVIOUS_METADATA_LOCATION)) || Objects.equals(location, changed.get(METADATA_LOCATION));
    }
}
