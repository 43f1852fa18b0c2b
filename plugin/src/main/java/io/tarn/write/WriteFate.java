package io.tarn.write;

/**
 * What has become of a write whose statement failed.
 */
public enum WriteFate
{
    /**
     * It is not part of the table and never will be.
     */
    GIVEN_UP,
    /**
     * It is part of the table: only the answer was lost.
     */
    PUBLISHED,
    /**
     * The table that it was to be part of was dropped, or never came into being.
     */
    TABLE_GONE,
}
