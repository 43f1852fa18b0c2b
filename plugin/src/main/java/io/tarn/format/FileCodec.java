package io.tarn.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the bytes of a written file are compressed; the names are those of {@code write_compression} in Athena.
 */
public enum FileCodec
{
    NONE, SNAPPY, GZIP, ZSTD, LZ4, BZIP2, DEFLATE;

    /**
     * The codec of a name in any case; {@code UNCOMPRESSED} is {@code NONE}, and {@code ZLIB} is {@code DEFLATE}.
     */
    public static Optional<FileCodec> of(String name)
    {
        String upperCase = name.toUpperCase(Locale.ENGLISH);
        return switch (upperCase) {
            case "UNCOMPRESSED" -> Optional.of(NONE);
            case "ZLIB" -> Optional.of(DEFLATE);
            default -> Arrays.stream(values()).filter(codec -> codec.name().equals(upperCase)).findFirst();
        };
    }
}
