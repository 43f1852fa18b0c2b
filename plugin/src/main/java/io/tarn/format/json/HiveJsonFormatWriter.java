package io.tarn.format.json;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.WrittenFields;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.write.LineEncoder;
import io.tarn.format.line.write.LineFormatWriter;
import io.trino.hive.formats.line.Column;
import io.trino.hive.formats.line.json.JsonSerializer;
import io.trino.spi.type.Type;

import java.util.List;

import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveFormatUtils.TIMESTAMP_FORMATS_KEY;
import static java.util.Objects.requireNonNull;

/**
 * JSON lines as Hive's SerDe writes them: every column in each, nulls as {@code null}. Binary values are written as the
 * texts that they are in UTF-8; others are refused, and so are numbers that are infinite or none.
 */
public class HiveJsonFormatWriter
        extends LineFormatWriter
{
    private final HiveJsonFormat format;

    @Inject
    public HiveJsonFormatWriter(HiveJsonFormat format)
    {
        super(format, JSON_SERDE_CLASS);
        this.format = requireNonNull(format, "format is null");
    }

    @Override
    protected LineEncoder createEncoder(FileSchema schema)
    {
        List<Type> types = WrittenFields.types(schema, name());
        ImmutableList.Builder<Column> columns = ImmutableList.builder();
        for (int index = 0; index < types.size(); index++) {
            columns.add(new Column(schema.fields().get(index).name(), types.get(index), index));
        }
        boolean formatted = schema.properties().containsKey(TIMESTAMP_FORMATS_KEY);
        return new JsonEncoder(new JsonSerializer(columns.build()), new JsonValueTests(formatted, false), types, true);
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        return format.createDecoder(columns, schema);
    }
}
