package io.tarn.format.text;

import io.airlift.slice.Slice;
import io.trino.hive.formats.encodings.text.TextEncodingOptions;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

/**
 * Tells fields that are certain to be read as what they were written from those that may not be.
 */
final class FieldText
{
    private static final int DATE_LENGTH = "2018-01-06".length();

    private enum Kind
    {
        /**
         * Escaped where the table has an escape character.
         */
        TEXT,
        NUMBER,
        MOMENT,
        OTHER,
        /**
         * Whether arrays, maps and structs are read back right depends on what is in them.
         */
        UNCERTAIN,
    }

    private final Kind kind;
    private final Slice nullSequence;
    private final boolean[] special;

    FieldText(Type type, TextEncodingOptions options)
    {
        boolean escaped = options.getEscapeByte() != null;
        this.kind = kind(type, options);
        this.nullSequence = options.getNullSequence();
        // the encoder escapes both
        this.special = special(options, kind != Kind.TEXT || !escaped);
    }

    private static Kind kind(Type type, TextEncodingOptions options)
    {
        return switch (type) {
            case ArrayType _, MapType _, RowType _ -> Kind.UNCERTAIN;
            case VarcharType _, CharType _ -> Kind.TEXT;
            case RealType _, DoubleType _ -> Kind.NUMBER;
            // the library's formats are tried before the one that is written
            case TimestampType _ -> options.getTimestampFormats().isEmpty() ? Kind.MOMENT : Kind.UNCERTAIN;
            case DateType _ -> Kind.MOMENT;
            default -> Kind.OTHER;
        };
    }

    /**
     * Whether there is nothing in a text that ends fields or lines.
     */
    static boolean isPlain(Slice text, TextEncodingOptions options)
    {
        return isFree(text, 0, text.length(), special(options, true));
    }

    /**
     * @param line in which the field is from {@code start} to {@code end}, encoded
     */
    boolean isCertain(Slice line, int start, int end)
    {
        if (kind == Kind.UNCERTAIN || !isFree(line, start, end, special)) {
            return false;
        }
        if (nullSequence.equals(0, nullSequence.length(), line, start, end - start)) {
            return false;
        }
        return switch (kind) {
            // not a number, infinite
            case NUMBER -> line.getByte(end - 1) != 'N' && line.getByte(end - 1) != 'y';
            // four digits of year, none of them missing
            case MOMENT -> end - start >= DATE_LENGTH && line.getByte(start + 4) == '-' && line.getByte(start) > '0' && line.getByte(start) <= '9';
            case TEXT, OTHER, UNCERTAIN -> true;
        };
    }

    private static boolean isFree(Slice text, int start, int end, boolean[] special)
    {
        for (int index = start; index < end; index++) {
            if (special[text.getByte(index) & 0xFF]) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] special(TextEncodingOptions options, boolean delimiters)
    {
        boolean[] special = new boolean[256];
        special['\n'] = true;
        special['\r'] = true;
        if (delimiters) {
            special[options.getSeparators().getByte(0) & 0xFF] = true;
            if (options.getEscapeByte() != null) {
                special[options.getEscapeByte() & 0xFF] = true;
            }
        }
        return special;
    }
}
