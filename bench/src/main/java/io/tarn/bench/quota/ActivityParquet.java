package io.tarn.bench.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tarn.testdata.SampleObject;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static org.apache.parquet.hadoop.metadata.CompressionCodecName.SNAPPY;

/**
 * The sample lake's web log in Parquet.
 */
final class ActivityParquet
{
    private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            """
            message activity {
                optional binary ip_address (UTF8);
                optional binary username (UTF8);
                optional binary timestamp (UTF8);
                optional binary request (UTF8);
                optional int64 http;
                optional int64 bytes;
            }
            """);

    private ActivityParquet() {}

    /**
     * Writes one file with all rows of these objects, as often as is said.
     */
    static void write(List<SampleObject> activity, int times, Path file)
            throws IOException
    {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(SCHEMA)
                .withCompressionCodec(SNAPPY)
                .build()) {
            for (int time = 0; time < times; time++) {
                for (SampleObject object : activity) {
                    write(object, writer);
                }
            }
        }
    }

    private static void write(SampleObject object, ParquetWriter<Group> writer)
            throws IOException
    {
        try (InputStream lines = new GZIPInputStream(new ByteArrayInputStream(object.bytes()));
                MappingIterator<JsonNode> rows = JSON.readValues(lines)) {
            while (rows.hasNextValue()) {
                writer.write(group(rows.nextValue()));
            }
        }
    }

    private static Group group(JsonNode row)
    {
        Group group = new SimpleGroup(SCHEMA);
        for (String name : List.of("ip_address", "username", "timestamp", "request")) {
            group.add(name, row.get(name).asText());
        }
        for (String name : List.of("http", "bytes")) {
            group.add(name, row.get(name).asLong());
        }
        return group;
    }
}
