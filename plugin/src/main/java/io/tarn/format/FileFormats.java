package io.tarn.format;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.trino.spi.TrinoException;

import java.util.Optional;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static java.util.stream.Collectors.joining;

/**
 * The formats that are installed.
 */
public class FileFormats
{
    private final Set<FileFormat> formats;

    @Inject
    public FileFormats(Set<FileFormat> formats)
    {
        this.formats = ImmutableSet.copyOf(formats);
    }

    /**
     * The format that reads files declared so.
     *
     * @throws TrinoException {@code TARN_UNSUPPORTED_FORMAT} where none does
     */
    public FileFormat require(FileSchema schema)
    {
        return find(schema).orElseThrow(() -> new TrinoException(TARN_UNSUPPORTED_FORMAT, "No format reads SerDe '%s' with input format '%s'. Formats: %s. Declare the table with the SerDe and input format of one of them."
                .formatted(schema.serde(), schema.inputFormat(), formats.stream().map(FileFormat::name).sorted().collect(joining(", ")))));
    }

    /**
     * The format that reads files declared so, if one does.
     */
    public Optional<FileFormat> find(FileSchema schema)
    {
        for (FileFormat format : formats) {
            if (format.accepts(schema)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
