package io.tarn.format.ion;

import io.airlift.units.DataSize;
import io.tarn.format.FileColumn;
import io.tarn.format.FileFormat;
import io.tarn.format.FilePageSource;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.NestedFields;
import io.tarn.format.ReadEstimate;
import io.tarn.format.line.source.LineSessionProperties;
import io.tarn.format.line.source.WholeFile;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.EmptyPageSource;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.trino.hive.formats.HiveClassNames.TEXT_INPUT_FORMAT_CLASS;
import static io.trino.memory.context.AggregatedMemoryContext.newAggregatedMemoryContext;
import static io.trino.plugin.base.util.Closables.closeAllSuppress;
import static java.lang.Math.toIntExact;

/**
 * Amazon Ion, in its binary and its text form, which a file itself tells, and JSON over several lines with it. Each value
 * of a file is a row. A column is the field of its name, letter case aside unless
 * {@code ion.path_extractor.case_sensitive} is true, or what {@code ion.<column>.path_extractor} leads to.
 * {@code ion.fail_on_overflow} and {@code ion.<column>.fail_on_overflow} being false cut what does not fit;
 * {@code ion.ignore_malformed} ends a file where it is malformed.
 */
public class IonFormat
        implements FileFormat
{
    private static final String SERDE = "com.amazon.ionhiveserde.IonHiveSerDe";
    // values that are a line each are values one after the other
    private static final Set<String> INPUT_FORMATS = Set.of("", "com.amazon.ionhiveserde.formats.IonInputFormat", TEXT_INPUT_FORMAT_CLASS);

    @Override
    public String name()
    {
        return "ION";
    }

    @Override
    public boolean accepts(FileSchema schema)
    {
        return schema.serde().equals(SERDE) && INPUT_FORMATS.contains(schema.inputFormat());
    }

    @Override
    public boolean splittable(FileSchema schema, String fileName)
    {
        return false;
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return false;
    }

    @Override
    public boolean columnar()
    {
        return false;
    }

    @Override
    public ConnectorPageSource open(FileRead read)
    {
        read.requireNoLines("Ion");
        return NestedFields.open(read, this::openFields);
    }

    /**
     * The file, also where few of its rows are asked for.
     */
    @Override
    public ReadEstimate estimate(FileRead read, Set<FileColumn> filterable)
    {
        read.requireNoLines("Ion");
        return new ReadEstimate(read.slice().fileLength(), OptionalLong.empty(), read.limit().isEmpty());
    }

    private ConnectorPageSource openFields(FileRead read)
    {
        FileSlice slice = read.slice();
        if (slice.isEmpty()) {
            return new EmptyPageSource();
        }
        List<Type> types = read.columns().stream().map(FileColumn::type).collect(toImmutableList());
        DataSize maxValueLength = LineSessionProperties.maxLineLength(read.session());
        IonOptions options = new IonOptions(read.schema());
        IonRow row = row(read, options);
        AggregatedMemoryContext memoryContext = newAggregatedMemoryContext(read.memoryContext());
        IonPages pages;
        try {
            pages = open(read, row, types, options, memoryContext.newLocalMemoryContext(IonPages.class.getSimpleName()));
        }
        catch (IOException | RuntimeException e) {
            memoryContext.close();
            throw new IonErrors(slice.location(), slice.fileLength(), maxValueLength, () -> 1).reading(Optional.empty(), e);
        }
        return new FilePageSource(pages, memoryContext, new IonErrors(slice.location(), slice.fileLength(), maxValueLength, pages::valueNumber), read.maxRows());
    }

    private static IonPages open(FileRead read, IonRow row, List<Type> types, IonOptions options, LocalMemoryContext memoryUsage)
            throws IOException
    {
        WholeFile file = WholeFile.openDecompressed(read.fileSystem(), read.slice());
        try {
            int maxValueBytes = toIntExact(LineSessionProperties.maxLineLength(read.session()).toBytes());
            return new IonPages(file, read.slice().fileLength(), maxValueBytes, row, types, options.ignoresMalformed(), memoryUsage);
        }
        catch (IOException | RuntimeException e) {
            closeAllSuppress(e, file);
            throw e;
        }
    }

    private static IonRow row(FileRead read, IonOptions options)
    {
        try {
            return new IonRow(read.columns(), options);
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(TARN_INVALID_METADATA, "The table or partition of %s cannot be read as Ion as it is declared: %s. Correct its columns or properties."
                    .formatted(read.slice().location(), e.getMessage()), e);
        }
    }
}
