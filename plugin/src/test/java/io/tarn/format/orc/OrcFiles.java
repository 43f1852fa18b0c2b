package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileFormat;
import io.tarn.format.FileSchema;
import io.tarn.format.FileStatistics;
import io.tarn.format.FileSummary;
import io.tarn.format.FileWrite;
import io.tarn.format.FormatFiles;
import io.tarn.format.FormatReading;
import io.tarn.format.ReadEstimate;
import io.trino.orc.OrcReaderOptions;
import io.trino.plugin.base.metrics.FileFormatDataSourceStats;
import io.trino.plugin.hive.HiveColumnHandle;
import io.trino.plugin.hive.Schema;
import io.trino.plugin.hive.orc.OrcPageSourceFactory;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.session.PropertyMetadata;
import io.trino.testing.TestingConnectorSession;
import org.joda.time.DateTimeZone;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static io.trino.plugin.hive.acid.AcidTransaction.NO_ACID_TRANSACTION;

/**
 * ORC files written by Tarn, read by Tarn and by the Hive connector.
 */
final class OrcFiles
        extends FormatFiles
{
    OrcFiles(Path directory)
    {
        super(directory);
    }

    FileSummary write(String name, List<FileColumn> columns, FileCodec codec, OrcWriteConfig config, Map<String, String> properties, Page... pages)
    {
        return write(new OrcFormatWriter(config).create(request(name, columns, codec, config, properties)), pages);
    }

    FileWrite request(String name, List<FileColumn> columns, FileCodec codec, OrcWriteConfig config, Map<String, String> properties)
    {
        return new FileWrite(session(new OrcReadConfig(), config), fileSystem(), location(name), schema(columns, properties), codec, OptionalInt.empty());
    }

    static FileSchema schema(List<FileColumn> columns, Map<String, String> properties)
    {
        return schema(OrcFormat.SERDE, OrcFormat.INPUT_FORMAT, columns, properties);
    }

    static ConnectorSession session(OrcReadConfig readConfig, OrcWriteConfig writeConfig)
    {
        List<PropertyMetadata<?>> properties = ImmutableList.<PropertyMetadata<?>>builder()
                .addAll(new OrcSessionProperties(readConfig).getSessionProperties())
                .addAll(new OrcWriterSessionProperties(writeConfig).getSessionProperties())
                .build();
        return TestingConnectorSession.builder().setPropertyMetadata(properties).build();
    }

    Reading reading(String name, FileColumn... columns)
    {
        return new Reading(this, name, List.of(columns));
    }

    static final class Reading
            extends FormatReading<OrcReadConfig, Reading>
    {
        private Reading(OrcFiles files, String name, List<FileColumn> columns)
        {
            super(files, name, columns, new OrcReadConfig());
        }

        @Override
        protected Reading self()
        {
            return this;
        }

        @Override
        protected FileFormat format()
        {
            return new OrcFormat(config, new OrcTails(config));
        }

        ReadEstimate estimate(OrcTails tails, FileColumn... filterable)
        {
            return estimate(new OrcFormat(config, tails), filterable);
        }

        FileStatistics statistics(OrcTails tails)
        {
            return statistics(new OrcFormat(config, tails));
        }

        @Override
        protected ConnectorSession session()
        {
            return OrcFiles.session(config, new OrcWriteConfig());
        }

        @Override
        protected FileSchema schema()
        {
            return OrcFiles.schema(columns, properties);
        }

        @Override
        protected ConnectorPageSource openByPeer(List<HiveColumnHandle> handles)
        {
            return new OrcPageSourceFactory(new OrcReaderOptions(), _ -> files.fileSystem(), new FileFormatDataSourceStats(), DateTimeZone.UTC)
                    .createPageSource(
                            hiveSession(),
                            slice.location(),
                            slice.start(),
                            slice.length(),
                            slice.fileLength(),
                            0,
                            new Schema(OrcFormat.SERDE, false, ImmutableMap.of()),
                            handles,
                            TupleDomain.all(),
                            Optional.empty(),
                            OptionalInt.empty(),
                            false,
                            NO_ACID_TRANSACTION,
                            MemoryContext.NO_LIMIT)
                    .orElseThrow();
        }
    }
}
