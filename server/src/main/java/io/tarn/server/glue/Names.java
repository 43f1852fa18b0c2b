package io.tarn.server.glue;

import io.tarn.server.aws.AwsException;

import static java.util.Locale.ENGLISH;

/**
 * Names as the catalogue keeps them: Glue folds them to lower case, for Hive.
 */
final class Names
{
    private Names() {}

    /**
     * @param path of the member, as AWS writes it: {@code tableInput.name}
     */
    static String folded(String name, String path)
    {
        return required(name, path).toLowerCase(ENGLISH);
    }

    static <T> T required(T value, String path)
    {
        if (value == null) {
            throw AwsException.validation(path, "Member must not be null");
        }
        return value;
    }
}
