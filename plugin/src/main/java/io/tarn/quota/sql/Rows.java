package io.tarn.quota.sql;

import io.airlift.slice.Slices;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.block.ArrayBlockBuilder;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Int128;
import io.trino.spi.type.TimeZoneKey;
import io.trino.spi.type.TimeZoneNotSupportedException;
import io.trino.spi.type.Type;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * Writes rows of the system tables, value after value in the order of the columns.
 */
final class Rows
{
    /**
     * Of prices, whose unscaled values are the billionths that policy and ledger count in.
     */
    static final DecimalType PRICE = createDecimalType(38, 9);
    static final ArrayType VARCHARS = new ArrayType(VARCHAR);

    private final PageBuilder page;
    private int column;

    Rows(List<Type> types)
    {
        page = new PageBuilder(types);
    }

    Rows row()
    {
        page.declarePosition();
        column = 0;
        return this;
    }

    Rows text(String value)
    {
        VARCHAR.writeSlice(next(), Slices.utf8Slice(value));
        return this;
    }

    Rows text(Optional<String> value)
    {
        return value.map(this::text).orElseGet(this::none);
    }

    Rows number(long value)
    {
        BIGINT.writeLong(next(), value);
        return this;
    }

    Rows number(OptionalLong value)
    {
        return value.isPresent() ? number(value.getAsLong()) : none();
    }

    Rows flag(boolean value)
    {
        BOOLEAN.writeBoolean(next(), value);
        return this;
    }

    /**
     * @param value billionths
     */
    Rows price(long value)
    {
        PRICE.writeObject(next(), Int128.valueOf(value));
        return this;
    }

    Rows price(OptionalLong value)
    {
        return value.isPresent() ? price(value.getAsLong()) : none();
    }

    Rows time(Instant value)
    {
        TIMESTAMP_TZ_MILLIS.writeLong(next(), packDateTimeWithZone(value.toEpochMilli(), UTC_KEY));
        return this;
    }

    Rows time(Optional<Instant> value)
    {
        return value.map(this::time).orElseGet(this::none);
    }

    Rows time(Instant value, ZoneId zone)
    {
        TIMESTAMP_TZ_MILLIS.writeLong(next(), packDateTimeWithZone(value.toEpochMilli(), zoneKey(zone)));
        return this;
    }

    Rows texts(Collection<String> values)
    {
        ((ArrayBlockBuilder) next()).buildEntry(element -> values.forEach(value -> VARCHAR.writeSlice(element, Slices.utf8Slice(value))));
        return this;
    }

    int count()
    {
        return page.getPositionCount();
    }

    /**
     * @return the rows since the page before
     */
    Page take()
    {
        Page taken = page.build();
        page.reset();
        return taken;
    }

    private Rows none()
    {
        next().appendNull();
        return this;
    }

    private BlockBuilder next()
    {
        return page.getBlockBuilder(column++);
    }

    private static TimeZoneKey zoneKey(ZoneId zone)
    {
        try {
            return TimeZoneKey.getTimeZoneKey(zone.getId());
        }
        catch (TimeZoneNotSupportedException e) {
            // Java knows more zones than Trino, which has no other way to show the same moment
            return UTC_KEY;
        }
    }
}
