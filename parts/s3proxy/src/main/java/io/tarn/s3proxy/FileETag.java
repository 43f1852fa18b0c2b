package io.tarn.s3proxy;

import java.time.Instant;

/**
 * The entity tag of a file that was not stored over S3 and so has none written beside it: clients take one for
 * granted, as S3 gives every object one. It is another one once the file has another size or time.
 */
final class FileETag
{
    private FileETag() {}

    /**
     * Without quotes. Ends as the tag of an object of one part, so that no client takes it for the MD5 of the content.
     */
    static String of(long size, Instant modified)
    {
        return "%016x%016x-1".formatted(modified.toEpochMilli(), size);
    }

    static String quoted(long size, Instant modified)
    {
        return '"' + of(size, modified) + '"';
    }
}
