package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.type.HiveTypes;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.local.LocalFileSystemFactory;
import io.trino.metastore.HiveType;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.testing.TestingConnectorSession;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * Files written by parquet-hadoop, and reading them as a split of a query would.
 */
final class ParquetFiles
{
    static final String SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    private static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";

    private final Path root;
    private final CountingFileSystem fileSystem;

    ParquetFiles(Path root)
    {
        this.root = root;
        TrinoFileSystem local = new LocalFileSystemFactory(root).create(ConnectorIdentity.ofUser("test"));
        fileSystem = new CountingFileSystem(local);
    }

    CountingFileSystem fileSystem()
    {
        return fileSystem;
    }

    FileSlice write(String name, String schema, int rows, BiConsumer<Group, Integer> row, UnaryOperator<ExampleParquetWriter.Builder> options)
    {
        MessageType type = MessageTypeParser.parseMessageType(schema);
        Path file = root.resolve(name);
        try (ParquetWriter<Group> writer = options.apply(ExampleParquetWriter.builder(new LocalOutputFile(file)).withConf(new PlainParquetConfiguration()).withType(type)).build()) {
            SimpleGroupFactory groups = new SimpleGroupFactory(type);
            for (int i = 0; i < rows; i++) {
                Group group = groups.newGroup();
                row.accept(group, i);
                writer.write(group);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return slice(name);
    }

    FileSlice write(String name, byte[] content)
    {
        try {
            Files.write(root.resolve(name), content);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return slice(name);
    }

    byte[] content(String name)
            throws IOException
    {
        return Files.readAllBytes(root.resolve(name));
    }

    FileSlice slice(String name)
    {
        long length = root.resolve(name).toFile().length();
        return new FileSlice(Location.of("local:///" + name), 0, length, length, Instant.EPOCH);
    }

    /**
     * @param fields each {@code "name type"}
     */
    static FileSchema schema(Map<String, String> properties, String... fields)
    {
        ImmutableList.Builder<FileField> declared = ImmutableList.builder();
        for (String field : fields) {
            String[] words = field.split(" ", 2);
            declared.add(new FileField(words[0], HiveType.valueOf(words[1])));
        }
        return new FileSchema(SERDE, INPUT_FORMAT, declared.build(), properties);
    }

    static FileSchema schema(String... fields)
    {
        return schema(ImmutableMap.of(), fields);
    }

    /**
     * @param name a field's, or a path as {@code "s.x"}
     */
    static FileColumn column(FileSchema schema, String name)
    {
        List<String> path = List.of(name.split("\\."));
        for (int ordinal = 0; ordinal < schema.fields().size(); ordinal++) {
            FileField field = schema.fields().get(ordinal);
            if (field.name().equals(path.getFirst())) {
                List<String> below = path.subList(1, path.size());
                HiveType type = HiveTypes.nestedType(field.type(), below).orElseThrow();
                return new FileColumn(field.name(), ordinal, below, type, HiveTypes.trinoType(type).orElseThrow());
            }
        }
        throw new IllegalArgumentException(name);
    }

    static List<FileColumn> columns(FileSchema schema, String... names)
    {
        return Arrays.stream(names).map(name -> column(schema, name)).toList();
    }

    ConnectorPageSource open(ParquetReadConfig config, FileSchema schema, FileSlice slice, List<FileColumn> columns, TupleDomain<FileColumn> predicate)
    {
        ConnectorSession session = TestingConnectorSession.builder()
                .setPropertyMetadata(new ParquetSessionProperties(config).getSessionProperties())
                .build();
        return new ParquetFormat(config).open(new FileRead(session, fileSystem.fileSystem(), slice, schema, columns, predicate, MemoryContext.NO_LIMIT));
    }

    static List<List<Object>> rows(ConnectorPageSource pageSource, List<FileColumn> columns)
    {
        List<List<Object>> rows = new ArrayList<>();
        try (pageSource) {
            while (!pageSource.isFinished()) {
                SourcePage page = pageSource.getNextSourcePage();
                for (int position = 0; page != null && position < page.getPositionCount(); position++) {
                    List<Object> row = new ArrayList<>();
                    for (int channel = 0; channel < columns.size(); channel++) {
                        row.add(columns.get(channel).type().getObjectValue(page.getBlock(channel), position));
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
