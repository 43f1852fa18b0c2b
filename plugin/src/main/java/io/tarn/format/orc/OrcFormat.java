package io.tarn.format.orc;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.tarn.format.FileColumn;
import io.tarn.format.FileErrors;
import io.tarn.format.FileFormat;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileStatistics;
import io.tarn.format.ReadEstimate;
import io.trino.spi.connector.ConnectorPageSource;

import java.util.Optional;
import java.util.Set;

import static io.tarn.format.orc.OrcSessionProperties.readOptions;
import static java.util.Objects.requireNonNull;

/**
 * ORC.
 * <p>
 * A table's columns are found in a file by position, as in Athena and in Trino's Hive connector. With the property
 * {@code orc.column.index.access} = {@code false} of a table or SerDe, or the session property
 * {@code orc_use_column_names} where that property is absent, they are found by name, letter case aside; in a file whose
 * own are called {@code _col0}, {@code _col1} …, as Hive wrote them before its version 2, by position all the same.
 * Nested fields are always found by name.
 */
public class OrcFormat
        implements FileFormat
{
    static final String SERDE = "org.apache.hadoop.hive.ql.io.orc.OrcSerde";
    static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat";

    private static final String INDEX_ACCESS = "orc.column.index.access";
    private static final Set<String> INPUT_FORMATS = ImmutableSet.of(INPUT_FORMAT, "org.apache.hadoop.hive.ql.io.orc.OrcNewInputFormat");

    private final OrcReadConfig config;
    private final OrcTails tails;

    @Inject
    public OrcFormat(OrcReadConfig config, OrcTails tails)
    {
        this.config = requireNonNull(config, "config is null");
        this.tails = requireNonNull(tails, "tails is null");
    }

    @Override
    public String name()
    {
        return "ORC";
    }

    @Override
    public boolean accepts(FileSchema schema)
    {
        return isOrc(schema);
    }

    static boolean isOrc(FileSchema schema)
    {
        if (schema.inputFormat().isEmpty()) {
            return schema.serde().equals(SERDE);
        }
        return INPUT_FORMATS.contains(schema.inputFormat()) && (schema.serde().isEmpty() || schema.serde().equals(SERDE));
    }

    @Override
    public boolean splittable(FileSchema schema, String fileName)
    {
        return true;
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return schema.flag(INDEX_ACCESS).orElse(!config.isUseColumnNames());
    }

    @Override
    public boolean columnar()
    {
        return true;
    }

    @Override
    public ConnectorPageSource open(FileRead read)
    {
        read.requireNoLines("ORC");
        return new OrcOpening(read, options(read), errors(read)).open();
    }

    /**
     * Exact without a filter and a limit, for which the footers of the stripes are read besides the file's. With a
     * filter the stripes count that their statistics leave, with all of their row groups; under a limit those that hold
     * enough rows.
     */
    @Override
    public ReadEstimate estimate(FileRead read, Set<FileColumn> filterable)
    {
        read.requireNoLines("ORC");
        return new OrcEstimate(read, options(read), errors(read), tails).estimate(filterable);
    }

    /**
     * From the file's tail, which is kept for {@link #estimate}; row groups are stripes.
     */
    @Override
    public Optional<FileStatistics> statistics(FileRead read)
    {
        read.requireNoLines("ORC");
        return Optional.of(new OrcStatistics(read, options(read), errors(read)).statistics(tails));
    }

    private OrcReadOptions options(FileRead read)
    {
        return readOptions(read.session(), config, read.schema().flag(INDEX_ACCESS));
    }

    private FileErrors errors(FileRead read)
    {
        return new FileErrors("an", "ORC", read.slice().location(), read.slice().fileLength());
    }
}
