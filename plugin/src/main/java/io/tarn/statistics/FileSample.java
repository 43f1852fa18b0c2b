package io.tarn.statistics;

import com.google.common.collect.ImmutableList;
import io.tarn.scan.ScanGroup;
import io.tarn.scan.ScanUnit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Files spread evenly over a listing.
 *
 * @param files in the order of the listing
 * @param listedFiles how many there are
 * @param listedBytes of all of them
 */
record FileSample(List<SampledFile> files, long listedFiles, long listedBytes)
{
    FileSample
    {
        files = ImmutableList.copyOf(files);
    }

    /**
     * @param size how many files are chosen at the most
     * @param maxListed after how many files the listing is not followed further
     */
    static FileSample of(Iterator<ScanGroup> groups, int size, long maxListed)
    {
        // of a listing of unknown length every stride-th is kept; when too many are, every other goes
        List<SampledFile> kept = new ArrayList<>();
        SampledFile last = null;
        long stride = 1;
        long files = 0;
        long bytes = 0;
        while (groups.hasNext() && files < maxListed) {
            ScanGroup group = groups.next();
            for (ScanUnit unit : group.units()) {
                if (unit.start() != 0) {
                    continue;
                }
                last = SampledFile.of(group, unit);
                if (files % stride == 0) {
                    kept.add(last);
                }
                files++;
                bytes += unit.fileLength();
                if (kept.size() >= 8 * size) {
                    for (int i = kept.size() - 1; i > 0; i -= 2) {
                        kept.remove(i);
                    }
                    stride *= 2;
                }
            }
        }
        return new FileSample(spread(kept, last, size), files, bytes);
    }

    private static List<SampledFile> spread(List<SampledFile> kept, SampledFile last, int size)
    {
        if (kept.size() <= size) {
            return kept;
        }
        List<SampledFile> spread = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            spread.add(kept.get((int) ((long) i * kept.size() / size)));
        }
        if (size > 1) {
            // ends of a listing are often ends of a range
            spread.set(size - 1, last);
        }
        return spread;
    }
}
