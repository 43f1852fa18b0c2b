package io.tarn.format.line.source;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.airlift.units.DataSize;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;

import static io.airlift.units.DataSize.Unit.GIGABYTE;
import static io.airlift.units.DataSize.Unit.KILOBYTE;
import static io.trino.plugin.base.session.PropertyMetadataUtil.dataSizeProperty;
import static io.trino.plugin.base.session.PropertyMetadataUtil.validateMaxDataSize;
import static io.trino.plugin.base.session.PropertyMetadataUtil.validateMinDataSize;

public class LineSessionProperties
        implements SessionPropertiesProvider
{
    public static final String MAX_LINE_LENGTH = "text_max_line_length";

    private final List<PropertyMetadata<?>> properties;

    @Inject
    public LineSessionProperties(LineConfig config)
    {
        properties = ImmutableList.of(dataSizeProperty(
                MAX_LINE_LENGTH,
                "Longest line of a JSON, CSV or text file that is read; a longer one fails the query",
                config.getMaxLineLength(),
                value -> {
                    validateMinDataSize(MAX_LINE_LENGTH, value, DataSize.of(1, KILOBYTE));
                    validateMaxDataSize(MAX_LINE_LENGTH, value, DataSize.of(1, GIGABYTE));
                },
                false));
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return properties;
    }

    public static DataSize maxLineLength(ConnectorSession session)
    {
        return session.getProperty(MAX_LINE_LENGTH, DataSize.class);
    }
}
