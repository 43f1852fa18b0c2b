package io.tarn.athena.execute;

import com.google.common.collect.ImmutableMap;
import io.trino.metastore.StorageFormat;
import io.trino.spi.TrinoException;

import java.util.Map;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;

/**
 * The SerDes and formats that the names after {@code STORED AS} stand for.
 */
final class StorageClasses
{
    static final String LAZY_SIMPLE_SERDE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";

    static final StorageFormat TEXTFILE = StorageFormat.create(
            LAZY_SIMPLE_SERDE,
            "org.apache.hadoop.mapred.TextInputFormat",
            "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");

    private static final Map<String, StorageFormat> NAMED = ImmutableMap.<String, StorageFormat>builder()
            .put("TEXTFILE", TEXTFILE)
            .put("SEQUENCEFILE", StorageFormat.create(
                    LAZY_SIMPLE_SERDE,
                    "org.apache.hadoop.mapred.SequenceFileInputFormat",
                    "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat"))
            .put("RCFILE", StorageFormat.create(
                    "org.apache.hadoop.hive.serde2.columnar.LazyBinaryColumnarSerDe",
                    "org.apache.hadoop.hive.ql.io.RCFileInputFormat",
                    "org.apache.hadoop.hive.ql.io.RCFileOutputFormat"))
            .put("ORC", StorageFormat.create(
                    "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
                    "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
                    "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat"))
            .put("PARQUET", StorageFormat.create(
                    "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"))
            .put("AVRO", StorageFormat.create(
                    "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
                    "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
                    "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat"))
            .put("ION", StorageFormat.create(
                    "com.amazon.ionhiveserde.IonHiveSerDe",
                    "com.amazon.ionhiveserde.formats.IonInputFormat",
                    "com.amazon.ionhiveserde.formats.IonOutputFormat"))
            .buildOrThrow();

    private StorageClasses() {}

    /**
     * @param name in upper case
     * @throws TrinoException {@code TARN_STATEMENT_REFUSED} for another name
     */
    static StorageFormat named(String name)
    {
        StorageFormat format = NAMED.get(name);
        if (format == null) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "STORED AS %s is none of Athena's formats: use one of %s, or INPUTFORMAT and OUTPUTFORMAT with the names of their classes".formatted(name, String.join(", ", NAMED.keySet())));
        }
        return format;
    }
}
