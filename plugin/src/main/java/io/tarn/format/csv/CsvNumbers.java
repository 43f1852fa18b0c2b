package io.tarn.format.csv;

import io.airlift.slice.Slice;

import static java.lang.Math.addExact;
import static java.lang.Math.multiplyExact;

/**
 * Reads numbers without making objects of them where that is possible.
 */
final class CsvNumbers
{
    private CsvNumbers() {}

    /**
     * @throws NumberFormatException where the text is not digits with an optional sign, or out of range
     * @throws ArithmeticException where it is far out of range
     */
    static long parseLong(Slice text, int offset, int length, long min, long max)
    {
        int position = offset;
        int end = offset + length;
        boolean negative = length > 0 && text.getByte(position) == '-';
        if (negative || (length > 0 && text.getByte(position) == '+')) {
            position++;
        }
        if (position == end) {
            throw new NumberFormatException("no digits");
        }
        // negative, because the smallest number has no positive counterpart
        long value = 0;
        while (position < end) {
            int digit = text.getByte(position) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("not a digit");
            }
            value = addExact(multiplyExact(value, 10), -digit);
            position++;
        }
        if (!negative) {
            value = multiplyExact(value, -1);
        }
        if (value < min || value > max) {
            throw new NumberFormatException("out of range");
        }
        return value;
    }
}
