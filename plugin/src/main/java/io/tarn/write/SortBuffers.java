package io.tarn.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The room that the sorted files of one writer share for the rows that are not written yet.
 */
final class SortBuffers
{
    private final long maxBytes;
    private final List<SortedFiles> files = new ArrayList<>();

    SortBuffers(long maxBytes)
    {
        this.maxBytes = maxBytes;
    }

    void add(SortedFiles sorted)
    {
        files.add(sorted);
    }

    /**
     * Lets those be written that hold most, which makes the fewest files.
     */
    void makeRoom()
    {
        while (files.stream().mapToLong(SortedFiles::heldBytes).sum() > maxBytes) {
            files.stream().max(Comparator.comparingLong(SortedFiles::heldBytes)).orElseThrow().flush();
        }
    }
}
