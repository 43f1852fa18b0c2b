package io.tarn.ddl;

import com.google.common.collect.Range;
import io.tarn.format.FileCodec;
import io.tarn.format.FormatWriter;
import io.trino.spi.TrinoException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;

/**
 * How a table says that its files are to be compressed.
 */
public final class Codecs
{
    static final String WRITE_COMPRESSION = "write.compression";
    private static final String LEVEL = "compression_level";

    private Codecs() {}

    /**
     * The key of the table's parameter that Athena, Hive and Spark look at for a format.
     */
    static String key(String format)
    {
        return switch (format) {
            case "PARQUET" -> "parquet.compression";
            case "ORC" -> "orc.compress";
            default -> WRITE_COMPRESSION;
        };
    }

    /**
     * The codec of new files: what the table says, else the session, else the format's own.
     *
     * @throws TrinoException {@code TARN_CANNOT_WRITE} where what the table or session says is no codec of the format
     */
    public static FileCodec codec(FormatWriter writer, Map<String, String> parameters, Optional<String> session)
    {
        for (String key : List.of(key(writer.name()), WRITE_COMPRESSION)) {
            if (parameters.containsKey(key)) {
                return require(writer, "table property " + key, parameters.get(key));
            }
        }
        return session.map(name -> require(writer, "session property compression_codec", name)).orElseGet(writer::defaultCodec);
    }

    private static FileCodec require(FormatWriter writer, String source, String name)
    {
        return FileCodec.of(name)
                .filter(writer.codecs()::contains)
                .orElseThrow(() -> new TrinoException(TARN_CANNOT_WRITE, "%s is '%s', but %s files are compressed with one of %s".formatted(source, name, writer.name(), writer.codecs().stream().sorted().toList())));
    }

    /**
     * @throws TrinoException {@code TARN_CANNOT_WRITE} where the codec has no such level
     */
    public static OptionalInt level(FormatWriter writer, FileCodec codec, Map<String, String> parameters)
    {
        String level = parameters.get(LEVEL);
        if (level == null) {
            return OptionalInt.empty();
        }
        Optional<Range<Integer>> levels = writer.levels(codec);
        try {
            int number = Integer.parseInt(level);
            if (levels.isPresent() && levels.get().contains(number)) {
                return OptionalInt.of(number);
            }
        }
        catch (NumberFormatException _) {
            // told below
        }
        throw new TrinoException(TARN_CANNOT_WRITE, "table property %s is '%s', but %s".formatted(
                LEVEL,
                level,
                levels.map(range -> "%s files take levels from %s to %s with %s".formatted(writer.name(), range.lowerEndpoint(), range.upperEndpoint(), codec))
                        .orElseGet(() -> "%s files take no level with %s".formatted(writer.name(), codec))));
    }
}
