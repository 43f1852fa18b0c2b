package io.tarn.athena.statement;

import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * What {@code STORED AS} says.
 */
public sealed interface StorageFormat
{
    /**
     * @param name in upper case, any word: whether there is such a format is not the grammar's matter
     */
    record Named(String name)
            implements StorageFormat
    {
        public Named
        {
            name = requireNonNull(name, "name is null").toUpperCase(Locale.ENGLISH);
        }
    }

    record Classes(String inputFormat, String outputFormat)
            implements StorageFormat
    {
        public Classes
        {
            requireNonNull(inputFormat, "inputFormat is null");
            requireNonNull(outputFormat, "outputFormat is null");
        }
    }
}
