package io.tarn.connector;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;

import java.util.Optional;

public class RedirectionConfig
{
    private Optional<String> icebergCatalogName = Optional.empty();
    private Optional<String> deltaLakeCatalogName = Optional.empty();
    private Optional<String> hudiCatalogName = Optional.empty();

    public Optional<String> getIcebergCatalogName()
    {
        return icebergCatalogName;
    }

    @Config("tarn.iceberg-catalog-name")
    @ConfigDescription("The catalogue that tables are handed to which are marked as Iceberg's")
    public RedirectionConfig setIcebergCatalogName(String icebergCatalogName)
    {
        this.icebergCatalogName = Optional.ofNullable(icebergCatalogName);
        return this;
    }

    public Optional<String> getDeltaLakeCatalogName()
    {
        return deltaLakeCatalogName;
    }

    @Config("tarn.delta-lake-catalog-name")
    @ConfigDescription("The catalogue that tables are handed to which are marked as Delta Lake's")
    public RedirectionConfig setDeltaLakeCatalogName(String deltaLakeCatalogName)
    {
        this.deltaLakeCatalogName = Optional.ofNullable(deltaLakeCatalogName);
        return this;
    }

    public Optional<String> getHudiCatalogName()
    {
        return hudiCatalogName;
    }

    @Config("tarn.hudi-catalog-name")
    @ConfigDescription("The catalogue that tables are handed to which are marked as Hudi's")
    public RedirectionConfig setHudiCatalogName(String hudiCatalogName)
    {
        this.hudiCatalogName = Optional.ofNullable(hudiCatalogName);
        return this;
    }
}
