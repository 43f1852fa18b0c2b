package io.tarn.format.avro;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.slice.DynamicSliceOutput;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileFormat;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSummary;
import io.tarn.format.FileWrite;
import io.tarn.format.FormatFiles;
import io.tarn.format.FormatReading;
import io.trino.plugin.hive.HiveColumnHandle;
import io.trino.plugin.hive.Schema;
import io.trino.plugin.hive.avro.AvroPageSourceFactory;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.predicate.TupleDomain;
import io.trino.testing.TestingConnectorSession;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static io.trino.plugin.hive.acid.AcidTransaction.NO_ACID_TRANSACTION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

/**
 * Avro files written by Tarn, read by Tarn and by the Hive connector.
 */
final class AvroFiles
        extends FormatFiles
{
    AvroFiles(Path directory)
    {
        super(directory);
    }

    FileSummary write(String name, List<FileColumn> columns, FileCodec codec, Map<String, String> properties, Page... pages)
    {
        return write(new AvroFormatWriter().create(request(name, columns, codec, properties)), pages);
    }

    FileWrite request(String name, List<FileColumn> columns, FileCodec codec, Map<String, String> properties)
    {
        return new FileWrite(TestingConnectorSession.SESSION, fileSystem(), location(name), schema(columns, properties), codec, OptionalInt.empty());
    }

    static FileSchema schema(List<FileColumn> columns, Map<String, String> properties)
    {
        return schema(AvroFormat.SERDE, AvroFormat.INPUT_FORMAT, columns, properties);
    }

    /**
     * A file without rows.
     */
    void putSchema(String name, String schema)
    {
        byte[] json = schema.getBytes(UTF_8);
        DynamicSliceOutput output = new DynamicSliceOutput(100);
        output.writeBytes(new byte[] {'O', 'b', 'j', 1, 2, 22});
        output.writeBytes("avro.schema".getBytes(UTF_8));
        int length = json.length * 2;
        while (length > 127) {
            output.writeByte((length & 0x7F) | 0x80);
            length >>>= 7;
        }
        output.writeByte(length);
        output.writeBytes(json);
        output.writeByte(0);
        output.writeBytes(new byte[16]);
        put(name, output.slice().getBytes());
    }

    Reading reading(String name, FileColumn... columns)
    {
        return new Reading(this, name, List.of(columns));
    }

    static final class Reading
            extends FormatReading<AvroConfig, Reading>
    {
        private List<FileColumn> declared;

        private Reading(AvroFiles files, String name, List<FileColumn> columns)
        {
            super(files, name, columns, new AvroConfig());
            declared = columns;
        }

        /**
         * All columns of the table, where not all are read.
         */
        Reading declared(FileColumn... columns)
        {
            this.declared = ImmutableList.copyOf(columns);
            return this;
        }

        @Override
        protected Reading self()
        {
            return this;
        }

        @Override
        protected FileFormat format()
        {
            return new AvroFormat(config);
        }

        @Override
        protected ConnectorSession session()
        {
            return TestingConnectorSession.SESSION;
        }

        @Override
        protected FileSchema schema()
        {
            return AvroFiles.schema(declared, properties);
        }

        @Override
        protected ConnectorPageSource openByPeer(List<HiveColumnHandle> handles)
        {
            Map<String, String> table = ImmutableMap.<String, String>builder()
                    .putAll(properties)
                    .put("columns", columns.stream().map(FileColumn::name).collect(joining(",")))
                    .put("columns.types", columns.stream().map(column -> column.hiveType().toString()).collect(joining(":")))
                    .buildOrThrow();
            return new AvroPageSourceFactory(_ -> files.fileSystem())
                    .createPageSource(
                            hiveSession(),
                            slice.location(),
                            slice.start(),
                            slice.length(),
                            slice.fileLength(),
                            0,
                            new Schema(AvroFormat.SERDE, false, table),
                            handles,
                            TupleDomain.all(),
                            Optional.empty(),
                            OptionalInt.empty(),
                            false,
                            NO_ACID_TRANSACTION)
                    .orElseThrow();
        }
    }
}
