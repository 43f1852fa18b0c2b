package io.tarn.bucket;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Which of Hive's two hashes says to which bucket a row belongs.
 */
public enum BucketingVersion
{
    /**
     * Java's hash codes; of Hive 1 and 2, and of every table that names no version.
     */
    V1(1),
    /**
     * Murmur; what Hive 3 declares for the tables that it creates.
     */
    V2(2);

    /**
     * The parameter of a table that names the version.
     */
    public static final String KEY = "bucketing_version";

    private final int number;

    BucketingVersion(int number)
    {
        this.number = number;
    }

    public int number()
    {
        return number;
    }

    /**
     * @return empty for a number that is no version
     */
    public static Optional<BucketingVersion> of(int number)
    {
        return Arrays.stream(values()).filter(version -> version.number == number).findFirst();
    }

    /**
     * The version that a table's parameters name, {@link #V1} where they name none; empty where it is unknown.
     */
    public static Optional<BucketingVersion> of(Map<String, String> parameters)
    {
        String text = parameters.getOrDefault(KEY, "1").strip();
        return Arrays.stream(values()).filter(version -> Integer.toString(version.number).equals(text)).findFirst();
    }
}
