package io.tarn.format.line.source;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineDeserializer;
import io.trino.spi.PageBuilder;
import io.trino.spi.TrinoException;

import java.io.IOException;
import java.util.List;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static java.lang.Math.min;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Says what is wrong with a line that could not be decoded.
 */
final class LineFailures
{
    private static final int EXCERPT_LENGTH = 100;

    private final LineDecoderFactory decoderFactory;
    private final String formatName;
    private final String remedy;

    LineFailures(LineDecoderFactory decoderFactory, String formatName, String remedy)
    {
        this.decoderFactory = requireNonNull(decoderFactory, "decoderFactory is null");
        this.formatName = requireNonNull(formatName, "formatName is null");
        this.remedy = requireNonNull(remedy, "remedy is null");
    }

    TrinoException undecodable(String place, LineBuffer line, List<FileColumn> fields, Throwable failure)
    {
        String text = excerpt(new String(line.getBuffer(), 0, min(line.getLength(), EXCERPT_LENGTH * 4), UTF_8));
        String reason = failure instanceof StackOverflowError ? "it is nested too deeply" : excerpt(firstSentence(failure));
        List<FileColumn> culprits = culprits(line, fields);
        // the library does not say which column it was at; a line that is broken as a whole fails for all of them
        if (!culprits.isEmpty() && (culprits.size() < fields.size() || !(failure instanceof IOException))) {
            String columns = culprits.stream()
                    .map(column -> "'%s' (%s)".formatted(column.name(), column.hiveType()))
                    .collect(joining(", "));
            return new TrinoException(TARN_BAD_DATA, "%s, column %s: %s. The line starts: %s. Correct the file, or declare the column with a type that fits, or leave it out and select \"$line\"."
                    .formatted(place, columns, reason, text), failure);
        }
        return new TrinoException(TARN_BAD_DATA, "%s cannot be read as %s: %s. The line starts: %s. %s".formatted(place, formatName, reason, text, remedy), failure);
    }

    private List<FileColumn> culprits(LineBuffer line, List<FileColumn> fields)
    {
        return fields.stream()
                .filter(field -> fails(line, field))
                .toList();
    }

    private boolean fails(LineBuffer line, FileColumn field)
    {
        LineDeserializer deserializer = decoderFactory.create(ImmutableList.of(field)).lines();
        try {
            deserializer.deserialize(line, new PageBuilder(deserializer.getTypes()));
            return false;
        }
        catch (IOException | RuntimeException | StackOverflowError _) {
            return true;
        }
    }

    /**
     * JSON parsers quote the whole input in later lines of their messages.
     */
    private static String firstSentence(Throwable failure)
    {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    /**
     * The beginning of a text, made fit to stand in a message.
     */
    static String excerpt(String text)
    {
        String start = text.length() <= EXCERPT_LENGTH ? text : text.substring(0, EXCERPT_LENGTH) + "…";
        return start.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
