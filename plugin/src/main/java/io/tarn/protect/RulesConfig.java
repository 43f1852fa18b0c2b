package io.tarn.protect;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.NotNull;

import java.nio.file.Path;

import static java.util.concurrent.TimeUnit.SECONDS;

public class RulesConfig
{
    private Path configFile = Path.of("etc", "rules.json");
    private Duration refreshPeriod = new Duration(1, SECONDS);
    private boolean guardLocations = true;

    @NotNull
    public Path getConfigFile()
    {
        return configFile;
    }

    @Config("security.config-file")
    @ConfigDescription("The file with the rules, in the form that Trino's file-based access control has")
    public RulesConfig setConfigFile(Path configFile)
    {
        this.configFile = configFile;
        return this;
    }

    @NotNull
    @MinDuration("1ms")
    public Duration getRefreshPeriod()
    {
        return refreshPeriod;
    }

    @Config("security.refresh-period")
    @ConfigDescription("How often the file is looked at, at most; a change takes effect with the next query")
    public RulesConfig setRefreshPeriod(Duration refreshPeriod)
    {
        this.refreshPeriod = refreshPeriod;
        return this;
    }

    public boolean isGuardLocations()
    {
        return guardLocations;
    }

    @Config("security.guard-locations")
    @ConfigDescription("Whether only who may read everything may say where the files of a table or schema lie; otherwise a table over the files of a protected one shows them whole")
    public RulesConfig setGuardLocations(boolean guardLocations)
    {
        this.guardLocations = guardLocations;
        return this;
    }
}
