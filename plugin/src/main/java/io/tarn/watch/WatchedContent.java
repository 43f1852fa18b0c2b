package io.tarn.watch;

import java.nio.file.Path;

/**
 * How a watched file is read, and spoken of.
 */
public interface WatchedContent<T>
{
    /**
     * What a person is told that the missing file holds, as {@code the groups and their users}.
     */
    String holds();

    /**
     * What a person is told when a broken version is not taken on, as {@code The groups before stay in force}.
     */
    String kept();

    /**
     * The largest file that is read.
     */
    int maximumMegabytes();

    /**
     * @param file for messages about what is legal and probably not meant
     * @throws IllegalArgumentException where the content is wrong; the message follows the name of the file, as
     *         {@code is empty}
     */
    T read(Path file, byte[] content);
}
