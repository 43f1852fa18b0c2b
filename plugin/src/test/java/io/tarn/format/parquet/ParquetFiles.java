package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.tarn.format.FileFormat;
import io.tarn.format.FileSchema;
import io.tarn.format.FileStatistics;
import io.tarn.format.FormatFiles;
import io.tarn.format.FormatReading;
import io.tarn.format.ReadEstimate;
import io.trino.plugin.base.metrics.FileFormatDataSourceStats;
import io.trino.plugin.hive.HiveColumnHandle;
import io.trino.plugin.hive.parquet.ParquetPageSourceFactory;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;
import io.trino.testing.TestingConnectorSession;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.joda.time.DateTimeZone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Parquet files written by parquet-hadoop, read by Tarn and by the Hive connector.
 */
final class ParquetFiles
        extends FormatFiles
{
    static final String SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";

    // it writes down every filter; loggers are held weakly, hence the field
    private static final Logger FILTER_LOG = Logger.getLogger("org.apache.parquet.filter2.compat.FilterCompat");

    static {
        FILTER_LOG.setLevel(Level.WARNING);
    }

    ParquetFiles(Path directory)
    {
        super(directory);
    }

    void write(String name, MessageType schema, int rows, BiConsumer<Integer, Group> values)
    {
        write(name, schema, rows, values, UnaryOperator.identity());
    }

    void write(String name, MessageType schema, int rows, BiConsumer<Integer, Group> values, UnaryOperator<ExampleParquetWriter.Builder> options)
    {
        ExampleParquetWriter.Builder builder = ExampleParquetWriter.builder(new LocalOutputFile(path(name)))
                .withConf(new PlainParquetConfiguration())
                .withType(schema);
        try (ParquetWriter<Group> writer = options.apply(builder).build()) {
            for (int row = 0; row < rows; row++) {
                Group group = new SimpleGroup(schema);
                values.accept(row, group);
                writer.write(group);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FileSchema schema(List<FileColumn> columns, Map<String, String> properties)
    {
        return schema(SERDE, INPUT_FORMAT, columns, properties);
    }

    static ConnectorSession session(ParquetReadConfig config)
    {
        return TestingConnectorSession.builder()
                .setPropertyMetadata(new ParquetSessionProperties(config).getSessionProperties())
                .build();
    }

    Reading reading(String name, FileColumn... columns)
    {
        return new Reading(this, name, List.of(columns));
    }

    static final class Reading
            extends FormatReading<ParquetReadConfig, Reading>
    {
        private Reading(ParquetFiles files, String name, List<FileColumn> columns)
        {
            super(files, name, columns, new ParquetReadConfig());
        }

        @Override
        protected Reading self()
        {
            return this;
        }

        @Override
        protected FileFormat format()
        {
            return new ParquetFormat(config, new ParquetFooters(config));
        }

        ReadEstimate estimate(ParquetFooters footers, FileColumn... filterable)
        {
            return estimate(new ParquetFormat(config, footers), filterable);
        }

        FileStatistics statistics(ParquetFooters footers)
        {
            return statistics(new ParquetFormat(config, footers));
        }

        @Override
        protected ConnectorSession session()
        {
            return ParquetFiles.session(config);
        }

        @Override
        protected FileSchema schema()
        {
            return ParquetFiles.schema(columns, properties);
        }

        @Override
        protected ConnectorPageSource openByPeer(List<HiveColumnHandle> handles)
        {
            return ParquetPageSourceFactory.createPageSource(
                    files.fileSystem().newInputFile(slice.location()),
                    slice.start(),
                    slice.length(),
                    handles,
                    ImmutableList.of(TupleDomain.all()),
                    true,
                    DateTimeZone.UTC,
                    new FileFormatDataSourceStats(),
                    config.options(),
                    Optional.empty(),
                    Optional.empty(),
                    1000,
                    OptionalLong.empty(),
                    MemoryContext.NO_LIMIT);
        }
    }
}
