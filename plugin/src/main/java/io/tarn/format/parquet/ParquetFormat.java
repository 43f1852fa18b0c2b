package io.tarn.format.parquet;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.tarn.format.FileColumn;
import io.tarn.format.FileFormat;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileStatistics;
import io.tarn.format.ReadEstimate;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;

import java.util.Optional;
import java.util.Set;

import static io.tarn.format.parquet.ParquetSessionProperties.readerOptions;
import static io.tarn.format.parquet.ParquetSessionProperties.useColumnNames;
import static java.util.Objects.requireNonNull;

/**
 * Parquet.
 * <p>
 * A table's columns are found in a file by name, letter case aside; of fields whose names differ in case only, the one
 * in lower case is taken, and where there is none, the first. With the property {@code parquet.column.index.access} of
 * a table or SerDe, or the session property {@code parquet_use_column_names} where that property is absent, they are
 * found by position. Nested fields are always found by name.
 */
public class ParquetFormat
        implements FileFormat
{
    private static final String INDEX_ACCESS = "parquet.column.index.access";

    private static final Set<String> SERDES = ImmutableSet.of(
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            "parquet.hive.serde.ParquetHiveSerDe");

    // tables of Hudi and symlink manifests declare the SerDe too, but other input formats: their folders hold files that are not theirs to read
    private static final Set<String> INPUT_FORMATS = ImmutableSet.of(
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "parquet.hive.MapredParquetInputFormat",
            "parquet.hive.DeprecatedParquetInputFormat");

    private final ParquetReadConfig config;
    private final ParquetFooters footers;

    @Inject
    public ParquetFormat(ParquetReadConfig config, ParquetFooters footers)
    {
        this.config = requireNonNull(config, "config is null");
        this.footers = requireNonNull(footers, "footers is null");
    }

    @Override
    public String name()
    {
        return "PARQUET";
    }

    @Override
    public boolean accepts(FileSchema schema)
    {
        if (schema.inputFormat().isEmpty()) {
            return SERDES.contains(schema.serde());
        }
        return INPUT_FORMATS.contains(schema.inputFormat()) && (schema.serde().isEmpty() || SERDES.contains(schema.serde()));
    }

    @Override
    public boolean splittable(FileSchema schema, String fileName)
    {
        return true;
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return Boolean.parseBoolean(schema.properties().get(INDEX_ACCESS));
    }

    @Override
    public boolean columnar()
    {
        return true;
    }

    @Override
    public ConnectorPageSource open(FileRead read)
    {
        read.requireNoLines("Parquet");
        ParquetReaderOptions options = readerOptions(read.session(), config.options());
        return new ParquetOpening(read, options, config, byName(read.session(), read.schema())).open();
    }

    /**
     * Exact without a filter and a limit. With a filter the row groups count that their statistics leave, and
     * besides what looking for more to leave out may fetch; under a limit those that hold enough rows.
     */
    @Override
    public ReadEstimate estimate(FileRead read, Set<FileColumn> filterable)
    {
        read.requireNoLines("Parquet");
        ParquetReaderOptions options = readerOptions(read.session(), config.options());
        return new ParquetEstimate(read, options, config.dateTimeZone(), byName(read.session(), read.schema())).estimate(footers, filterable);
    }

    /**
     * From the footer, which is kept for {@link #estimate}.
     */
    @Override
    public Optional<FileStatistics> statistics(FileRead read)
    {
        read.requireNoLines("Parquet");
        ParquetReaderOptions options = readerOptions(read.session(), config.options());
        return Optional.of(new ParquetStatistics(read, options, config.dateTimeZone(), byName(read.session(), read.schema())).statistics(footers));
    }

    static boolean byName(ConnectorSession session, FileSchema schema)
    {
        return schema.flag(INDEX_ACCESS).map(byIndex -> !byIndex).orElseGet(() -> useColumnNames(session));
    }
}
