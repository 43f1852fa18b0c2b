package io.tarn.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.airlift.slice.DynamicSliceOutput;
import io.tarn.format.line.source.RecordColumn;
import io.trino.hive.formats.line.LineBuffer;
import io.trino.spi.block.VariableWidthBlockBuilder;

import java.io.IOException;
import java.util.function.Predicate;

import static com.fasterxml.jackson.core.JsonFactory.Feature.INTERN_FIELD_NAMES;
import static io.trino.plugin.base.util.JsonUtils.jsonFactoryBuilder;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The attributes of an object that no column claims, as an object that has them byte for byte and in their order.
 */
final class ExtraAttributes
        implements RecordColumn
{
    private static final JsonFactory JSON_FACTORY = jsonFactoryBuilder()
            .disable(INTERN_FIELD_NAMES)
            .build();

    private final Predicate<String> claimed;
    private final boolean ignoresMalformed;
    private final DynamicSliceOutput attributes = new DynamicSliceOutput(1024);

    /**
     * @param claimed tells by an attribute's key whether it is some column's
     * @param ignoresMalformed whether what is no JSON is null
     */
    ExtraAttributes(Predicate<String> claimed, boolean ignoresMalformed)
    {
        this.claimed = requireNonNull(claimed, "claimed is null");
        this.ignoresMalformed = ignoresMalformed;
    }

    @Override
    public void append(LineBuffer line, VariableWidthBlockBuilder builder)
            throws IOException
    {
        attributes.reset();
        try {
            collect(line);
        }
        catch (JsonProcessingException e) {
            if (!ignoresMalformed) {
                throw e;
            }
            attributes.reset();
        }
        if (attributes.size() == 0) {
            builder.appendNull();
        }
        else {
            attributes.appendByte('}');
            builder.writeEntry(attributes.getUnderlyingSlice(), 0, attributes.size());
        }
    }

    private void collect(LineBuffer line)
            throws IOException
    {
        byte[] bytes = line.getBuffer();
        try (JsonParser parser = JSON_FACTORY.createParser(bytes, 0, line.getLength())) {
            JsonToken first = parser.nextToken();
            // a blank line is a row of nulls, and the elements of an array have no names
            if (first == null || first == JsonToken.START_ARRAY) {
                return;
            }
            if (first != JsonToken.START_OBJECT) {
                if (!ignoresMalformed) {
                    throw new IOException("it is not a JSON object");
                }
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int start = toIntExact(parser.currentTokenLocation().getByteOffset());
                boolean extra = !claimed.test(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
                parser.finishToken();
                if (extra) {
                    attributes.appendByte(attributes.size() == 0 ? '{' : ',');
                    attributes.appendBytes(bytes, start, toIntExact(parser.currentLocation().getByteOffset()) - start);
                }
            }
        }
    }
}
