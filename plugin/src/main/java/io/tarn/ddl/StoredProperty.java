package io.tarn.ddl;

import io.trino.spi.TrinoException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import static io.trino.spi.StandardErrorCode.INVALID_TABLE_PROPERTY;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * A property of one value that a table in the catalogue has under a key of Hive's.
 *
 * @param name in {@code WITH (…)}
 * @param key in the catalogue
 * @param inSerde whether the key stands among the SerDe's parameters; else among the table's
 * @param formats that the property is for; empty for all
 */
record StoredProperty(String name, String key, boolean inSerde, Set<String> formats, UnaryOperator<String> toStored)
{
    private static final Set<String> TEXT = Set.of("TEXTFILE");
    private static final Set<String> CSV = Set.of("CSV");
    private static final Set<String> LINES = Set.of("TEXTFILE", "CSV");

    // the order is that of SHOW CREATE TABLE
    static final List<StoredProperty> ALL = List.of(
            new StoredProperty(TableProperty.TEXTFILE_FIELD_SEPARATOR, "field.delim", true, TEXT, StoredProperty::character),
            new StoredProperty(TableProperty.TEXTFILE_FIELD_SEPARATOR_ESCAPE, "escape.delim", true, TEXT, StoredProperty::character),
            new StoredProperty(TableProperty.NULL_FORMAT, "serialization.null.format", true, TEXT, UnaryOperator.identity()),
            new StoredProperty(TableProperty.CSV_SEPARATOR, "separatorChar", true, CSV, StoredProperty::character),
            new StoredProperty(TableProperty.CSV_QUOTE, "quoteChar", true, CSV, StoredProperty::character),
            new StoredProperty(TableProperty.CSV_ESCAPE, "escapeChar", true, CSV, StoredProperty::character),
            new StoredProperty(TableProperty.SKIP_HEADER_LINE_COUNT, "skip.header.line.count", false, LINES, UnaryOperator.identity()),
            new StoredProperty(TableProperty.SKIP_FOOTER_LINE_COUNT, "skip.footer.line.count", false, LINES, UnaryOperator.identity()),
            new StoredProperty(TableProperty.AVRO_SCHEMA_URL, "avro.schema.url", false, Set.of("AVRO"), UnaryOperator.identity()),
            new StoredProperty(TableProperty.AVRO_SCHEMA_LITERAL, "avro.schema.literal", false, Set.of("AVRO"), UnaryOperator.identity()),
            new StoredProperty(TableProperty.ION_ENCODING, "ion.encoding", true, Set.of("ION"), encoding -> encoding.toUpperCase(ENGLISH)),
            new StoredProperty(TableProperty.ORC_BLOOM_FILTER_FPP, "orc.bloom.filter.fpp", false, Set.of("ORC"), UnaryOperator.identity()),
            new StoredProperty(TableProperty.REGEX, "input.regex", true, Set.of("REGEX"), UnaryOperator.identity()),
            new StoredProperty(TableProperty.REGEX_CASE_INSENSITIVE, "input.regex.case.insensitive", true, Set.of("REGEX"), UnaryOperator.identity()),
            new StoredProperty(TableProperty.COMPRESSION_LEVEL, "compression_level", false, Set.of(), UnaryOperator.identity()),
            new StoredProperty(TableProperty.AUTO_PURGE, "auto.purge", false, Set.of(), UnaryOperator.identity()));

    StoredProperty
    {
        requireNonNull(name, "name is null");
        requireNonNull(key, "key is null");
        formats = Set.copyOf(formats);
        requireNonNull(toStored, "toStored is null");
    }

    Optional<String> stored(Map<String, Object> properties, String format)
    {
        Object value = properties.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!formats.isEmpty() && !formats.contains(format)) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "Cannot specify table property '%s' for a table of format %s: it is for %s".formatted(name, format, String.join(", ", formats.stream().sorted().toList())));
        }
        try {
            return Optional.of(toStored.apply(value.toString()));
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "Table property '%s' is '%s': %s".formatted(name, value, e.getMessage()), e);
        }
    }

    private static String character(String value)
    {
        if (value.length() != 1) {
            throw new IllegalArgumentException("it must be one character");
        }
        if (value.equals("\n") || value.equals("\r")) {
            throw new IllegalArgumentException("it must not be a line end");
        }
        return value;
    }
}
