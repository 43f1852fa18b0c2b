package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.connector.TarnColumnHandle.Kind;
import io.tarn.format.ReadLimit;
import io.trino.metastore.HiveType;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import static io.trino.spi.type.BigintType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

final class TestScanPredicate
{
    private static final TarnColumnHandle COLUMN = new TarnColumnHandle(Kind.DATA, "n", 0, ImmutableList.of(), HiveType.HIVE_LONG, BIGINT);
    private static final int THRESHOLD = 5;

    @Test
    void itIsNeverWiderThanWhatItsCostWasToldOf()
    {
        TarnTableHandle table = table().withConstraints(TupleDomain.all(), values(1, 2, 3, 100));
        TupleDomain<TarnColumnHandle> told = ScanPredicate.of(table, THRESHOLD);
        assertThat(told).isEqualTo(values(1, 2, 3, 100));
        for (TupleDomain<TarnColumnHandle> dynamicFilter : List.of(TupleDomain.<TarnColumnHandle>all(), values(2, 7), values(1, 3, 50, 60, 70, 80, 100), values(LongStream.range(0, 1000).toArray()))) {
            TupleDomain<TarnColumnHandle> read = ScanPredicate.of(table, dynamicFilter.transformKeys(ColumnHandle.class::cast), THRESHOLD);
            assertThat(told.contains(read)).isTrue();
            assertThat(read.overlaps(dynamicFilter)).isTrue();
        }
        assertThat(ScanPredicate.of(table, values(2, 7).transformKeys(ColumnHandle.class::cast), THRESHOLD)).isEqualTo(values(2));
        assertThat(ScanPredicate.of(table, values(4).transformKeys(ColumnHandle.class::cast), THRESHOLD).isNone()).isTrue();
    }

    @Test
    void aLargeFilterIsWidened()
    {
        TarnTableHandle table = table().withConstraints(TupleDomain.all(), values(LongStream.range(0, 100).map(value -> 3 * value).toArray()));
        assertThat(ScanPredicate.of(table, THRESHOLD).getDomains().orElseThrow().get(COLUMN).getValues().getRanges().getRangeCount()).isEqualTo(1);
    }

    @Test
    void underALimitAnyRowsAreEnough()
    {
        TarnTableHandle table = table().withLimit(7);
        assertThat(ScanPredicate.of(table, values(4).transformKeys(ColumnHandle.class::cast), THRESHOLD).isAll()).isTrue();
        assertThat(table.readLimit(true)).hasValue(new ReadLimit(7, true));
        assertThat(table.readLimit(false)).hasValue(new ReadLimit(7, false));
        assertThat(table.withConstraints(TupleDomain.all(), values(4)).readLimit(true)).isEmpty();
        assertThat(table().readLimit(true)).isEmpty();
    }

    private static TarnTableHandle table()
    {
        return TarnTableHandle.of(new SchemaTableName("tests", "numbers"), List.of(), Optional.empty());
    }

    private static TupleDomain<TarnColumnHandle> values(long... values)
    {
        return TupleDomain.withColumnDomains(Map.of(COLUMN, Domain.multipleValues(BIGINT, LongStream.of(values).boxed().toList())));
    }
}
