package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.tarn.format.ColumnDetails;
import io.tarn.format.FileColumn;
import io.tarn.format.FileDetails;
import io.tarn.format.FileRead;
import io.tarn.format.parquet.ParquetFooters.FetchedFooter;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.metadata.BlockMetadata;
import io.trino.parquet.metadata.ColumnChunkMetadata;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a footer tells people.
 */
final class ParquetDetails
{
    private ParquetDetails() {}

    /**
     * @throws io.trino.spi.TrinoException as {@link ParquetFormat#open} throws it
     */
    static FileDetails describe(FileRead read, ParquetFooters footers, ParquetReaderOptions options, boolean byName)
    {
        ParquetErrors errors = new ParquetErrors(read.slice().location(), read.slice().fileLength());
        FetchedFooter fetched = footers.fetch(read.fileSystem(), read.slice(), options, errors);
        Footer footer = fetched.footer();
        try {
            List<BlockMetadata> rowGroups = footer.metadata().getBlocks();
            long rows = 0;
            Set<String> codecs = new TreeSet<>();
            for (BlockMetadata rowGroup : rowGroups) {
                rows = Math.addExact(rows, rowGroup.rowCount());
                rowGroup.columns().forEach(chunk -> codecs.add(chunk.getCodec().name()));
            }
            return new FileDetails(
                    rows,
                    rowGroups.size(),
                    codecs.isEmpty() ? Optional.empty() : Optional.of(String.join(",", codecs)),
                    columns(read.columns(), new FileColumns(footer.schema(), byName, errors), rowGroups),
                    fetched.bytesRead());
        }
        catch (IOException | RuntimeException e) {
            throw errors.reading(Optional.empty(), e);
        }
    }

    private static List<ColumnDetails> columns(List<FileColumn> columns, FileColumns fileColumns, List<BlockMetadata> rowGroups)
    {
        Map<String, String> tableNames = new HashMap<>();
        for (FileColumn column : columns) {
            fileColumns.base(column).ifPresent(base -> tableNames.putIfAbsent(base.getName(), column.name()));
        }
        Map<List<String>, ChunkStatistics> leaves = new LinkedHashMap<>();
        for (BlockMetadata rowGroup : rowGroups) {
            for (ColumnChunkMetadata chunk : rowGroup.columns()) {
                String[] path = chunk.getPath().toArray();
                if (tableNames.containsKey(path[0])) {
                    leaves.computeIfAbsent(List.of(path), _ -> new ChunkStatistics(chunk.getPrimitiveType())).add(chunk);
                }
            }
        }
        ImmutableList.Builder<ColumnDetails> details = ImmutableList.builder();
        leaves.forEach((path, statistics) -> {
            StringBuilder name = new StringBuilder(tableNames.get(path.getFirst()));
            path.subList(1, path.size()).forEach(step -> name.append('.').append(step));
            details.add(statistics.details(name.toString()));
        });
        return details.build();
    }
}
