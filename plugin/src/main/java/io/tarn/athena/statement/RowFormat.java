package io.tarn.athena.statement;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How a row is laid out in a file. The properties of {@code WITH SERDEPROPERTIES} are the table's, since they are
 * written with either kind, or with none.
 */
public sealed interface RowFormat
{
    /**
     * @param className as it was written
     */
    record Serde(String className)
            implements RowFormat
    {
        public Serde
        {
            requireNonNull(className, "className is null");
        }
    }

    /**
     * {@code ROW FORMAT DELIMITED}: what is empty was not written. The texts are unescaped ({@code '\001'} is one
     * character), and otherwise as written: {@code '1'} stays a digit, and the reader decides what it means.
     */
    record Delimited(
            Optional<String> fieldsTerminatedBy,
            Optional<String> escapedBy,
            Optional<String> collectionItemsTerminatedBy,
            Optional<String> mapKeysTerminatedBy,
            Optional<String> linesTerminatedBy,
            Optional<String> nullDefinedAs)
            implements RowFormat
    {
        public Delimited
        {
            requireNonNull(fieldsTerminatedBy, "fieldsTerminatedBy is null");
            requireNonNull(escapedBy, "escapedBy is null");
            requireNonNull(collectionItemsTerminatedBy, "collectionItemsTerminatedBy is null");
            requireNonNull(mapKeysTerminatedBy, "mapKeysTerminatedBy is null");
            requireNonNull(linesTerminatedBy, "linesTerminatedBy is null");
            requireNonNull(nullDefinedAs, "nullDefinedAs is null");
        }
    }
}
