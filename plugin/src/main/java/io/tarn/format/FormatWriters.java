package io.tarn.format;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.trino.spi.TrinoException;

import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static java.util.stream.Collectors.joining;

/**
 * The formats that can be written.
 */
public class FormatWriters
{
    private final Set<FormatWriter> writers;

    @Inject
    public FormatWriters(Set<FormatWriter> writers)
    {
        this.writers = ImmutableSet.copyOf(writers);
    }

    /**
     * The writer of a format's name, in any case.
     */
    public Optional<FormatWriter> named(String name)
    {
        return writers.stream().filter(writer -> writer.name().equalsIgnoreCase(name)).findFirst();
    }

    /**
     * The names of all formats, sorted.
     */
    public Set<String> names()
    {
        return writers.stream().map(FormatWriter::name).sorted().collect(toImmutableSet());
    }

    /**
     * The writer of files declared so.
     *
     * @throws TrinoException {@code TARN_CANNOT_WRITE} where there is none
     */
    public FormatWriter require(FileSchema schema)
    {
        for (FormatWriter writer : writers) {
            if (writer.accepts(schema)) {
                return writer;
            }
        }
        throw new TrinoException(TARN_CANNOT_WRITE, "Tarn does not write files of SerDe '%s' with input format '%s', only %s. Write into a table of one of these formats."
                .formatted(schema.serde(), schema.inputFormat(), writers.stream().map(FormatWriter::name).sorted().collect(joining(", "))));
    }
}
