package io.tarn.format.orc;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import com.google.inject.Inject;
import io.tarn.format.FileCodec;
import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSink;
import io.tarn.format.FileWrite;
import io.tarn.format.FormatWriter;
import io.tarn.storage.NewFile;
import io.tarn.type.HiveTypes;
import io.trino.metastore.StorageFormat;
import io.trino.orc.OrcWriteValidation.OrcWriteValidationMode;
import io.trino.orc.OrcWriter;
import io.trino.orc.OrcWriterOptions;
import io.trino.orc.OrcWriterStats;
import io.trino.orc.metadata.CompressionKind;
import io.trino.spi.TrinoException;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.tarn.format.FileCodec.DEFLATE;
import static io.tarn.format.FileCodec.GZIP;
import static io.tarn.format.FileCodec.LZ4;
import static io.tarn.format.FileCodec.NONE;
import static io.tarn.format.FileCodec.SNAPPY;
import static io.tarn.format.FileCodec.ZSTD;
import static io.tarn.format.orc.OrcWriterSessionProperties.writerOptions;
import static io.trino.orc.metadata.OrcType.createRootOrcType;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Writes ORC. The table's properties {@code orc.bloom.filter.columns}, a comma-separated list, and
 * {@code orc.bloom.filter.fpp} ask for Bloom filters; columns in that list which the table lacks, or whose type has
 * none, get none.
 */
public class OrcFormatWriter
        implements FormatWriter
{
    private static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat";
    private static final String BLOOM_FILTER_COLUMNS = "orc.bloom.filter.columns";
    private static final String BLOOM_FILTER_FPP = "orc.bloom.filter.fpp";

    private final OrcWriteConfig config;
    private final OrcWriterStats stats = new OrcWriterStats();

    @Inject
    public OrcFormatWriter(OrcWriteConfig config)
    {
        this.config = requireNonNull(config, "config is null");
    }

    @Override
    public String name()
    {
        return "ORC";
    }

    @Override
    public StorageFormat storageFormat()
    {
        return StorageFormat.create(OrcFormat.SERDE, OrcFormat.INPUT_FORMAT, OUTPUT_FORMAT);
    }

    @Override
    public boolean accepts(FileSchema schema)
    {
        return OrcFormat.isOrc(schema);
    }

    /**
     * What other formats call {@code GZIP} is the same in ORC as {@code DEFLATE}.
     */
    @Override
    public Set<FileCodec> codecs()
    {
        return ImmutableSet.of(NONE, SNAPPY, DEFLATE, GZIP, ZSTD, LZ4);
    }

    @Override
    public FileCodec defaultCodec()
    {
        return ZSTD;
    }

    @Override
    public Optional<Range<Integer>> levels(FileCodec codec)
    {
        return Optional.empty();
    }

    @Override
    public String extension(FileCodec codec)
    {
        return ".orc";
    }

    @Override
    public void check(FileSchema schema)
    {
        schema.fields().forEach(OrcFormatWriter::type);
        bloomFilterFpp(schema.properties());
    }

    private static Type type(FileField field)
    {
        return HiveTypes.trinoType(field.type())
                .orElseThrow(() -> new TrinoException(TARN_CANNOT_WRITE, "Column '%s' is declared %s, which cannot be written. Declare it with a type that Athena knows.".formatted(field.name(), field.type())));
    }

    private static Optional<Double> bloomFilterFpp(Map<String, String> properties)
    {
        String fpp = properties.get(BLOOM_FILTER_FPP);
        if (fpp == null) {
            return Optional.empty();
        }
        try {
            double value = Double.parseDouble(fpp);
            if (value > 0 && value < 1) {
                return Optional.of(value);
            }
        }
        catch (NumberFormatException _) {
            // told below
        }
        throw new TrinoException(TARN_CANNOT_WRITE, "Property %s is '%s'. Set it to a number that is more than 0 and less than 1, for instance 0.05.".formatted(BLOOM_FILTER_FPP, fpp));
    }

    @Override
    public FileSink create(FileWrite write)
    {
        FileSchema schema = write.schema();
        check(schema);
        List<String> names = schema.fields().stream().map(FileField::name).toList();
        List<Type> types = schema.fields().stream().map(OrcFormatWriter::type).toList();
        CompressionKind compression = compression(write);
        OrcWriterOptions options = options(write);
        NewFile file = NewFile.create(write.fileSystem(), write.location());
        try {
            OrcWriter writer = new OrcWriter(
                    new OrcOutput(file),
                    names,
                    types,
                    createRootOrcType(names, types),
                    compression,
                    options,
                    Map.of(),
                    false,
                    OrcWriteValidationMode.BOTH,
                    stats);
            return new OrcSink(writer, file);
        }
        catch (RuntimeException e) {
            file.abort();
            throw file.failure(e);
        }
    }

    private OrcWriterOptions options(FileWrite write)
    {
        OrcWriterOptions options = writerOptions(write.session(), config.options());
        Map<String, String> properties = write.schema().properties();
        Optional<Double> fpp = bloomFilterFpp(properties);
        if (fpp.isPresent()) {
            options = options.withBloomFilterFpp(fpp.get());
        }
        return options.withBloomFilterColumns(bloomFilterColumns(write.schema()));
    }

    private static Set<String> bloomFilterColumns(FileSchema schema)
    {
        String listed = schema.properties().getOrDefault(BLOOM_FILTER_COLUMNS, "");
        Set<String> columns = Splitter.on(',').trimResults().omitEmptyStrings()
                .splitToStream(listed.toLowerCase(ENGLISH))
                .collect(toImmutableSet());
        return schema.fields().stream()
                .map(FileField::name)
                .filter(name -> columns.contains(name.toLowerCase(ENGLISH)))
                .collect(toImmutableSet());
    }

    private static CompressionKind compression(FileWrite write)
    {
        if (write.level().isPresent()) {
            throw new TrinoException(TARN_CANNOT_WRITE, "ORC takes no compression level, but %s is asked for. Leave it out.".formatted(write.level().getAsInt()));
        }
        return switch (write.codec()) {
            case NONE -> CompressionKind.NONE;
            case SNAPPY -> CompressionKind.SNAPPY;
            case GZIP, DEFLATE -> CompressionKind.ZLIB;
            case ZSTD -> CompressionKind.ZSTD;
            case LZ4 -> CompressionKind.LZ4;
            case BZIP2 -> throw new TrinoException(TARN_CANNOT_WRITE, "ORC has no codec BZIP2. Choose one of NONE, SNAPPY, ZLIB, ZSTD, LZ4.");
        };
    }
}
