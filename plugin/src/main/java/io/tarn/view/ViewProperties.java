package io.tarn.view;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;
import io.trino.spi.TrinoException;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.type.MapType;
import io.trino.spi.type.TypeManager;

import java.util.List;
import java.util.Map;

import static io.trino.spi.StandardErrorCode.INVALID_VIEW_PROPERTY;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * What {@code CREATE VIEW … WITH (…)} takes, as Trino's Hive connector does.
 */
public class ViewProperties
{
    private static final String EXTRA_PROPERTIES = "extra_properties";

    private final List<PropertyMetadata<?>> properties;

    @Inject
    public ViewProperties(TypeManager typeManager)
    {
        properties = List.of(new PropertyMetadata<>(
                EXTRA_PROPERTIES,
                "Parameters of the view's entry in the catalogue",
                new MapType(VARCHAR, VARCHAR, typeManager.getTypeOperators()),
                Map.class,
                null,
                true,
                ViewProperties::checked,
                value -> value));
    }

    public List<PropertyMetadata<?>> properties()
    {
        return properties;
    }

    static Map<String, String> extraProperties(Map<String, Object> viewProperties)
    {
        Map<?, ?> extraProperties = (Map<?, ?>) viewProperties.get(EXTRA_PROPERTIES);
        if (extraProperties == null) {
            return ImmutableMap.of();
        }
        ImmutableMap.Builder<String, String> checked = ImmutableMap.builder();
        extraProperties.forEach((key, value) -> checked.put((String) key, (String) value));
        return checked.buildOrThrow();
    }

    private static Map<?, ?> checked(Object value)
    {
        Map<?, ?> extraProperties = (Map<?, ?>) value;
        if (extraProperties.containsKey(null) || extraProperties.containsValue(null)) {
            throw new TrinoException(INVALID_VIEW_PROPERTY, "extra_properties may have no NULL in it: %s".formatted(extraProperties));
        }
        return extraProperties;
    }
}
