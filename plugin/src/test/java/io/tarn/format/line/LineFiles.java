package io.tarn.format.line;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileFormat;
import io.tarn.format.FileFormats;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.csv.CsvFormat;
import io.tarn.format.esri.EsriFormat;
import io.tarn.format.grok.GrokFormat;
import io.tarn.format.ion.IonFormat;
import io.tarn.format.json.CloudTrailFormat;
import io.tarn.format.json.HiveJsonFormat;
import io.tarn.format.json.OpenXJsonFormat;
import io.tarn.format.line.source.LineConfig;
import io.tarn.format.line.source.LineSessionProperties;
import io.tarn.format.rcfile.RcFileFormat;
import io.tarn.format.regex.RegexFormat;
import io.tarn.format.text.TextFormat;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.memory.MemoryFileSystemFactory;
import io.trino.metastore.HiveType;
import io.trino.plugin.hive.HiveTimestampPrecision;
import io.trino.plugin.hive.util.HiveTypeUtil;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.spi.type.Type;
import io.trino.testing.TestingConnectorSession;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.trino.hive.formats.HiveClassNames.TEXT_INPUT_FORMAT_CLASS;
import static io.trino.type.InternalTypeManager.TESTING_TYPE_MANAGER;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Files in memory, and reading them as a split of a query would.
 */
public final class LineFiles
{
    private static final FileFormats FORMATS = new FileFormats(Set.of(new OpenXJsonFormat(), new HiveJsonFormat(), new CsvFormat(), new TextFormat(), new RegexFormat(), new GrokFormat(), new CloudTrailFormat(), EsriFormat.esriJson(), EsriFormat.geoJson(), new RcFileFormat(), new IonFormat()));

    private final MemoryFileSystemFactory fileSystemFactory = new MemoryFileSystemFactory();
    private final TrinoFileSystem fileSystem = fileSystemFactory.create(ConnectorIdentity.ofUser("test"));
    private ConnectorSession session = session(new LineConfig());

    public static ConnectorSession session(LineConfig config)
    {
        return TestingConnectorSession.builder()
                .setPropertyMetadata(new LineSessionProperties(config).getSessionProperties())
                .build();
    }

    public LineFiles withConfig(LineConfig config)
    {
        session = session(config);
        return this;
    }

    public MemoryFileSystemFactory fileSystemFactory()
    {
        return fileSystemFactory;
    }

    public TrinoFileSystem fileSystem()
    {
        return fileSystem;
    }

    public ConnectorSession session()
    {
        return session;
    }

    public static FileFormat format(FileSchema schema)
    {
        return FORMATS.require(schema);
    }

    /**
     * @param fields names and types by turns
     */
    public static FileSchema schema(String serde, Map<String, String> properties, String... fields)
    {
        ImmutableList.Builder<FileField> builder = ImmutableList.builder();
        for (int index = 0; index < fields.length; index += 2) {
            builder.add(new FileField(fields[index], HiveType.valueOf(fields[index + 1])));
        }
        return new FileSchema(serde, TEXT_INPUT_FORMAT_CLASS, builder.build(), properties);
    }

    public static FileSchema schema(String serde, String... fields)
    {
        return schema(serde, ImmutableMap.of(), fields);
    }

    /**
     * The same with another input format.
     */
    public static FileSchema withInputFormat(FileSchema schema, String inputFormat)
    {
        return new FileSchema(schema.serde(), inputFormat, schema.fields(), schema.properties());
    }

    public static Type trinoType(HiveType type)
    {
        return HiveTypeUtil.getType(type, TESTING_TYPE_MANAGER, HiveTimestampPrecision.MILLISECONDS);
    }

    public static FileColumn column(FileSchema schema, String name)
    {
        for (int ordinal = 0; ordinal < schema.fields().size(); ordinal++) {
            FileField field = schema.fields().get(ordinal);
            if (field.name().equals(name)) {
                return new FileColumn(name, ordinal, ImmutableList.of(), field.type(), trinoType(field.type()));
            }
        }
        throw new IllegalArgumentException(name);
    }

    public static List<FileColumn> columns(FileSchema schema)
    {
        return schema.fields().stream()
                .map(field -> column(schema, field.name()))
                .toList();
    }

    public FileSlice write(String name, String content)
    {
        return write(name, content.getBytes(UTF_8));
    }

    public FileSlice write(String name, byte[] content)
    {
        Location location = Location.of("memory:///" + name);
        try {
            fileSystem.newOutputFile(location).createOrOverwrite(content);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FileSlice(location, 0, content.length, content.length, Instant.EPOCH);
    }

    public static FileSlice part(FileSlice file, long start, long length)
    {
        return new FileSlice(file.location(), start, length, file.fileLength(), file.modified());
    }

    public FileRead read(FileSchema schema, FileSlice slice, List<FileColumn> columns)
    {
        return new FileRead(session, fileSystem, slice, schema, columns, TupleDomain.all(), MemoryContext.NO_LIMIT);
    }

    /**
     * All rows of a slice; a row of no columns is an empty list.
     */
    public List<List<Object>> rows(FileSchema schema, FileSlice slice, List<FileColumn> columns)
    {
        return rows(format(schema).open(read(schema, slice, columns)), columns.stream().map(FileColumn::type).toList());
    }

    /**
     * All rows and all columns of a file.
     */
    public List<List<Object>> rows(FileSchema schema, FileSlice slice)
    {
        return rows(schema, slice, columns(schema));
    }

    public static List<List<Object>> rows(ConnectorPageSource pageSource, List<Type> types)
    {
        List<List<Object>> rows = new ArrayList<>();
        try (pageSource) {
            while (!pageSource.isFinished()) {
                SourcePage page = pageSource.getNextSourcePage();
                for (int position = 0; page != null && position < page.getPositionCount(); position++) {
                    List<Object> row = new ArrayList<>();
                    for (int channel = 0; channel < types.size(); channel++) {
                        row.add(types.get(channel).getObjectValue(page.getBlock(channel), position));
                    }
                    rows.add(row);
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
