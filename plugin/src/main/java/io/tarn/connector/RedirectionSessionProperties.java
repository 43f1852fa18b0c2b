package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;
import java.util.Optional;

import static io.tarn.connector.ForeignTables.DELTA_LAKE;
import static io.tarn.connector.ForeignTables.HUDI;
import static io.tarn.connector.ForeignTables.ICEBERG;
import static io.trino.spi.session.PropertyMetadata.stringProperty;

/**
 * The session's word on where other connectors' tables are handed to.
 */
public class RedirectionSessionProperties
        implements SessionPropertiesProvider
{
    private final List<PropertyMetadata<?>> properties;

    @Inject
    public RedirectionSessionProperties(RedirectionConfig config)
    {
        properties = ImmutableList.of(
                property(ICEBERG, "Iceberg", config.getIcebergCatalogName()),
                property(DELTA_LAKE, "Delta Lake", config.getDeltaLakeCatalogName()),
                property(HUDI, "Hudi", config.getHudiCatalogName()));
    }

    private static PropertyMetadata<?> property(String connector, String format, Optional<String> catalog)
    {
        return stringProperty(
                name(connector),
                "The catalogue that tables are handed to which are marked as %s's; empty refuses them".formatted(format),
                catalog.orElse(""),
                false);
    }

    private static String name(String connector)
    {
        return connector + "_catalog_name";
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return properties;
    }

    static boolean isAnyCatalog(ConnectorSession session)
    {
        return ForeignTables.CONNECTORS.stream().anyMatch(connector -> catalog(session, connector).isPresent());
    }

    /**
     * @param connector as {@link ForeignTables} names it
     */
    static Optional<String> catalog(ConnectorSession session, String connector)
    {
        return Optional.of(session.getProperty(name(connector), String.class)).filter(name -> !name.isEmpty());
    }
}
