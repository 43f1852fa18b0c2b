package io.tarn.format.json;

import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.source.LineFormat;
import io.tarn.format.line.source.RecordColumn;
import io.trino.hive.formats.line.LineDeserializer;
import io.trino.hive.formats.line.openxjson.OpenXJsonDeserializer;
import io.trino.hive.formats.line.openxjson.OpenXJsonOptions;

import java.util.List;
import java.util.Optional;

import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;

/**
 * JSON lines as the OpenX SerDe reads them. Its properties: {@code ignore.malformed.json} (a line that is not JSON is a
 * row of nulls instead of an error), {@code dots.in.keys}, {@code case.insensitive}, {@code mapping.<column>},
 * {@code timestamp.formats}. A blank line is a row of nulls.
 */
public class OpenXJsonFormat
        extends LineFormat
{
    public OpenXJsonFormat()
    {
        super("OPENX_JSON", ImmutableSet.of(OPENX_JSON_SERDE_CLASS));
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return false;
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        OpenXJsonOptions options = OpenXJsonOptions.fromSchema(schema.properties());
        LineDeserializer deserializer = new OpenXJsonDeserializer(libraryColumns(columns), options);
        return new LineDecoder(options.isIgnoreMalformedJson() ? deserializer : new JsonDocumentLines(deserializer));
    }

    @Override
    protected Optional<RecordColumn> extraAttributes(FileSchema schema)
    {
        OpenXJsonOptions options = OpenXJsonOptions.fromSchema(schema.properties());
        return Optional.of(new ExtraAttributes(new OpenXKeys(schema, options), options.isIgnoreMalformedJson()));
    }

    @Override
    protected String malformedRemedy()
    {
        return "Set the SerDe property 'ignore.malformed.json' to 'true' to read such lines as nulls; the column \"$line\" shows them as they are.";
    }
}
