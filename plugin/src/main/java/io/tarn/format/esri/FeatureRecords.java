package io.tarn.format.esri;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.trino.hive.formats.esri.EsriDeserializer;
import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineDeserializer;
import io.trino.spi.PageBuilder;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;

import static com.fasterxml.jackson.core.JsonFactory.Feature.INTERN_FIELD_NAMES;
import static io.trino.plugin.base.util.JsonUtils.jsonFactoryBuilder;
import static java.util.Objects.requireNonNull;

/**
 * Hands records to the library's deserializer, which wants a parser.
 */
final class FeatureRecords
        implements LineDeserializer
{
    private static final JsonFactory JSON_FACTORY = jsonFactoryBuilder()
            .disable(INTERN_FIELD_NAMES)
            .build();

    private final EsriDeserializer deserializer;

    FeatureRecords(EsriDeserializer deserializer)
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
        try (JsonParser parser = JSON_FACTORY.createParser(line.getBuffer(), 0, line.getLength())) {
            parser.nextToken();
            deserializer.deserialize(page, parser);
        }
    }
}
