package io.tarn.format.line.source;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileFormat;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.NestedFields;
import io.tarn.format.ReadEstimate;
import io.trino.hive.formats.line.Column;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.EmptyPageSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static io.tarn.format.line.source.SequenceRecords.SEQUENCE_RECORDS;
import static io.tarn.format.line.source.TextLines.TEXT_LINES;
import static io.trino.hive.formats.HiveClassNames.SEQUENCEFILE_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.TEXT_INPUT_FORMAT_CLASS;
import static java.util.Objects.requireNonNull;

/**
 * A format in which every line of a text file is one record, or in another layout what stands for a line.
 * <p>
 * What holds for all of them: compression of text is told by the file's extension; a UTF-8 byte order mark is no part of the
 * first line; {@link FileColumn#RAW_LINE} is the line without its end; a read of no column, or of the raw line only,
 * does not look into the lines, so that malformed ones are counted and shown rather than refused.
 */
public abstract class LineFormat
        implements FileFormat
{
    private final String name;
    private final Set<String> serdes;
    private final Map<String, RecordLayout> layouts;

    /**
     * A format whose records are lines of text, or the values of SequenceFiles.
     *
     * @param serdes class names; the empty one for tables that name no SerDe, only an input format
     */
    protected LineFormat(String name, Set<String> serdes)
    {
        this(name, serdes, ImmutableMap.of("", TEXT_LINES, TEXT_INPUT_FORMAT_CLASS, TEXT_LINES, SEQUENCEFILE_INPUT_FORMAT_CLASS, SEQUENCE_RECORDS));
    }

    /**
     * @param serdes class names; the empty one for tables that name no SerDe, only an input format
     * @param layouts by the class names of input formats; the empty one for tables that name none, only a SerDe
     */
    protected LineFormat(String name, Set<String> serdes, Map<String, RecordLayout> layouts)
    {
        this.name = requireNonNull(name, "name is null");
        this.serdes = ImmutableSet.copyOf(serdes);
        this.layouts = ImmutableMap.copyOf(layouts);
    }

    /**
     * Prepares to decode lines.
     *
     * @param columns whole fields, each at most once, at least one
     * @throws IllegalArgumentException where the properties of the schema make no sense
     * @throws TrinoException where a column's type is not one that the format can hold
     */
    protected abstract LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema);

    /**
     * {@link FileColumn#EXTRA}: the attributes of a record that no field of the schema claims, as a JSON object; null
     * where there are none.
     *
     * @return empty where records have no names in them
     */
    protected Optional<RecordColumn> extraAttributes(FileSchema schema)
    {
        return Optional.empty();
    }

    /**
     * The columns as the library's deserializers want them.
     */
    protected static List<Column> libraryColumns(List<FileColumn> columns)
    {
        return columns.stream()
                .map(column -> new Column(column.name(), column.type(), column.ordinal()))
                .collect(toImmutableList());
    }

    /**
     * What helps when a line is not of this format at all, a sentence.
     */
    protected abstract String malformedRemedy();

    @Override
    public final String name()
    {
        return name;
    }

    @Override
    public final boolean accepts(FileSchema schema)
    {
        boolean isNamed = !schema.serde().isEmpty() || !schema.inputFormat().isEmpty();
        return isNamed && layouts.containsKey(schema.inputFormat()) && serdes.contains(schema.serde());
    }

    @Override
    public final boolean splittable(FileSchema schema, String fileName)
    {
        RecordLayout layout = layout(schema);
        return layout.splittable() && Compression.of(layout, fileName).isEmpty() && SkippedLines.of(schema).splittable();
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return true;
    }

    @Override
    public final boolean columnar()
    {
        return false;
    }

    @Override
    public final ConnectorPageSource open(FileRead read)
    {
        return NestedFields.open(read, this::openFields);
    }

    /**
     * Exact for a file that is read from some place to its end. The last line of another slice is read to its end,
     * wherever that is, and a line of which more than 256 kB lie behind the slice makes it fetch more than is told.
     * Under a limit that is enforced, 16 kB a line are counted, and some for what is fetched ahead, or all that the
     * slice has where that is less.
     */
    @Override
    public final ReadEstimate estimate(FileRead read, Set<FileColumn> filterable)
    {
        return new LineCost(read.slice(), layout(read.schema()), SkippedLines.of(read.schema()), read.limit()).estimate();
    }

    private RecordLayout layout(FileSchema schema)
    {
        return requireNonNull(layouts.get(schema.inputFormat()), "the schema is not accepted");
    }

    private ConnectorPageSource openFields(FileRead read)
    {
        checkArgument(read.slice().start() == 0 || splittable(read.schema(), read.slice().location().fileName()),
                "%s cannot be read in slices",
                read.slice().location());
        if (read.slice().length() == 0) {
            return new EmptyPageSource();
        }
        LineDecoderFactory decoders = columns -> decoder(columns, read);
        LineInput input = new LineInput(read.fileSystem(), read.slice(), layout(read.schema()), SkippedLines.of(read.schema()), LineSessionProperties.maxLineLength(read.session()), read.limit());
        return new LinePageSource(input, read.columns(), decoders, column -> recordColumn(column, read), new LineFailures(decoders, name, malformedRemedy()), read.limit(), read.memoryContext());
    }

    private RecordColumn recordColumn(FileColumn column, FileRead read)
    {
        if (column.isRawLine()) {
            return RecordColumn.RAW_LINE;
        }
        return extraAttributes(read.schema())
                .orElseThrow(() -> new TrinoException(TARN_UNSUPPORTED_FORMAT, "%s is read as %s, whose records have no names in them, so column '%s' cannot be read from it. Leave the column out of the query, or ask for \"$line\"."
                        .formatted(read.slice().location(), name, column.name())));
    }

    private LineDecoder decoder(List<FileColumn> columns, FileRead read)
    {
        try {
            return createDecoder(columns, read.schema());
        }
        catch (IllegalArgumentException | UnsupportedOperationException | StringIndexOutOfBoundsException e) {
            throw new TrinoException(TARN_INVALID_METADATA, "The table or partition of %s cannot be read with SerDe '%s' as it is declared: %s. Correct its columns or properties, which are %s."
                    .formatted(read.slice().location(), read.schema().serde(), e.getMessage(), new TreeMap<>(read.schema().properties())), e);
        }
    }
}
