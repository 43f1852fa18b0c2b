package io.tarn.writelog;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * The name of a file that Tarn wrote, which tells the write that it belongs to.
 *
 * @param logId of the table's {@link WriteLog}
 * @param sequence of the write in that log
 */
public record WriteFileName(String logId, long sequence)
{
    private static final Pattern PATTERN = Pattern.compile("[^/]*-w([0-9a-f]{12})-([0-9]{1,18})-[0-9a-f]{32}(\\.[^/]*)?");

    public WriteFileName
    {
        requireNonNull(logId, "logId is null");
    }

    /**
     * A name that no other file has.
     *
     * @param prefix what the name begins with, for those who look at the storage
     * @param extension with its dot; may be empty
     */
    public String unique(String prefix, String extension)
    {
        return "%s-w%s-%s-%s%s".formatted(prefix, logId, sequence, UUID.randomUUID().toString().replace("-", ""), extension);
    }

    /**
     * @return empty for a file that somebody else wrote
     */
    public static Optional<WriteFileName> of(String fileName)
    {
        // most names of others are told without the pattern
        if (!fileName.contains("-w")) {
            return Optional.empty();
        }
        Matcher matcher = PATTERN.matcher(fileName);
        return matcher.matches() ? Optional.of(new WriteFileName(matcher.group(1), Long.parseLong(matcher.group(2)))) : Optional.empty();
    }
}
