package io.tarn.athena.execute;

import com.google.common.collect.ImmutableMap;
import io.trino.metastore.StorageFormat;
import io.trino.spi.TrinoException;

import java.util.Map;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static io.trino.hive.formats.HiveClassNames.AVRO_CONTAINER_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.AVRO_CONTAINER_OUTPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.AVRO_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.HIVE_IGNORE_KEY_OUTPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.HIVE_SEQUENCEFILE_OUTPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_BINARY_COLUMNAR_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.MAPRED_PARQUET_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.MAPRED_PARQUET_OUTPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.ORC_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.ORC_OUTPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.ORC_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.PARQUET_HIVE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.RCFILE_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.RCFILE_OUTPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.SEQUENCEFILE_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.TEXT_INPUT_FORMAT_CLASS;

/**
 * The SerDes and formats that the names after {@code STORED AS} stand for.
 */
final class StorageClasses
{
    static final StorageFormat TEXTFILE = StorageFormat.create(
            LAZY_SIMPLE_SERDE_CLASS,
            TEXT_INPUT_FORMAT_CLASS,
            HIVE_IGNORE_KEY_OUTPUT_FORMAT_CLASS);

    private static final StorageFormat ORC = StorageFormat.create(ORC_SERDE_CLASS, ORC_INPUT_FORMAT_CLASS, ORC_OUTPUT_FORMAT_CLASS);

    private static final StorageFormat PARQUET = StorageFormat.create(
            PARQUET_HIVE_SERDE_CLASS,
            MAPRED_PARQUET_INPUT_FORMAT_CLASS,
            MAPRED_PARQUET_OUTPUT_FORMAT_CLASS);

    private static final StorageFormat AVRO = StorageFormat.create(
            AVRO_SERDE_CLASS,
            AVRO_CONTAINER_INPUT_FORMAT_CLASS,
            AVRO_CONTAINER_OUTPUT_FORMAT_CLASS);

    // those that end in FILE are Hive's other names
    private static final Map<String, StorageFormat> NAMED = ImmutableMap.<String, StorageFormat>builder()
            .put("TEXTFILE", TEXTFILE)
            .put("SEQUENCEFILE", StorageFormat.create(
                    LAZY_SIMPLE_SERDE_CLASS,
                    SEQUENCEFILE_INPUT_FORMAT_CLASS,
                    HIVE_SEQUENCEFILE_OUTPUT_FORMAT_CLASS))
            .put("RCFILE", StorageFormat.create(
                    LAZY_BINARY_COLUMNAR_SERDE_CLASS,
                    RCFILE_INPUT_FORMAT_CLASS,
                    RCFILE_OUTPUT_FORMAT_CLASS))
            .put("ORC", ORC)
            .put("ORCFILE", ORC)
            .put("PARQUET", PARQUET)
            .put("PARQUETFILE", PARQUET)
            .put("AVRO", AVRO)
            .put("AVROFILE", AVRO)
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
