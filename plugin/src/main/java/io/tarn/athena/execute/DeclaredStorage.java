package io.tarn.athena.execute;

import com.google.common.collect.ImmutableMap;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.RowFormat;
import io.tarn.athena.statement.StorageFormat.Classes;
import io.tarn.athena.statement.StorageFormat.Named;
import io.trino.metastore.StorageFormat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static java.util.Objects.requireNonNull;

/**
 * How a table's files are read, by what {@code ROW FORMAT}, {@code STORED AS} and {@code SERDEPROPERTIES} say, with
 * Hive's defaults.
 */
record DeclaredStorage(StorageFormat format, Map<String, String> serdeParameters)
{
    static final String SERIALIZATION_FORMAT = "serialization.format";
    static final String DEFAULT_SERIALIZATION_FORMAT = "1";
    static final String FIELD_DELIMITER = "field.delim";
    static final String ESCAPE = "escape.delim";
    static final String COLLECTION_DELIMITER = "collection.delim";
    static final String MAP_KEY_DELIMITER = "mapkey.delim";
    static final String LINE_DELIMITER = "line.delim";
    static final String NULL_FORMAT = "serialization.null.format";

    DeclaredStorage
    {
        requireNonNull(format, "format is null");
        serdeParameters = ImmutableMap.copyOf(serdeParameters);
    }

    /**
     * @throws io.trino.spi.TrinoException {@code TARN_STATEMENT_REFUSED} for a format that Athena does not have
     */
    static DeclaredStorage of(CreateTable statement)
    {
        StorageFormat format = statement.storageFormat()
                .map(declared -> switch (declared) {
                    case Named named -> StorageClasses.named(named.name());
                    case Classes classes -> StorageFormat.create(LAZY_SIMPLE_SERDE_CLASS, classes.inputFormat(), classes.outputFormat());
                })
                .orElse(StorageClasses.TEXTFILE);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(SERIALIZATION_FORMAT, DEFAULT_SERIALIZATION_FORMAT);
        if (statement.rowFormat().isPresent()) {
            switch (statement.rowFormat().get()) {
                case RowFormat.Serde serde -> format = StorageFormat.create(serde.className(), format.getInputFormat(), format.getOutputFormat());
                case RowFormat.Delimited delimited -> putDelimiters(delimited, parameters);
            }
        }
        parameters.putAll(statement.serdeProperties());
        return new DeclaredStorage(format, parameters);
    }

    private static void putDelimiters(RowFormat.Delimited delimited, Map<String, String> parameters)
    {
        delimited.fieldsTerminatedBy().ifPresent(delimiter -> {
            parameters.put(SERIALIZATION_FORMAT, delimiter);
            parameters.put(FIELD_DELIMITER, delimiter);
        });
        put(parameters, ESCAPE, delimited.escapedBy());
        put(parameters, COLLECTION_DELIMITER, delimited.collectionItemsTerminatedBy());
        put(parameters, MAP_KEY_DELIMITER, delimited.mapKeysTerminatedBy());
        put(parameters, LINE_DELIMITER, delimited.linesTerminatedBy());
        put(parameters, NULL_FORMAT, delimited.nullDefinedAs());
    }

    private static void put(Map<String, String> parameters, String key, Optional<String> value)
    {
        value.ifPresent(text -> parameters.put(key, text));
    }
}
