package io.tarn.format.line.source;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.DataSize;
import io.airlift.units.MaxDataSize;
import io.airlift.units.MinDataSize;
import jakarta.validation.constraints.NotNull;

import static io.airlift.units.DataSize.Unit.MEGABYTE;

public class LineConfig
{
    // Athena's own limit on a row
    private DataSize maxLineLength = DataSize.of(32, MEGABYTE);

    @NotNull
    @MinDataSize("1kB")
    @MaxDataSize("1GB")
    public DataSize getMaxLineLength()
    {
        return maxLineLength;
    }

    @Config("tarn.text.max-line-length")
    @ConfigDescription("Longest line of a JSON, CSV or text file that is read; a longer one fails the query")
    public LineConfig setMaxLineLength(DataSize maxLineLength)
    {
        this.maxLineLength = maxLineLength;
        return this;
    }
}
