package io.tarn.format.ion;

import io.airlift.units.DataSize;
import io.tarn.format.FileColumn;
import io.tarn.format.FileErrors;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.LineSessionProperties;
import io.tarn.format.line.source.WholeFile;
import io.tarn.format.line.source.WholeFileFormat;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.spi.TrinoException;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.trino.hive.formats.HiveClassNames.TEXT_INPUT_FORMAT_CLASS;
import static java.lang.Math.toIntExact;

/**
 * Amazon Ion, in its binary and its text form, which a file itself tells, and JSON over several lines with it. Each value
 * of a file is a row. A column is the field of its name, letter case aside unless
 * {@code ion.path_extractor.case_sensitive} is true, or what {@code ion.<column>.path_extractor} leads to.
 * {@code ion.fail_on_overflow} and {@code ion.<column>.fail_on_overflow} being false cut what does not fit;
 * {@code ion.ignore_malformed} ends a file where it is malformed.
 */
public class IonFormat
        extends WholeFileFormat<IonRow, IonPages>
{
    static final String SERDE = "com.amazon.ionhiveserde.IonHiveSerDe";
    static final String INPUT_FORMAT = "com.amazon.ionhiveserde.formats.IonInputFormat";

    // values that are a line each are values one after the other
    private static final Set<String> INPUT_FORMATS = Set.of("", INPUT_FORMAT, TEXT_INPUT_FORMAT_CLASS);

    public IonFormat()
    {
        super("Ion");
    }

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
    public boolean byPosition(FileSchema schema)
    {
        return false;
    }

    @Override
    protected WholeFile openFile(FileRead read)
            throws IOException
    {
        return WholeFile.openDecompressed(read.fileSystem(), read.slice());
    }

    @Override
    protected IonPages reader(FileRead read, WholeFile file, IonRow decoding, LocalMemoryContext memoryUsage)
            throws IOException
    {
        List<Type> types = read.columns().stream().map(FileColumn::type).collect(toImmutableList());
        int maxValueBytes = toIntExact(LineSessionProperties.maxLineLength(read.session()).toBytes());
        return new IonPages(file, read.slice().fileLength(), maxValueBytes, decoding, types, new IonOptions(read.schema()).ignoresMalformed(), memoryUsage);
    }

    @Override
    protected FileErrors errors(FileRead read, Optional<IonPages> reader)
    {
        DataSize maxValueLength = LineSessionProperties.maxLineLength(read.session());
        return new IonErrors(read.slice().location(), read.slice().fileLength(), maxValueLength, reader.<LongSupplier>map(pages -> pages::valueNumber).orElse(() -> 1));
    }

    @Override
    protected IonRow decoding(FileRead read)
    {
        try {
            return new IonRow(read.columns(), new IonOptions(read.schema()));
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(TARN_INVALID_METADATA, "The table or partition of %s cannot be read as Ion as it is declared: %s. Correct its columns or properties."
                    .formatted(read.slice().location(), e.getMessage()), e);
        }
    }
}
