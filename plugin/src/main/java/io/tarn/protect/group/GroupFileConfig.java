package io.tarn.protect.group;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.NotNull;

import java.nio.file.Path;

import static java.util.concurrent.TimeUnit.SECONDS;

public class GroupFileConfig
{
    private Path groupFile = Path.of("etc", "group.txt");
    private Duration refreshPeriod = new Duration(1, SECONDS);

    @NotNull
    public Path getGroupFile()
    {
        return groupFile;
    }

    @Config("file.group-file")
    @ConfigDescription("The file with lines of the form group:user,user")
    public GroupFileConfig setGroupFile(Path groupFile)
    {
        this.groupFile = groupFile;
        return this;
    }

    @NotNull
    @MinDuration("1ms")
    public Duration getRefreshPeriod()
    {
        return refreshPeriod;
    }

    @Config("file.refresh-period")
    @ConfigDescription("How often the file is looked at, at most")
    public GroupFileConfig setRefreshPeriod(Duration refreshPeriod)
    {
        this.refreshPeriod = refreshPeriod;
        return this;
    }
}
