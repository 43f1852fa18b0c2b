package io.tarn.ddl;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.format.FileCodec;
import io.tarn.format.FormatWriter;
import io.tarn.format.FormatWriters;
import io.tarn.partition.PartitionKey;
import io.tarn.scan.FileSchemas;
import io.tarn.type.DeclaredTypes;
import io.tarn.write.ExistingPartitions;
import io.tarn.write.PartitionTexts;
import io.tarn.write.TablePublisher;
import io.tarn.write.TableWrite;
import io.tarn.write.WriteColumn;
import io.tarn.writelog.WriteFileName;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.Location;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.trino.spi.StandardErrorCode.INVALID_FUNCTION_ARGUMENT;
import static java.lang.Math.toIntExact;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Between what {@code UNLOAD} says of its files and the write that makes them. The files are those of a table that is
 * declared with the same properties; it never comes into the catalogue.
 */
public class UnloadDeclaration
{
    /**
     * What messages and access control know the files as that belong to no table.
     */
    public static final SchemaTableName NAME = new SchemaTableName("system", "unload");

    private static final List<String> FORMATS = ImmutableList.of("PARQUET", "ORC", "AVRO", "JSON", "TEXTFILE", "ION");
    private static final int MAX_ZSTD_LEVEL = 22;

    private final FormatWriters writers;
    private final TableDeclaration declaration;

    @Inject
    public UnloadDeclaration(FormatWriters writers, TableDeclaration declaration)
    {
        this.writers = requireNonNull(writers, "writers is null");
        this.declaration = requireNonNull(declaration, "declaration is null");
    }

    /**
     * The write that the files are made by; nothing is written, and the storage is not asked.
     *
     * @throws TrinoException {@code INVALID_FUNCTION_ARGUMENT} where the request cannot be meant so, and
     *         {@code TARN_CANNOT_WRITE} or {@code NOT_SUPPORTED} where the format cannot hold a column
     */
    public TableWrite write(ConnectorSession session, UnloadRequest request, Location location)
    {
        FormatWriter writer = writer(request.format());
        FileCodec codec = codec(writer, request.compression());
        OptionalInt level = level(writer, codec, request.compressionLevel());
        List<ColumnMetadata> columns = columns(request.columns());
        List<String> keys = keys(request.partitionedBy(), columns);

        Map<String, Object> properties = new HashMap<>();
        properties.put(TableProperty.FORMAT, writer.name());
        properties.put(TableProperty.PARTITIONED_BY, keys);
        request.fieldDelimiter().ifPresent(delimiter -> properties.put(TableProperty.FIELD_DELIMITER, delimiter(writer, delimiter)));
        WriteFileName file = TablePublisher.newTableFiles();
        WriteLog log = new WriteLog(file.logId(), 0, List.of(), List.of(), 0);
        Table table = declaration.table(new ConnectorTableMetadata(NAME, columns, properties), session.getUser(), session.getQueryId(), location.toString(), true, log);

        ImmutableList.Builder<WriteColumn> writeColumns = ImmutableList.builder();
        ImmutableList.Builder<PartitionKey> partitionKeys = ImmutableList.builder();
        int dataColumns = columns.size() - keys.size();
        for (int index = 0; index < columns.size(); index++) {
            ColumnMetadata column = columns.get(index);
            boolean key = index >= dataColumns;
            writeColumns.add(new WriteColumn(column.getName(), column.getType(), key ? -1 : index, key ? index - dataColumns : -1));
            if (key) {
                partitionKeys.add(new PartitionKey(column.getName(), column.getType()));
            }
        }
        return new TableWrite(
                NAME,
                location.toString(),
                file,
                FileSchemas.of(table),
                writeColumns.build(),
                partitionKeys.build(),
                Optional.empty(),
                codec,
                level,
                true,
                ExistingPartitions.APPEND,
                false);
    }

    private FormatWriter writer(String format)
    {
        String name = format.toUpperCase(ENGLISH);
        if (!FORMATS.contains(name)) {
            throw invalid("format is '%s', but UNLOAD writes %s".formatted(format, String.join(", ", FORMATS)));
        }
        return writers.named(name).orElseThrow();
    }

