package io.tarn.athena.execute;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.CreateTable;
import io.tarn.format.avro.SchemaColumns;
import io.trino.metastore.StorageFormat;
import io.trino.spi.TrinoException;

import java.util.List;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static io.trino.hive.formats.HiveClassNames.AVRO_SERDE_CLASS;
import static io.trino.hive.formats.avro.AvroHiveConstants.SCHEMA_LITERAL;
import static io.trino.hive.formats.avro.AvroHiveConstants.SCHEMA_NONE;

/**
 * The columns of a table that lists none and has a schema of Avro's.
 */
final class AvroColumns
{
    private AvroColumns() {}

    /**
     * @return empty where nothing is said of them
     * @throws TrinoException {@code TARN_STATEMENT_REFUSED} for a schema that gives no columns
     */
    static List<ColumnDefinition> columns(CreateTable statement, StorageFormat format)
    {
        if (!format.getSerDeNullable().equals(AVRO_SERDE_CLASS)) {
            return ImmutableList.of();
        }
        return Optional.ofNullable(statement.serdeProperties().get(SCHEMA_LITERAL))
                .or(() -> Optional.ofNullable(statement.properties().get(SCHEMA_LITERAL)))
                .filter(literal -> !literal.isBlank() && !literal.equalsIgnoreCase(SCHEMA_NONE))
                .map(literal -> DeclaredColumns.definitions(SchemaColumns.columns(literal, AvroColumns::refused)))
                .orElse(ImmutableList.of());
    }

    private static TrinoException refused(String problem)
    {
        return new TrinoException(TARN_STATEMENT_REFUSED, "The table lists no columns, and its property %s %s. Correct the schema, or list columns that files can be read by.".formatted(SCHEMA_LITERAL, problem));
    }
}
