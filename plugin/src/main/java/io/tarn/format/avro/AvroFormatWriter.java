package io.tarn.format.avro;

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
import io.trino.hive.formats.avro.AvroPagePositionDataWriter;
import io.trino.hive.formats.avro.AvroTypeException;
import io.trino.hive.formats.avro.HiveAvroTypeBlockHandler;
import io.trino.metastore.StorageFormat;
import io.trino.spi.TrinoException;
import io.trino.spi.type.Type;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.tarn.format.FileCodec.BZIP2;
import static io.tarn.format.FileCodec.DEFLATE;
import static io.tarn.format.FileCodec.NONE;
import static io.tarn.format.FileCodec.SNAPPY;
import static io.tarn.format.FileCodec.ZSTD;
import static io.trino.hive.formats.avro.AvroHiveConstants.WRITER_TIME_ZONE;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static java.util.Locale.ENGLISH;
import static org.apache.avro.file.CodecFactory.DEFAULT_DEFLATE_LEVEL;
import static org.apache.avro.file.CodecFactory.DEFAULT_ZSTANDARD_LEVEL;

/**
 * Writes Avro container files with the schema that the table's properties give, or Hive's for its columns. Fields of
 * that schema which the table lacks are null.
 */
public class AvroFormatWriter
        implements FormatWriter
{
    private static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat";

    @Inject
    public AvroFormatWriter() {}

    @Override
    public String name()
    {
        return "AVRO";
    }

    @Override
    public StorageFormat storageFormat()
    {
        return StorageFormat.create(AvroFormat.SERDE, AvroFormat.INPUT_FORMAT, OUTPUT_FORMAT);
    }

    @Override
    public boolean accepts(FileSchema schema)
    {
        return AvroFormat.isAvro(schema);
    }

    @Override
    public Set<FileCodec> codecs()
    {
        return ImmutableSet.of(NONE, DEFLATE, SNAPPY, ZSTD, BZIP2);
    }

    @Override
    public FileCodec defaultCodec()
    {
        return ZSTD;
    }

    @Override
    public Optional<Range<Integer>> levels(FileCodec codec)
    {
        return switch (codec) {
            case DEFLATE -> Optional.of(Range.closed(1, 9));
            case ZSTD -> Optional.of(Range.closed(1, 22));
            case NONE, SNAPPY, GZIP, LZ4, BZIP2 -> Optional.empty();
        };
    }

    @Override
    public String extension(FileCodec codec)
    {
        return ".avro";
    }

    @Override
    public void check(FileSchema table)
    {
        // one behind a URL is looked at when a file is written
        Schema schema = DeclaredSchemas.literal(table).orElseGet(() -> WrittenSchemas.ofColumns(table));
        encoder(table, schema);
    }

    @Override
    public FileSink create(FileWrite write)
    {
        FileSchema table = write.schema();
        Schema schema = DeclaredSchemas.declaredSchema(table, write.fileSystem()).orElseGet(() -> WrittenSchemas.ofColumns(table));
        CodecFactory codec = codec(write);
        Encoder encoder = encoder(table, schema);
        NewFile file = NewFile.create(write.fileSystem(), write.location());
        try {
            DataFileWriter<Integer> writer = new DataFileWriter<>(encoder.writer()).setCodec(codec);
            writer.setMeta(WRITER_TIME_ZONE, "UTC");
            return new AvroSink(writer.create(encoder.schema(), file.stream()), encoder, file);
        }
        catch (IOException | RuntimeException e) {
            file.abort();
            throw file.failure(e);
        }
    }

    /**
     * @throws TrinoException {@code TARN_CANNOT_WRITE} where the schema lacks a column, or has another type for it
     */
    private static Encoder encoder(FileSchema table, Schema schema)
    {
        Schema written = lowerCase(schema);
        List<String> names = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (FileField column : table.fields()) {
            if (written.getField(column.name().toLowerCase(ENGLISH)) == null) {
                throw new TrinoException(TARN_CANNOT_WRITE, "Column '%s' is not in the Avro schema that the table declares. Add it to the schema.".formatted(column.name()));
            }
            names.add(column.name().toLowerCase(ENGLISH));
            types.add(HiveTypes.trinoType(column.type())
                    .orElseThrow(() -> new TrinoException(TARN_CANNOT_WRITE, "Column '%s' is declared %s, which cannot be written. Declare it with a type that Athena knows.".formatted(column.name(), column.type()))));
        }
        List<Type> missing = new ArrayList<>();
        try {
            for (Schema.Field field : written.getFields()) {
                if (!names.contains(field.name())) {
                    if (!field.schema().isNullable()) {
                        throw new TrinoException(TARN_CANNOT_WRITE, "Field '%s' of the Avro schema that the table declares may not be null, but the table has no such column. Make the field nullable, or add the column.".formatted(field.name()));
                    }
                    // the library's own, with which its writer makes values of them
                    Type type = new HiveAvroTypeBlockHandler(TIMESTAMP_MILLIS).typeFor(field.schema());
                    names.add(field.name());
                    types.add(type);
                    missing.add(type);
                }
            }
            return new Encoder(written, new AvroPagePositionDataWriter(written, new WrittenTypes(), names, types), missing);
        }
        catch (AvroTypeException | AvroRuntimeException e) {
            throw new TrinoException(TARN_CANNOT_WRITE, "The table's columns cannot be written with its Avro schema: %s. Correct the schema, or the columns.".formatted(e.getMessage()), e);
        }
    }

    /**
     * The same schema with the names that a table's columns and fields can have.
     */
    private static Schema lowerCase(Schema schema)
    {
        return switch (schema.getType()) {
            case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, BYTES, FIXED, ENUM -> schema;
            case ARRAY -> Schema.createArray(lowerCase(schema.getElementType()));
            case MAP -> Schema.createMap(lowerCase(schema.getValueType()));
            case UNION -> Schema.createUnion(schema.getTypes().stream().map(AvroFormatWriter::lowerCase).toList());
            case RECORD -> Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, schema.getFields().stream()
                    .map(field -> new Schema.Field(field.name().toLowerCase(ENGLISH), lowerCase(field.schema()), field.doc()))
                    .toList());
        };
    }

    private static CodecFactory codec(FileWrite write)
    {
        return switch (write.codec()) {
            case NONE -> CodecFactory.nullCodec();
            case DEFLATE -> CodecFactory.deflateCodec(write.level().orElse(DEFAULT_DEFLATE_LEVEL));
            case SNAPPY -> CodecFactory.snappyCodec();
            case ZSTD -> CodecFactory.zstandardCodec(write.level().orElse(DEFAULT_ZSTANDARD_LEVEL));
            case BZIP2 -> CodecFactory.bzip2Codec();
            case GZIP, LZ4 -> throw new TrinoException(TARN_CANNOT_WRITE, "Avro has no codec %s. Choose one of NONE, DEFLATE, SNAPPY, ZSTD, BZIP2.".formatted(write.codec()));
        };
    }

    /**
     * @param missing types of the blocks that follow those of the table's columns, all null
     */
    record Encoder(Schema schema, AvroPagePositionDataWriter writer, List<Type> missing) {}
}
