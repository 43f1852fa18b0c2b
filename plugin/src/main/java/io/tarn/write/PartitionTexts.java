package io.tarn.write;

import io.tarn.partition.PartitionKey;
import io.trino.spi.Page;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.trino.metastore.Partitions.HIVE_DEFAULT_DYNAMIC_PARTITION;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.Decimals.readBigDecimal;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static java.lang.Math.floorDiv;
import static java.lang.Math.floorMod;
import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;

/**
 * The values of partition keys as the catalogue has them; the inverse of {@link io.tarn.partition.PartitionValues}.
 */
public final class PartitionTexts
{
    // Hive always writes a fraction
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(NANO_OF_SECOND, 1, 9, true)
            .toFormatter();

    private PartitionTexts() {}

    /**
     * Whether values of the type can be told from the name of a folder.
     */
    public static boolean isKeyType(Type type)
    {
        return type instanceof VarcharType || type instanceof CharType || type instanceof DecimalType ||
                List.of(BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DATE, TIMESTAMP_MILLIS).contains(type);
    }

    /**
     * @param channels of the keys in the page, in the keys' order
     * @throws TrinoException {@code TARN_CANNOT_WRITE} for a value that would be read as another one
     */
    static List<String> texts(SchemaTableName table, List<PartitionKey> keys, int[] channels, Page page, int position)
    {
        List<String> texts = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            texts.add(text(table, keys.get(i), page.getBlock(channels[i]), position));
        }
        return texts;
    }

    private static String text(SchemaTableName table, PartitionKey key, Block block, int position)
    {
        if (block.isNull(position)) {
            return HIVE_DEFAULT_DYNAMIC_PARTITION;
        }
        String text = text(key.type(), block, position);
        if (text.isEmpty() || text.equals(HIVE_DEFAULT_DYNAMIC_PARTITION)) {
            throw new TrinoException(TARN_CANNOT_WRITE, "Partition key '%s' of table %s cannot have the value '%s': Hive reads it as NULL. Write NULL instead, for instance with nullif(%s, '%s')."
                    .formatted(key.name(), table, text, key.name(), text));
        }
        return text;
    }

    private static String text(Type type, Block block, int position)
    {
        if (type instanceof VarcharType || type instanceof CharType) {
            return type.getSlice(block, position).toStringUtf8();
        }
        if (type instanceof DecimalType decimal) {
            BigDecimal value = readBigDecimal(decimal, block, position);
            // as Hive: 1.50 and 1.5 are one partition
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }
        if (type.equals(BOOLEAN)) {
            return Boolean.toString(BOOLEAN.getBoolean(block, position));
        }
        if (type.equals(REAL)) {
            return Float.toString(REAL.getFloat(block, position));
        }
        if (type.equals(DOUBLE)) {
            return Double.toString(DOUBLE.getDouble(block, position));
        }
        if (type.equals(DATE)) {
            return LocalDate.ofEpochDay(DATE.getInt(block, position)).toString();
        }
        if (type.equals(TIMESTAMP_MILLIS)) {
            long micros = TIMESTAMP_MILLIS.getLong(block, position);
            return LocalDateTime.ofEpochSecond(floorDiv(micros, 1_000_000), (int) floorMod(micros, 1_000_000) * 1000, UTC).format(TIMESTAMP);
        }
        return Long.toString(type.getLong(block, position));
    }
}
