package io.tarn.format.ion;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import com.google.inject.Inject;
import io.tarn.format.FileCodec;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSink;
import io.tarn.format.FileWrite;
import io.tarn.format.FormatWriter;
import io.tarn.format.WrittenFields;
import io.tarn.format.ion.IonEncoders.Field;
import io.tarn.format.line.write.LineCompression;
import io.trino.hive.formats.compression.CompressionKind;
import io.trino.metastore.StorageFormat;
import io.trino.spi.TrinoException;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.tarn.format.FileCodec.BZIP2;
import static io.tarn.format.FileCodec.GZIP;
import static io.tarn.format.FileCodec.LZ4;
import static io.tarn.format.FileCodec.NONE;
import static io.tarn.format.FileCodec.SNAPPY;
import static io.tarn.format.FileCodec.ZSTD;
import static java.util.Objects.requireNonNull;

/**
 * Writes a struct of Ion for each row, in the binary form or, with {@code ion.encoding} = {@code TEXT}, a line of text.
 * Columns that are null are left out, unless {@code ion.serialize_null} says otherwise; timestamps have the offset of
 * {@code ion.timestamp.serialization_offset}.
 */
public class IonFormatWriter
        implements FormatWriter
{
    private static final String OUTPUT_FORMAT = "com.amazon.ionhiveserde.formats.IonOutputFormat";

    private final IonFormat format;

    @Inject
    public IonFormatWriter(IonFormat format)
    {
        this.format = requireNonNull(format, "format is null");
    }

    @Override
    public String name()
    {
        return format.name();
    }

    @Override
    public StorageFormat storageFormat()
    {
        return StorageFormat.create(IonFormat.SERDE, IonFormat.INPUT_FORMAT, OUTPUT_FORMAT);
    }

    @Override
    public boolean accepts(FileSchema schema)
    {
        return format.accepts(schema);
    }

    @Override
    public Set<FileCodec> codecs()
    {
        return ImmutableSet.of(NONE, GZIP, ZSTD, SNAPPY, LZ4, BZIP2);
    }

    @Override
    public FileCodec defaultCodec()
    {
        return GZIP;
    }

    @Override
    public Optional<Range<Integer>> levels(FileCodec codec)
    {
        return LineCompression.levels(codec);
    }

    @Override
    public String extension(FileCodec codec)
    {
        return ".ion" + LineCompression.kind(codec).map(CompressionKind::getFileExtension).orElse("");
    }

    @Override
    public void check(FileSchema schema)
    {
        // what a type lacks in Ion is told when its values' encoder is made
        WrittenFields.check(schema, name(), _ -> true);
        try {
            IonWriteOptions options = new IonWriteOptions(schema);
            options.isText();
            fields(schema, options);
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(TARN_CANNOT_WRITE, "The table cannot be written as Ion as it is declared: %s. Correct its columns or properties, which are %s."
                    .formatted(e.getMessage(), new TreeMap<>(schema.properties())), e);
        }
    }

    @Override
    public FileSink create(FileWrite write)
    {
        check(write.schema());
        IonWriteOptions options = new IonWriteOptions(write.schema());
        return new IonSink(write, fields(write.schema(), options), options.isText());
    }

    private List<Field> fields(FileSchema schema, IonWriteOptions options)
    {
        IonEncoders encoders = new IonEncoders(options);
        List<Type> types = WrittenFields.types(schema, name());
        ImmutableList.Builder<Field> fields = ImmutableList.builder();
        for (int index = 0; index < types.size(); index++) {
            fields.add(encoders.field(options.field(schema.fields().get(index)), types.get(index)));
        }
        List<Field> all = fields.build();
        encoders.requireDistinct(all);
        return all;
    }
}
