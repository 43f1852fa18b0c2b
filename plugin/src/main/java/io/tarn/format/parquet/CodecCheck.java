package io.tarn.format.parquet;

import io.trino.parquet.Column;
import io.trino.parquet.PrimitiveField;
import io.trino.parquet.reader.ParquetReader;
import io.trino.parquet.reader.RowGroupInfo;
import io.trino.spi.TrinoException;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import static com.google.common.collect.Sets.immutableEnumSet;

/**
 * Refuses codecs that the reader lacks when a file is opened, rather than at its first page.
 */
final class CodecCheck
{
    private static final Set<CompressionCodecName> UNSUPPORTED = immutableEnumSet(CompressionCodecName.BROTLI);

    private CodecCheck() {}

    /**
     * @throws TrinoException {@code TARN_CANNOT_OPEN_FILE} where a column to read is compressed with such a codec
     */
    static void check(List<RowGroupInfo> rowGroups, List<Column> columns, ParquetErrors errors)
            throws IOException
    {
        List<PrimitiveField> fields = ParquetReader.getPrimitiveFields(columns.stream().map(Column::field).toList());
        for (RowGroupInfo rowGroup : rowGroups) {
            for (PrimitiveField field : fields) {
                CompressionCodecName codec = rowGroup.prunedBlockMetadata().getColumnChunkMetaData(field.getDescriptor()).getCodec();
                if (UNSUPPORTED.contains(codec)) {
                    throw errors.unsupported(
                            "column '%s' is compressed with %s, which is not supported".formatted(String.join(".", field.getDescriptor().getPath()), codec),
                            "Write it with SNAPPY, ZSTD, GZIP or LZ4.");
                }
            }
        }
    }
}
