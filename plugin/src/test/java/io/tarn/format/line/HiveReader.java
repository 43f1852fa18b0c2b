package io.tarn.format.line;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.trino.filesystem.memory.MemoryFileSystemFactory;
import io.trino.plugin.hive.HiveColumnHandle;
import io.trino.plugin.hive.HiveConfig;
import io.trino.plugin.hive.HivePageSourceFactory;
import io.trino.plugin.hive.Schema;
import io.trino.plugin.hive.esri.EsriPageSourceFactory;
import io.trino.plugin.hive.line.CsvPageSourceFactory;
import io.trino.plugin.hive.line.JsonPageSourceFactory;
import io.trino.plugin.hive.line.OpenXJsonPageSourceFactory;
import io.trino.plugin.hive.line.RegexPageSourceFactory;
import io.trino.plugin.hive.line.SimpleSequenceFilePageSourceFactory;
import io.trino.plugin.hive.line.SimpleTextFilePageSourceFactory;
import io.trino.plugin.hive.rcfile.RcFilePageSourceFactory;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static io.tarn.format.line.LineFiles.columns;
import static io.trino.plugin.hive.HiveColumnHandle.ColumnType.REGULAR;
import static io.trino.plugin.hive.acid.AcidTransaction.NO_ACID_TRANSACTION;
import static java.util.stream.Collectors.joining;

/**
 * Reads the same files through the Hive connector's page sources.
 */
public final class HiveReader
{
    private final LineFiles files;
    private final List<HivePageSourceFactory> factories;

    public HiveReader(LineFiles files)
    {
        this.files = files;
        MemoryFileSystemFactory fileSystem = files.fileSystemFactory();
        HiveConfig config = new HiveConfig().setRcfileTimeZone("UTC");
        factories = List.of(
                new OpenXJsonPageSourceFactory(fileSystem, config),
                new JsonPageSourceFactory(fileSystem, config),
                new CsvPageSourceFactory(fileSystem, config),
                new SimpleTextFilePageSourceFactory(fileSystem, config),
                new RegexPageSourceFactory(fileSystem, config),
                new SimpleSequenceFilePageSourceFactory(fileSystem, config),
                new EsriPageSourceFactory(fileSystem),
                new RcFilePageSourceFactory(fileSystem, config));
    }

    public List<List<Object>> rows(FileSchema schema, FileSlice slice)
    {
        List<Type> types = columns(schema).stream().map(FileColumn::type).toList();
        return LineFiles.rows(open(schema, slice, columns(schema)), types);
    }

    public ConnectorPageSource open(FileSchema schema, FileSlice slice, List<FileColumn> columns)
    {
        Schema hiveSchema = new Schema(schema.serde(), false, ImmutableMap.<String, String>builder()
                .putAll(schema.properties())
                .put("file.inputformat", schema.inputFormat())
                .put("columns", schema.fields().stream().map(FileField::name).collect(joining(",")))
                .put("columns.types", schema.fields().stream().map(field -> field.type().toString()).collect(joining(":")))
                .buildOrThrow());
        List<HiveColumnHandle> handles = columns.stream()
                .map(column -> HiveColumnHandle.createBaseColumn(column.name(), column.ordinal(), column.hiveType(), column.type(), REGULAR, Optional.empty()))
                .toList();
        return factories.stream()
                .map(factory -> factory.createPageSource(
                        files.session(),
                        slice.location(),
                        slice.start(),
                        slice.length(),
                        slice.fileLength(),
                        0,
                        hiveSchema,
                        handles,
                        TupleDomain.all(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        false,
                        NO_ACID_TRANSACTION))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }
}
