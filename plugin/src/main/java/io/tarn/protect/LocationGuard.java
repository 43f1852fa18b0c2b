package io.tarn.protect;

import io.trino.spi.security.AccessDeniedException;
import io.trino.spi.security.Identity;

import java.util.Map;
import java.util.Optional;

/**
 * Refuses to say where files lie to those from whom something is kept: a table of one's own over the files of a
 * protected one would show them whole.
 */
final class LocationGuard
{
    private LocationGuard() {}

    /**
     * @param subject as {@code schema lake.scratch}
     * @throws AccessDeniedException where a property names a location, and the user may not read everything
     */
    static void checkProperties(Rules rules, Identity identity, String catalog, String subject, Map<String, ?> properties)
    {
        for (Map.Entry<String, ?> property : properties.entrySet()) {
            if (property.getKey().contains("location") && isSet(property.getValue()) && !rules.readsEverything(identity, catalog)) {
                throw new AccessDeniedException("Cannot set %s of %s: user %s may not read everything in catalog %s, and files of any table can lie there; leave the property out, or ask somebody who may".formatted(
                        property.getKey(),
                        subject,
                        identity.getUser(),
                        catalog));
            }
        }
    }

    private static boolean isSet(Object value)
    {
        return value instanceof Optional<?> optional ? optional.isPresent() : value != null;
    }
}
