package io.tarn.quota.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Text that people write, so that every database takes it.
 */
final class StoredText
{
    private StoredText() {}

    /**
     * The text without what cannot be UTF-8, and without NUL, which PostgreSQL refuses.
     */
    static String storable(String text)
    {
        return new String(text.getBytes(UTF_8), UTF_8).replace('\0', '\uFFFD');
    }
}
