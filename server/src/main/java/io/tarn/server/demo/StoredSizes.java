package io.tarn.server.demo;

import java.util.List;

/**
 * How large the objects of the lake are.
 */
@FunctionalInterface
interface StoredSizes
{
    /**
     * Bytes of each object below a folder of the lake's bucket.
     */
    List<Long> below(String folder);
}
