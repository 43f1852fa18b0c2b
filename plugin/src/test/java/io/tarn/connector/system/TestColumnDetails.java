package io.tarn.connector.system;

import io.tarn.format.ColumnChunkStatistics;
import io.tarn.format.FileColumn;
import io.tarn.format.RowGroupStatistics;
import io.trino.metastore.HiveType;
import io.trino.spi.type.Type;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static io.airlift.slice.Slices.utf8Slice;
import static io.airlift.slice.Slices.wrappedBuffer;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;

final class TestColumnDetails
{
    private static final FileColumn NUMBER = column(BIGINT, "bigint");

    @Test
    void testPartsAreAddedUp()
    {
        assertThat(ColumnDetails.of(NUMBER, List.of(part(10, 3, 5L, 9L), part(10, 10, null, null), part(10, 0, -7L, 8L), new RowGroupStatistics(0, Map.of(NUMBER, chunk(0, null, null))))))
                .isEqualTo(new ColumnDetails("c", Optional.of("-7"), Optional.of("9"), OptionalLong.of(13)));
    }

    @Test
    void testABoundThatOnePartDoesNotKnowIsUnknown()
    {
        assertThat(ColumnDetails.of(NUMBER, List.of(part(10, 3, 5L, 9L), part(10, 9, null, 20L))))
                .isEqualTo(new ColumnDetails("c", Optional.empty(), Optional.of("20"), OptionalLong.of(12)));
        assertThat(ColumnDetails.of(NUMBER, List.of(part(10, 3, 5L, 9L), part(10, -1, null, null))))
                .isEqualTo(new ColumnDetails("c", Optional.empty(), Optional.empty(), OptionalLong.empty()));
        assertThat(ColumnDetails.of(NUMBER, List.of(part(10, 3, 5L, 9L), new RowGroupStatistics(10, Map.of()))))
                .isEqualTo(new ColumnDetails("c", Optional.empty(), Optional.empty(), OptionalLong.empty()));
        assertThat(ColumnDetails.of(NUMBER, List.of(part(10, 10, null, null))))
                .isEqualTo(new ColumnDetails("c", Optional.empty(), Optional.empty(), OptionalLong.of(10)));
    }

    @Test
    void testBoundsAsText()
    {
        assertText(VARCHAR, "string", utf8Slice("täxt"), "täxt");
        assertText(VARBINARY, "binary", wrappedBuffer((byte) 0x0A, (byte) 0xFF), "0x0AFF");
        assertText(DATE, "date", 365L, "1971-01-01");
        assertText(DOUBLE, "double", 1.5, "1.5");
        assertText(createDecimalType(9, 2), "decimal(9,2)", 123L, "1.23");
        assertText(TIMESTAMP_MILLIS, "timestamp", 1_001_000L, "1970-01-01 00:00:01.001");
    }

    private static void assertText(Type type, String hiveType, Object value, String text)
    {
        FileColumn column = column(type, hiveType);
        RowGroupStatistics part = new RowGroupStatistics(1, Map.of(column, chunk(0, value, value)));
        assertThat(ColumnDetails.of(column, List.of(part))).isEqualTo(new ColumnDetails("c", Optional.of(text), Optional.of(text), OptionalLong.of(0)));
    }

    private static FileColumn column(Type type, String hiveType)
    {
        return new FileColumn("c", 0, List.of(), HiveType.valueOf(hiveType), type);
    }

    private static RowGroupStatistics part(long rows, long nulls, Object min, Object max)
    {
        return new RowGroupStatistics(rows, Map.of(NUMBER, chunk(nulls, min, max)));
    }

    private static ColumnChunkStatistics chunk(long nulls, Object min, Object max)
    {
        return new ColumnChunkStatistics(nulls < 0 ? OptionalLong.empty() : OptionalLong.of(nulls), Optional.ofNullable(min), Optional.ofNullable(max), Optional.empty(), OptionalDouble.empty());
    }
}
