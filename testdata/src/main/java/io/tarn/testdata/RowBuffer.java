package io.tarn.testdata;

import java.io.IOException;
import java.io.OutputStream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

/**
 * Puts rows of ASCII together in an array and hands it on when it is nearly full; nothing is allocated per row.
 */
final class RowBuffer
{
    private static final int SIZE = 1 << 16;
    /**
     * No row is longer than this.
     */
    private static final int ROW_LIMIT = 1 << 12;

    private final OutputStream output;
    private final byte[] buffer = new byte[SIZE];
    private int position;

    RowBuffer(OutputStream output)
    {
        this.output = requireNonNull(output, "output is null");
    }

    RowBuffer append(byte[] ascii)
    {
        System.arraycopy(ascii, 0, buffer, position, ascii.length);
        position += ascii.length;
        return this;
    }

    RowBuffer append(String ascii)
    {
        return append(ascii.getBytes(US_ASCII));
    }

    RowBuffer append(char ascii)
    {
        buffer[position++] = (byte) ascii;
        return this;
    }

    /**
     * Appends a number that is not negative.
     */
    RowBuffer append(int number)
    {
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return appendPadded(number, digits);
    }

    /**
     * Appends the last {@code digits} digits of a number that is not negative, with leading zeros.
     */
    RowBuffer appendPadded(int number, int digits)
    {
        int rest = number;
        for (int index = position + digits - 1; index >= position; index--) {
            buffer[index] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        position += digits;
        return this;
    }

    void endRow()
            throws IOException
    {
        if (position > SIZE - ROW_LIMIT) {
            flush();
        }
    }

    void flush()
            throws IOException
    {
        output.write(buffer, 0, position);
        position = 0;
    }
}
