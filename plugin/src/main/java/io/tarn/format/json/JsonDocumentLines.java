package io.tarn.format.json;

import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineDeserializer;
import io.trino.spi.PageBuilder;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Refuses lines that are neither an object nor an array. The OpenX SerDe takes them for rows of nulls even where
 * malformed JSON is not to be ignored, and a file of another format would silently be a table of nulls.
 */
final class JsonDocumentLines
        implements LineDeserializer
{
    private final LineDeserializer deserializer;

    JsonDocumentLines(LineDeserializer deserializer)
    {
        this.deserializer = requireNonNull(deserializer, "deserializer is null");
    }

    @Override
    public List<? extends Type> getTypes()
    {
        return deserializer.getTypes();
    }

    @Override
    public void deserialize(LineBuffer line, PageBuilder page)
            throws IOException
    {
        byte[] bytes = line.getBuffer();
        for (int index = 0; index < line.getLength(); index++) {
            // String.trim(), which the deserializer uses, drops everything up to the space
            if (bytes[index] < 0 || bytes[index] > ' ') {
                if (bytes[index] != '{' && bytes[index] != '[') {
                    throw new IOException("it is not a JSON object");
                }
                break;
            }
        }
        deserializer.deserialize(line, page);
    }
}
