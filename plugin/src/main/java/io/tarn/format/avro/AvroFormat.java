package io.tarn.format.avro;

import com.google.inject.Inject;
import io.tarn.format.FileColumn;
import io.tarn.format.FileErrors;
import io.tarn.format.FileFormat;
import io.tarn.format.FilePageSource;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.NestedFields;
import io.tarn.format.ReadEstimate;
import io.trino.filesystem.TrinoInput;
import io.trino.hive.formats.avro.AvroPageDataReader;
import io.trino.hive.formats.avro.AvroTypeException;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.EmptyPageSource;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static io.tarn.format.avro.AvroBlocks.HEADER_READ_SIZE;
import static io.trino.memory.context.AggregatedMemoryContext.newAggregatedMemoryContext;
import static io.trino.plugin.base.util.Closables.closeAllSuppress;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Avro container files.
 * <p>
 * Columns are found in a file by name, letter case aside, and read as they are declared; the file's own schema tells
 * how they are stored. The properties {@code avro.schema.literal} and {@code avro.schema.url} of a table are asked for
 * other names of a column's field and for what a field is where a file lacks it. Timestamps are instants: they are
 * shown in the zone that the file names in {@code writer.time.zone}, or else in {@code avro.time-zone}.
 */
public class AvroFormat
        implements FileFormat
{
    static final String SERDE = "org.apache.hadoop.hive.serde2.avro.AvroSerDe";
    static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat";

    /**
     * What is counted for the end of a slice's last block, which may lie behind the slice. Blocks have 64 kB, if their
     * writer has not been told otherwise.
     */
    private static final long SLICE_OVERLAP = 256 * 1024;

    private final AvroConfig config;

    @Inject
    public AvroFormat(AvroConfig config)
    {
        this.config = requireNonNull(config, "config is null");
    }

    @Override
    public String name()
    {
        return "AVRO";
    }

    @Override
    public boolean accepts(FileSchema schema)
    {
        return isAvro(schema);
    }

    static boolean isAvro(FileSchema schema)
    {
        if (schema.inputFormat().isEmpty()) {
            return schema.serde().equals(SERDE);
        }
        return schema.inputFormat().equals(INPUT_FORMAT) && (schema.serde().isEmpty() || schema.serde().equals(SERDE));
    }

    @Override
    public boolean splittable(FileSchema schema, String fileName)
    {
        return true;
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
        read.requireNoLines("Avro");
        return NestedFields.open(read, this::openFields);
    }

    /**
     * Exact for a whole file. A slice costs its own bytes, the first 64 kB of the file for its header where it does not
     * begin with it, and where it does not end with the file up to 256 kB for its last block; a longer header, or a
     * block of which more lies behind the slice, makes it fetch more than is told.
     */
    @Override
    public ReadEstimate estimate(FileRead read, Set<FileColumn> filterable)
    {
        read.requireNoLines("Avro");
        FileSlice slice = read.slice();
        if (slice.isEmpty()) {
            return new ReadEstimate(0, OptionalLong.of(0), true);
        }
        long rest = slice.fileLength() - slice.start();
        long bytes = slice.length() >= rest ? rest : min(rest, slice.length() + SLICE_OVERLAP);
        long header = slice.start() == 0 ? 0 : min(HEADER_READ_SIZE, slice.fileLength());
        return new ReadEstimate(bytes + header, OptionalLong.empty(), slice.isWholeFile() && read.limit().isEmpty());
    }

    private ConnectorPageSource openFields(FileRead read)
    {
        FileSlice slice = read.slice();
        if (slice.isEmpty()) {
            return new EmptyPageSource();
        }
        FileErrors errors = new AvroErrors(slice.location(), slice.fileLength());
        TrinoInput input;
        try {
            input = read.fileSystem().newInputFile(slice.location(), slice.fileLength(), slice.modified()).newInput();
        }
        catch (IOException e) {
            throw errors.storage(e);
        }
        try {
            return open(read, input, errors);
        }
        catch (AvroTypeException | RuntimeException e) {
            closeAllSuppress(e, input);
            throw errors.reading(Optional.empty(), e);
        }
    }

    private ConnectorPageSource open(FileRead read, TrinoInput input, FileErrors errors)
            throws AvroTypeException
    {
        long maxBlockSize = config.getMaxBlockSize().toBytes();
        AvroBlocks blocks = new AvroBlocks(input, read.slice(), maxBlockSize, errors);
        BlockDecompressor decompressor = new BlockDecompressor(blocks.header().codec(), toIntExact(maxBlockSize), errors);
        Optional<AvroPageDataReader> reader = read.columns().isEmpty() ? Optional.empty() : Optional.of(reader(read, blocks.header(), errors));
        AggregatedMemoryContext memoryContext = newAggregatedMemoryContext(read.memoryContext());
        AvroPages pages = new AvroPages(blocks, decompressor, reader, errors, memoryContext.newLocalMemoryContext(AvroPages.class.getSimpleName()));
        return new FilePageSource(pages, memoryContext, errors, read.maxRows());
    }

    private AvroPageDataReader reader(FileRead read, AvroHeader header, FileErrors errors)
            throws AvroTypeException
    {
        Optional<Schema> declared = DeclaredSchemas.declaredSchema(read.schema(), read.fileSystem());
        AvroTypes types = new AvroTypes(config.zone());
        types.configure(header.metadata());
        try {
            AvroPageDataReader reader = new AvroPageDataReader(new DerivedSchemas(errors).readSchema(read.columns(), declared, header.schema()), types);
            reader.setSchema(header.schema());
            return reader;
        }
        catch (AvroRuntimeException e) {
            throw errors.cannotOpen("its schema cannot be read as the table's: " + e.getMessage(), e);
        }
    }
}