    /**
     * Athena's defaults, which are not those of tables: whoever fetches the files may know older codecs only.
     */
    private static FileCodec codec(FormatWriter writer, Optional<String> compression)
    {
        if (compression.isEmpty()) {
            return switch (writer.name()) {
                case "ORC" -> FileCodec.DEFLATE;
                case "AVRO" -> writer.defaultCodec();
                default -> FileCodec.GZIP;
            };
        }
        return FileCodec.of(compression.get())
                .filter(writer.codecs()::contains)
                .orElseThrow(() -> invalid("compression is '%s', but %s files are compressed with one of %s".formatted(compression.get(), writer.name(), writer.codecs().stream().sorted().toList())));
    }

    /**
     * A level says how much time compressing may take, so where the format's library knows none its own is as good.
     */
    private static OptionalInt level(FormatWriter writer, FileCodec codec, Optional<Long> level)
    {
        if (level.isEmpty()) {
            return OptionalInt.empty();
        }
        if (codec != FileCodec.ZSTD) {
            throw invalid("compression_level is %s, but only ZSTD has levels in UNLOAD, and the codec is %s. Leave it out, or add compression = 'ZSTD'".formatted(level.get(), codec));
        }
        if (level.get() < 1 || level.get() > MAX_ZSTD_LEVEL) {
            throw invalid("compression_level is %s, but levels of ZSTD are from 1 to %s".formatted(level.get(), MAX_ZSTD_LEVEL));
        }
        int number = toIntExact(level.get());
        return writer.levels(codec).filter(levels -> levels.contains(number)).isPresent() ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private static String delimiter(FormatWriter writer, String delimiter)
    {
        if (!writer.name().equals("TEXTFILE")) {
            throw invalid("field_delimiter is for TEXTFILE, and the format is %s. Leave it out".formatted(writer.name()));
        }
        if (delimiter.length() != 1 || delimiter.equals("\n") || delimiter.equals("\r")) {
            throw invalid("field_delimiter is '%s', but it must be one character, and no line end".formatted(delimiter));
        }
        return delimiter;
    }

    private static List<ColumnMetadata> columns(List<UnloadRequest.Column> requested)
    {
        List<ColumnMetadata> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int index = 0; index < requested.size(); index++) {
            UnloadRequest.Column column = requested.get(index);
            String name = column.name().orElse("_col" + index).toLowerCase(ENGLISH);
            if (!names.add(name)) {
                throw invalid("the query has more than one column '%s', letter case aside, which could not be told apart in the files. Give one another name: … AS other_%s".formatted(name, name));
            }
            columns.add(new ColumnMetadata(name, type(name, column.type())));
        }
        return columns;
    }

    private static Type type(String name, Type type)
    {
        Type written = DeclaredTypes.nearest(type).orElse(type);
        try {
            DeclaredTypes.hiveType(written);
        }
        catch (TrinoException e) {
            throw new TrinoException(TARN_CANNOT_WRITE, "Column '%s' of type %s cannot be written by UNLOAD: %s".formatted(name, type.getDisplayName(), e.getMessage()), e);
        }
        return written;
    }

    private static List<String> keys(List<String> partitionedBy, List<ColumnMetadata> columns)
    {
        List<String> keys = partitionedBy.stream().map(key -> key.toLowerCase(ENGLISH)).collect(toImmutableList());
        List<String> names = columns.stream().map(ColumnMetadata::getName).toList();
        if (!names.containsAll(keys)) {
            throw invalid("partitioned_by names %s, which the query does not have: its columns are %s".formatted(keys.stream().filter(key -> !names.contains(key)).toList(), names));
        }
        if (keys.size() >= names.size()) {
            throw invalid("partitioned_by names every column of the query, so that nothing is left for the files. Select another column");
        }
        List<String> last = names.subList(names.size() - keys.size(), names.size());
        if (!last.equals(keys)) {
            throw invalid("the columns of partitioned_by must be the last of the query, in the same order: they are %s, and the last columns are %s".formatted(keys, last));
        }
        for (ColumnMetadata column : columns.subList(names.size() - keys.size(), names.size())) {
            if (!PartitionTexts.isKeyType(column.getType())) {
                throw invalid("column '%s' of type %s cannot be in partitioned_by: its values cannot be told from the name of a folder. Cast it to varchar, for instance".formatted(column.getName(), column.getType().getDisplayName()));
            }
        }
        return keys;
    }

    private static TrinoException invalid(String message)
    {
        return new TrinoException(INVALID_FUNCTION_ARGUMENT, "UNLOAD: " + message);
    }
}
