package io.tarn.server.glue;

import org.jdbi.v3.core.Handle;

import java.security.SecureRandom;
import java.util.HexFormat;

import static java.util.Objects.requireNonNull;

/**
 * What the store remembers about itself.
 */
final class SettingRows
{
    private static final int SECRET_BYTES = 32;

    private final Handle handle;

    SettingRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    /**
     * A random secret, made on first use and the same ever after.
     */
    byte[] secret(String name)
    {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        handle.createUpdate("INSERT INTO glue_settings (name, content) VALUES (:name, :content) ON CONFLICT DO NOTHING")
                .bind("name", name)
                .bind("content", HexFormat.of().formatHex(random))
                .execute();
        return HexFormat.of().parseHex(handle.createQuery("SELECT content FROM glue_settings WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .one());
    }
}
