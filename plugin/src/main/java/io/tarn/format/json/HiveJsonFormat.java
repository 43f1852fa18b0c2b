package io.tarn.format.json;

import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.source.LineFormat;
import io.tarn.format.line.source.RecordColumn;
import io.trino.hive.formats.line.json.JsonDeserializerFactory;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LEGACY_JSON_SERDE_CLASS;
import static java.util.Locale.ROOT;

/**
 * JSON lines as Hive's SerDe reads them. Its property: {@code timestamp.formats}. Every line must be an object without
 * duplicate keys, and a value that does not fit its column is an error.
 */
public class HiveJsonFormat
        extends LineFormat
{
    public HiveJsonFormat()
    {
        super("JSON", ImmutableSet.of(JSON_SERDE_CLASS, LEGACY_JSON_SERDE_CLASS));
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return false;
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        return new LineDecoder(new DistinctKeyLines(new JsonDeserializerFactory().create(libraryColumns(columns), schema.properties())));
    }

    @Override
    protected Optional<RecordColumn> extraAttributes(FileSchema schema)
    {
        Set<String> columns = schema.fields().stream()
                .map(field -> field.name().toLowerCase(ROOT))
                .collect(toImmutableSet());
        return Optional.of(new ExtraAttributes(key -> columns.contains(key.toLowerCase(ROOT)), false));
    }

    @Override
    protected String malformedRemedy()
    {
        return "Correct the file, or declare the table with org.openx.data.jsonserde.JsonSerDe and its property 'ignore.malformed.json'; the column \"$line\" shows the lines as they are.";
    }
}
