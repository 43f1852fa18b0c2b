package io.tarn.testdata;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * Writes rows with {@code parquet-hadoop}, into memory.
 */
final class ParquetSample
{
    /**
     * Small, so that a small file has several row groups, and a row group several pages.
     */
    static final int ROW_GROUP_ROWS = 40;
    private static final int PAGE_ROWS = 10;

    private ParquetSample() {}

    static byte[] write(MessageType schema, List<List<Object>> rows, CompressionCodecName codec)
    {
        MemoryOutputFile file = new MemoryOutputFile();
        try (ParquetWriter<List<Object>> writer = new Builder(file, schema)
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(codec)
                .withRowGroupRowCountLimit(ROW_GROUP_ROWS)
                .withPageRowCountLimit(PAGE_ROWS)
                .withBloomFilterEnabled("t_varchar", schema.containsField("t_varchar"))
                .withBloomFilterNDV("t_varchar", ROW_GROUP_ROWS)
                .build()) {
            for (List<Object> row : rows) {
                writer.write(row);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.bytes();
    }

    private static class Builder
            extends ParquetWriter.Builder<List<Object>, Builder>
    {
        private final MessageType schema;

        private Builder(OutputFile file, MessageType schema)
        {
            super(file);
            this.schema = requireNonNull(schema, "schema is null");
        }

        @Override
        protected Builder self()
        {
            return this;
        }

        @Override
        @Deprecated
        protected WriteSupport<List<Object>> getWriteSupport(Configuration configuration)
        {
            return new RowSupport(schema);
        }

        @Override
        protected WriteSupport<List<Object>> getWriteSupport(ParquetConfiguration configuration)
        {
            return new RowSupport(schema);
        }
    }

    private static class RowSupport
            extends WriteSupport<List<Object>>
    {
        private final MessageType schema;
        private ParquetRow row;

        private RowSupport(MessageType schema)
        {
            this.schema = requireNonNull(schema, "schema is null");
        }

        @Override
        @Deprecated
        public WriteContext init(Configuration configuration)
        {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration)
        {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer)
        {
            row = new ParquetRow(schema, consumer);
        }

        @Override
        public void write(List<Object> values)
        {
            row.write(values);
        }
    }
}
