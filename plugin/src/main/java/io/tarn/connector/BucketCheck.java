package io.tarn.connector;

import io.tarn.bucket.Bucketing;
import io.tarn.bucket.RowHash;
import io.tarn.scan.ScanUnit;
import io.trino.spi.Page;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SourcePage;

import java.util.List;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static java.util.Objects.requireNonNull;

/**
 * Looks at some of a file's rows, whether they are in the bucket that its name says: where they are not, queries that
 * read only some buckets would miss rows.
 */
final class BucketCheck
{
    // a prime, so that no pattern of the rows hides what is wrong
    private static final int STRIDE = 97;

    private final SchemaTableName table;
    private final RowHash hash;
    private final int count;
    private final int[] channels;
    private final ScanUnit unit;

    private BucketCheck(SchemaTableName table, Bucketing bucketing, int[] channels, ScanUnit unit)
    {
        this.table = requireNonNull(table, "table is null");
        this.hash = bucketing.hash();
        this.count = bucketing.count();
        this.channels = requireNonNull(channels, "channels is null");
        this.unit = requireNonNull(unit, "unit is null");
    }

    /**
     * @param columns of the pages
     * @return empty where the file's name tells no bucket, or the columns are not read that tell a row's
     */
    static Optional<BucketCheck> of(TarnTableHandle table, List<TarnColumnHandle> columns, ScanUnit unit)
    {
        if (table.bucketing().isEmpty() || unit.bucket().isEmpty()) {
            return Optional.empty();
        }
        Bucketing bucketing = table.bucketing().get();
        int[] channels = bucketing.columns().stream().mapToInt(name -> channel(columns, name)).toArray();
        for (int channel : channels) {
            if (channel < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new BucketCheck(table.name(), bucketing, channels, unit));
    }

    private static int channel(List<TarnColumnHandle> columns, String name)
    {
        for (int channel = 0; channel < columns.size(); channel++) {
            TarnColumnHandle column = columns.get(channel);
            if (column.kind() == TarnColumnHandle.Kind.DATA && column.path().isEmpty() && column.name().equals(name)) {
                return channel;
            }
        }
        return -1;
    }

    /**
     * @throws TrinoException {@code TARN_BAD_DATA} for a row of another bucket
     */
    void check(SourcePage page)
    {
        Block[] blocks = new Block[channels.length];
        for (int i = 0; i < channels.length; i++) {
            blocks[i] = page.getBlock(channels[i]);
        }
        Page columns = new Page(page.getPositionCount(), blocks);
        for (int position = 0; position < page.getPositionCount(); position += STRIDE) {
            int bucket = RowHash.bucket(hash.hash(columns, position), count);
            if (bucket != unit.bucket().getAsInt()) {
                throw new TrinoException(TARN_BAD_DATA, "File %s is of bucket %s of table %s, but row %s of a page of it is of bucket %s. With the session properties validate_bucketing = false and bucket_execution_enabled = false it can be read, and ALTER TABLE … EXECUTE optimize puts its rows where they belong."
                        .formatted(unit.location(), unit.bucket().getAsInt(), table, position + 1, bucket));
            }
        }
    }
}
