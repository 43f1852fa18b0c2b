package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;

import java.util.List;

/**
 * What a file says of itself.
 *
 * @param fileLength bytes of the file
 * @param footerLength bytes of the footer, without the eight that follow it
 * @param rowGroups in the order of the file
 */
public record ParquetFooter(long fileLength, int footerLength, List<ParquetRowGroup> rowGroups)
{
    public ParquetFooter
    {
        rowGroups = ImmutableList.copyOf(rowGroups);
    }
}
