package io.tarn.format.line.source;

import io.tarn.format.FileSchema;
import io.trino.spi.TrinoException;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;

/**
 * How many lines of each file are no records.
 *
 * @param header lines at the start, {@code skip.header.line.count}
 * @param footer lines at the end, {@code skip.footer.line.count}
 */
public record SkippedLines(int header, int footer)
{
    private static final String HEADER_PROPERTY = "skip.header.line.count";
    private static final String FOOTER_PROPERTY = "skip.footer.line.count";
    /**
     * The footer's lines are held in memory while the file is read.
     */
    private static final int MAX_LINES = 10_000;

    /**
     * @throws TrinoException {@code TARN_INVALID_METADATA} where one is not a number, or too large
     */
    public static SkippedLines of(FileSchema schema)
    {
        return new SkippedLines(count(schema, HEADER_PROPERTY), count(schema, FOOTER_PROPERTY));
    }

    /**
     * Only the slice that holds the start of a file knows how many of its lines belong to the header.
     */
    boolean splittable()
    {
        return header <= 1 && footer == 0;
    }

    private static int count(FileSchema schema, String property)
    {
        String value = schema.properties().getOrDefault(property, "0").trim();
        try {
            int count = Integer.parseInt(value);
            if (count >= 0 && count <= MAX_LINES) {
                return count;
            }
        }
        catch (NumberFormatException _) {
            // reported below together with what is out of range
        }
        throw new TrinoException(TARN_INVALID_METADATA, "Property '%s' of the table or partition is '%s'. Set it to a number from 0 to %s.".formatted(property, value, MAX_LINES));
    }
}
