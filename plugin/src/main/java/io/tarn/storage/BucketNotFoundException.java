package io.tarn.storage;

import java.io.FileNotFoundException;

/**
 * The bucket itself is missing, not merely a key in it.
 */
public class BucketNotFoundException
        extends FileNotFoundException
{
    private final String bucket;

    public BucketNotFoundException(String bucket)
    {
        super("Bucket does not exist: " + bucket);
        this.bucket = bucket;
    }

    public String bucket()
    {
        return bucket;
    }
}
