package io.tarn.format.parquet.write;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import io.tarn.format.FileCodec;
import io.tarn.format.FileFormat;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSink;
import io.tarn.format.FileWrite;
import io.tarn.format.FormatWriter;
import io.tarn.format.WrittenFields;
import io.tarn.storage.NewFile;
import io.trino.metastore.StorageFormat;
import io.trino.parquet.writer.ParquetSchemaConverter;
import io.trino.parquet.writer.ParquetWriter;
import io.trino.parquet.writer.ParquetWriterOptions;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;
import org.apache.parquet.format.CompressionCodec;
import org.joda.time.DateTimeZone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static io.tarn.format.parquet.write.ParquetWriteSessionProperties.writerOptions;
import static io.trino.hive.formats.HiveClassNames.MAPRED_PARQUET_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.MAPRED_PARQUET_OUTPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.PARQUET_HIVE_SERDE_CLASS;
import static io.trino.parquet.writer.ParquetSchemaConverter.HIVE_PARQUET_USE_INT96_TIMESTAMP_ENCODING;
import static io.trino.parquet.writer.ParquetSchemaConverter.HIVE_PARQUET_USE_LEGACY_DECIMAL_ENCODING;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

/**
 * Parquet as Athena and the Hive connector write it, so that Hive, Spark and both of them read it: timestamps as INT96
 * in the zone that {@code parquet.time-zone} names, decimals as fixed-length bytes, lists and maps of three levels,
 * pages of version 1; every column optional, under its declared name. Values that repeat go into dictionaries of up to
 * a megabyte. Bloom filters are written for the columns that {@code parquet.bloom.filter.columns} names, and for none
 * of them where all pages of a row group are encoded by its dictionary, which tells as much.
 * <p>
 * The library writes minima and maxima of row groups, but none of pages: there is no page index. It has no levels of
 * compression, and neither LZO nor LZ4 in a form that others read.
 */
public class ParquetFormatWriter
        implements FormatWriter
{
    static final String NAME = "PARQUET";

    private static final StorageFormat STORAGE_FORMAT = StorageFormat.create(PARQUET_HIVE_SERDE_CLASS, MAPRED_PARQUET_INPUT_FORMAT_CLASS, MAPRED_PARQUET_OUTPUT_FORMAT_CLASS);
    private static final Map<FileCodec, CompressionCodec> CODECS = ImmutableMap.of(
            FileCodec.NONE, CompressionCodec.UNCOMPRESSED,
            FileCodec.SNAPPY, CompressionCodec.SNAPPY,
            FileCodec.GZIP, CompressionCodec.GZIP,
            FileCodec.ZSTD, CompressionCodec.ZSTD);
    private static final String LIBRARY_VERSION = requireNonNullElse(ParquetWriter.class.getPackage().getImplementationVersion(), "unknown");

    private final FileFormat format;
    private final DateTimeZone timeZone;
    private final boolean deltaLengthEncoding;

    /**
     * @param format reads what is written
     * @param timeZone in which it takes timestamps
     */
    public ParquetFormatWriter(FileFormat format, DateTimeZone timeZone, ParquetWriteConfig config)
    {
        this.format = requireNonNull(format, "format is null");
        this.timeZone = requireNonNull(timeZone, "timeZone is null");
        this.deltaLengthEncoding = config.isDeltaLengthByteArrayEncodingEnabled();
    }

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public StorageFormat storageFormat()
    {
        return STORAGE_FORMAT;
    }

    @Override
    public boolean accepts(FileSchema schema)
    {
        return format.accepts(schema);
    }

    @Override
    public Set<FileCodec> codecs()
    {
        return CODECS.keySet();
    }

    @Override
    public FileCodec defaultCodec()
    {
        return FileCodec.ZSTD;
    }

    @Override
    public Optional<Range<Integer>> levels(FileCodec codec)
    {
        return Optional.empty();
    }

    @Override
    public String extension(FileCodec codec)
    {
        return ".parquet";
    }

    @Override
    public void check(FileSchema schema)
    {
        WrittenFields.check(schema, NAME, type -> !(type instanceof TimestampWithTimeZoneType));
        BloomFilterColumns.of(schema);
    }

    @Override
    public FileSink create(FileWrite write)
    {
        checkArgument(CODECS.containsKey(write.codec()), "Parquet is not written with codec %s", write.codec());
        checkArgument(write.level().isEmpty(), "codec %s takes no level in Parquet", write.codec());

        Set<String> bloomFilterColumns = BloomFilterColumns.of(write.schema());
        ParquetWriterOptions options = writerOptions(write.session())
                .setUseDeltaLengthByteArrayEncoding(deltaLengthEncoding)
                .setBloomFilterColumns(bloomFilterColumns)
                .build();
        ParquetSchemaConverter schema = schema(write.schema());
        NewFile file = NewFile.create(write.fileSystem(), write.location());
        ParquetWriter writer = new ParquetWriter(
                file.stream(),
                schema.getMessageType(),
                schema.getPrimitiveTypes(),
                options,
                CODECS.get(write.codec()),
                LIBRARY_VERSION,
                Optional.of(timeZone),
                Optional.empty());
        // a filter of the largest size, and candidates for it of which each has half of the one before
        return new ParquetSink(file, writer, 2L * bloomFilterColumns.size() * options.getMaxBloomFilterSize());
    }

    private static ParquetSchemaConverter schema(FileSchema schema)
    {
        List<String> names = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        List<Type> pageTypes = WrittenFields.types(schema, NAME);
        for (int index = 0; index < pageTypes.size(); index++) {
            names.add(schema.fields().get(index).name());
            types.add(DeclaredNames.restore(pageTypes.get(index), schema.fields().get(index).type().getTypeInfo()));
        }
        return new ParquetSchemaConverter(types, names, HIVE_PARQUET_USE_LEGACY_DECIMAL_ENCODING, HIVE_PARQUET_USE_INT96_TIMESTAMP_ENCODING);
    }
}
