package io.tarn.bucket;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of files that tell their bucket. Written are names as {@code 000003_0_…}, which Hive, Spark and Trino's
 * Hive connector write and recognise too.
 */
public final class BucketFileName
{
    private static final List<Pattern> PATTERNS = List.of(
            // Athena, and Presto of old
            Pattern.compile("\\d{8}_\\d{6}_\\d{5}_[a-z0-9]{5}_bucket-(\\d{1,9})(?:[-_.].*)?"),
            // Hive and all who write for it
            Pattern.compile("(\\d{1,9})_\\d+.*"),
            // Hive's transactional tables
            Pattern.compile("bucket_(\\d{1,9})(?:_\\d+)?"));

    private BucketFileName() {}

    /**
     * What the name of a file of this bucket begins with.
     */
    public static String prefix(int bucket)
    {
        return "%06d_0_".formatted(bucket);
    }

    /**
     * @return empty where the name does not tell a bucket of so many
     */
    public static OptionalInt bucket(String fileName, int count)
    {
        for (Pattern pattern : PATTERNS) {
            Matcher matcher = pattern.matcher(fileName);
            if (matcher.matches()) {
                int bucket = Integer.parseInt(matcher.group(1));
                return bucket < count ? OptionalInt.of(bucket) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }
}
