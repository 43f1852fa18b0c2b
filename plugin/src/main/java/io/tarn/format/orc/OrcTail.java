package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import io.trino.orc.metadata.ColumnMetadata;
import io.trino.orc.metadata.CompressionKind;
import io.trino.orc.metadata.OrcType;
import io.trino.orc.metadata.PostScript.HiveWriterVersion;
import io.trino.orc.metadata.statistics.ColumnStatistics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static java.util.Objects.requireNonNull;

/**
 * What the end of a file says about the whole; checked, so that nothing in it points outside the file.
 *
 * @param bufferSize bytes of a compressed chunk when it is decompressed, at most
 * @param statistics of the file's columns, one for each of {@code types}
 * @param stripes in the order in which they lie in the file, those without rows left out
 * @param rowsInRowGroup empty where the file has no row indexes
 * @param size bytes of the file's end that were fetched for this
 * @param fetched bytes that were fetched for this altogether
 */
record OrcTail(
        CompressionKind compression,
        int bufferSize,
        HiveWriterVersion writerVersion,
        ColumnMetadata<OrcType> types,
        long rows,
        Optional<ColumnMetadata<ColumnStatistics>> statistics,
        List<OrcStripe> stripes,
        OptionalInt rowsInRowGroup,
        long size,
        long fetched)
{
    private static final int BYTES_OF_A_TYPE = 250;
    private static final int BYTES_OF_STATISTICS = 200;

    OrcTail
    {
        requireNonNull(compression, "compression is null");
        requireNonNull(writerVersion, "writerVersion is null");
        requireNonNull(types, "types is null");
        requireNonNull(statistics, "statistics is null");
        stripes = ImmutableList.copyOf(stripes);
        requireNonNull(rowsInRowGroup, "rowsInRowGroup is null");
    }

    /**
     * About how much memory this takes, in bytes.
     */
    long retainedSize()
    {
        return types.size() * (BYTES_OF_A_TYPE + BYTES_OF_STATISTICS * (1L + stripes.size()));
    }
}
