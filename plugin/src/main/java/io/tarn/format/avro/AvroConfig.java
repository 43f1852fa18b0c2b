package io.tarn.format.avro;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.DataSize;
import io.airlift.units.MaxDataSize;
import io.airlift.units.MinDataSize;
import jakarta.validation.constraints.NotNull;

import java.time.ZoneId;
import java.time.ZoneOffset;

import static io.airlift.units.DataSize.Unit.MEGABYTE;

/**
 * How Avro files are read.
 */
public class AvroConfig
{
    private DataSize maxBlockSize = DataSize.of(64, MEGABYTE);
    private ZoneId timeZone = ZoneOffset.UTC;

    @NotNull
    @MinDataSize("64kB")
    @MaxDataSize("1GB")
    public DataSize getMaxBlockSize()
    {
        return maxBlockSize;
    }

    @Config("avro.max-block-size")
    @ConfigDescription("Largest header or block, compressed or not, that is read; a file with a larger one is refused")
    public AvroConfig setMaxBlockSize(DataSize maxBlockSize)
    {
        this.maxBlockSize = maxBlockSize;
        return this;
    }

    @NotNull
    public String getTimeZone()
    {
        return timeZone.getId();
    }

    @Config("avro.time-zone")
    @ConfigDescription("Zone in which timestamps are shown of files that do not name the zone of their writer")
    public AvroConfig setTimeZone(String timeZone)
    {
        this.timeZone = ZoneId.of(timeZone);
        return this;
    }

    ZoneId zone()
    {
        return timeZone;
    }
}
