package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.tarn.format.FileColumn;
import io.tarn.format.FileFormat;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.NestedFields;
import io.trino.filesystem.TrinoInputFile;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.parquet.ParquetDataSource;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.metadata.ParquetMetadata;
import io.trino.parquet.predicate.TupleDomainParquetPredicate;
import io.trino.parquet.reader.MetadataReader;
import io.trino.parquet.reader.ParquetReader;
import io.trino.parquet.reader.RowGroupInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.EmptyPageSource;
import io.trino.spi.predicate.TupleDomain;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.joda.time.DateTimeZone;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static io.tarn.format.parquet.ParquetSessionProperties.isUseColumnNames;
import static io.trino.memory.context.AggregatedMemoryContext.newAggregatedMemoryContext;
import static io.trino.parquet.ParquetTypeUtils.getColumnIO;
import static io.trino.parquet.ParquetTypeUtils.getDescriptors;
import static io.trino.parquet.predicate.PredicateUtils.buildPredicate;
import static io.trino.parquet.predicate.PredicateUtils.getFilteredRowGroups;

/**
 * Parquet, by the reader of Trino. Columns are found by name, unless the table or the session says by position
 * ({@code parquet.column.index.access}, as in Athena).
 */
public class ParquetFormat
        implements FileFormat
{
    private static final Set<String> SERDES = ImmutableSet.of(
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            "parquet.hive.serde.ParquetHiveSerDe");
    private static final int DOMAIN_COMPACTION_THRESHOLD = 1000;
    private static final int BEGINNING_LENGTH = 64;

    private final ParquetReaderOptions options;
    private final DateTimeZone timeZone;

    @Inject
    public ParquetFormat(ParquetReadConfig config)
    {
        this.options = config.options();
        this.timeZone = config.zone();
    }

    @Override
    public String name()
    {
        return "PARQUET";
    }

    @Override
    public boolean accepts(FileSchema schema)
    {
        return SERDES.contains(schema.serde());
    }

    @Override
    public boolean splittable(FileSchema schema, String fileName)
    {
        return true;
    }

    /**
     * {@inheritDoc}
     * <p>
     * A row group belongs to the slice in which it starts. The footer is read once; a file up to the small-file
     * threshold is read in one request.
     */
    @Override
    public ConnectorPageSource open(FileRead read)
    {
        if (read.columns().contains(FileColumn.RAW_LINE)) {
            throw new TrinoException(TARN_UNSUPPORTED_FORMAT, "Column \"$line\" is for tables of lines: file %s is Parquet. Select the table's columns instead.".formatted(read.slice().location()));
        }
        if (read.slice().fileLength() == 0) {
            return new EmptyPageSource();
        }
        return NestedFields.open(read, whole -> openFields(whole, read.columns()));
    }

    /**
     * @param read asks for whole fields
     * @param asked what is needed of them
     */
    private ConnectorPageSource openFields(FileRead read, List<FileColumn> asked)
    {
        ParquetReaderOptions readOptions = ParquetSessionProperties.options(options, read.session());
        AggregatedMemoryContext memoryContext = newAggregatedMemoryContext(read.memoryContext());
        TrinoInputFile file = read.fileSystem().newInputFile(read.slice().location(), read.slice().fileLength(), read.slice().modified());
        ParquetDataSource source = null;
        try {
            source = source(file, read.slice().fileLength(), readOptions, memoryContext);
            ParquetMetadata metadata = MetadataReader.readFooter(source, readOptions, Optional.empty(), Optional.empty());
            return pageSource(read, asked, source, metadata, readOptions, memoryContext);
        }
        catch (IOException | RuntimeException e) {
            TrinoException failure = ParquetFailures.cannotOpen(file.location(), e, source == null ? new byte[0] : beginning(file));
            if (source != null) {
                try {
                    source.close();
                }
                catch (IOException closing) {
                    failure.addSuppressed(closing);
                }
            }
            throw failure;
        }
    }

    private ConnectorPageSource pageSource(FileRead read, List<FileColumn> asked, ParquetDataSource source, ParquetMetadata metadata, ParquetReaderOptions readOptions, AggregatedMemoryContext memoryContext)
            throws IOException
    {
        MessageType fileSchema = metadata.getFileMetaData().getSchema();
        ParquetColumns columns = new ParquetColumns(fileSchema, byName(read));
        MessageType requested = columns.requested(asked);
        Map<List<String>, ColumnDescriptor> descriptors = getDescriptors(fileSchema, requested);
        TupleDomain<ColumnDescriptor> domains = readOptions.isIgnoreStatistics() ? TupleDomain.all() : columns.predicate(read.predicate(), descriptors);
        TupleDomainParquetPredicate predicate = buildPredicate(requested, domains, descriptors, timeZone);
        List<RowGroupInfo> rowGroups = getFilteredRowGroups(
                read.slice().start(),
                read.slice().length(),
                source,
                metadata,
                ImmutableList.of(domains),
                ImmutableList.of(predicate),
                descriptors,
                timeZone,
                DOMAIN_COMPACTION_THRESHOLD,
                readOptions);
        int inSlice = metadata.getBlocks(read.slice().start(), read.slice().length()).size();

        ParquetFields fields = ParquetFields.of(read, columns, getColumnIO(fileSchema, requested));
        ParquetReader reader = new ParquetReader(
                Optional.ofNullable(metadata.getFileMetaData().getCreatedBy()),
                fields.readerColumns(),
                false,
                rowGroups,
                source,
                timeZone,
                memoryContext,
                readOptions,
                e -> ParquetFailures.cannotRead(read.slice().location(), e),
                Optional.of(predicate),
                Optional.empty(),
                metadata.getDecryptionContext());
        return new ParquetPageSource(read.slice().location(), reader, fields.columns(), rowGroups.size(), inSlice - rowGroups.size());
    }

    private static boolean byName(FileRead read)
    {
        String byIndex = read.schema().properties().get("parquet.column.index.access");
        return byIndex == null ? isUseColumnNames(read.session()) : !Boolean.parseBoolean(byIndex);
    }

    private static ParquetDataSource source(TrinoInputFile file, long length, ParquetReaderOptions options, AggregatedMemoryContext memoryContext)
            throws IOException
    {
        if (length <= options.getSmallFileThreshold().toBytes()) {
            return new WholeFileSource(file, length, memoryContext);
        }
        return new RangeSource(file, length, options);
    }

    private static byte[] beginning(TrinoInputFile file)
    {
        try (InputStream stream = file.newStream()) {
            return stream.readNBytes(BEGINNING_LENGTH);
        }
        catch (IOException | RuntimeException _) {
            // the message does without
            return new byte[0];
        }
    }
}
