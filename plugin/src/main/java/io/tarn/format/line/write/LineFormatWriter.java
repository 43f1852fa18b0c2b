package io.tarn.format.line.write;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import io.airlift.slice.DynamicSliceOutput;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileFormat;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSink;
import io.tarn.format.FileWrite;
import io.tarn.format.FormatWriter;
import io.tarn.format.WrittenFields;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.source.SkippedLines;
import io.trino.hive.formats.compression.CompressionKind;
import io.trino.metastore.HiveType;
import io.trino.metastore.StorageFormat;
import io.trino.spi.PageBuilder;
import io.trino.spi.TrinoException;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.trino.hive.formats.HiveClassNames.HIVE_IGNORE_KEY_OUTPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.TEXT_INPUT_FORMAT_CLASS;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * Writes a format in which every line of a text file is one record.
 * <p>
 * What holds for all of them: lines end with LF, also where {@code line.delim} names CR LF, which is read alike;
 * {@code skip.header.line.count} of 1 makes every file begin with a line of the columns' names, and neither more of
 * them nor a footer are written, as in Trino's Hive connector; a value that would not be read back as it is fails the
 * write rather than being written as something else.
 */
public abstract class LineFormatWriter
        implements FormatWriter
{
    private static final Set<FileCodec> CODECS = ImmutableSet.copyOf(EnumSet.allOf(FileCodec.class));

    private final FileFormat format;
    private final StorageFormat storageFormat;

    /**
     * @param format reads what is written
     * @param serde the SerDe of tables that are created in this format
     */
    protected LineFormatWriter(FileFormat format, String serde)
    {
        this.format = requireNonNull(format, "format is null");
        this.storageFormat = StorageFormat.create(serde, TEXT_INPUT_FORMAT_CLASS, HIVE_IGNORE_KEY_OUTPUT_FORMAT_CLASS);
    }

    /**
     * Prepares to make lines.
     *
     * @throws IllegalArgumentException where the properties of the schema make no sense, or a column's type is not one
     *         that the format can hold
     */
    protected abstract LineEncoder createEncoder(FileSchema schema);

    /**
     * Prepares to read such lines back.
     *
     * @throws IllegalArgumentException as {@link #createEncoder} does
     */
    protected abstract LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema);

    @Override
    public final String name()
    {
        return format.name();
    }

    @Override
    public final StorageFormat storageFormat()
    {
        return storageFormat;
    }

    @Override
    public final boolean accepts(FileSchema schema)
    {
        // what is read in another layout, a SequenceFile for one, would not be read as it is written
        return format.accepts(schema) && (schema.inputFormat().isEmpty() || schema.inputFormat().equals(TEXT_INPUT_FORMAT_CLASS));
    }

    @Override
    public final Set<FileCodec> codecs()
    {
        return CODECS;
    }

    @Override
    public final FileCodec defaultCodec()
    {
        return FileCodec.GZIP;
    }

    @Override
    public final Optional<Range<Integer>> levels(FileCodec codec)
    {
        return LineCompression.levels(codec);
    }

    @Override
    public final String extension(FileCodec codec)
    {
        return LineCompression.kind(codec).map(CompressionKind::getFileExtension).orElse("");
    }

    @Override
    public final void check(FileSchema schema)
    {
        WrittenFields.check(schema, name(), type -> !(type instanceof TimestampWithTimeZoneType));
        SkippedLines skipped = SkippedLines.of(schema);
        if (skipped.header() > 1 || skipped.footer() > 0) {
            throw new TrinoException(TARN_CANNOT_WRITE, "The table's files have %s lines of header and %s of footer that are not read, and only one of header is written. Set skip.header.line.count to 0 or 1 and remove skip.footer.line.count, or write into another table."
                    .formatted(skipped.header(), skipped.footer()));
        }
        try {
            createEncoder(schema);
            createDecoder(LineVerifier.columns(schema, name()), schema);
        }
        catch (IllegalArgumentException | UnsupportedOperationException | StringIndexOutOfBoundsException e) {
            throw new TrinoException(TARN_CANNOT_WRITE, "The table cannot be written as %s as it is declared: %s. Correct its columns or properties, which are %s."
                    .formatted(name(), e.getMessage(), new TreeMap<>(schema.properties())), e);
        }
    }

    @Override
    public final FileSink create(FileWrite write)
    {
        checkArgument(
                CompressionKind.forFile(write.location().fileName()).equals(LineCompression.kind(write.codec())),
                "the name of %s does not tell that it is compressed with %s",
                write.location(),
                write.codec());
        checkArgument(write.level().isEmpty() || levels(write.codec()).filter(levels -> levels.contains(write.level().getAsInt())).isPresent(),
                "codec %s does not take level %s",
                write.codec(),
                write.level());
        check(write.schema());
        return new LineSink(
                write,
                name(),
                WrittenFields.types(write.schema(), name()),
                createEncoder(write.schema()),
                new LineVerifier(this, write.schema()),
                header(write.schema()));
    }

    private Optional<Slice> header(FileSchema schema)
    {
        if (SkippedLines.of(schema).header() == 0) {
            return Optional.empty();
        }
        List<FileField> names = schema.fields().stream()
                .map(field -> new FileField(field.name(), HiveType.HIVE_STRING))
                .collect(toImmutableList());
        List<Type> types = names.stream().map(_ -> VARCHAR).collect(toImmutableList());
        PageBuilder page = new PageBuilder(1, types);
        page.declarePosition();
        for (int channel = 0; channel < names.size(); channel++) {
            // a line end would make it two lines, of which the second would be taken for a record
            VARCHAR.writeSlice(page.getBlockBuilder(channel), Slices.utf8Slice(names.get(channel).name().replaceAll("[\r\n]", " ")));
        }
        DynamicSliceOutput line = new DynamicSliceOutput(1024);
        try {
            createEncoder(new FileSchema(schema.serde(), schema.inputFormat(), names, schema.properties())).encode(page.build(), 0, line);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(line.slice());
    }
}
