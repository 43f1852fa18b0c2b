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
import io.trino.hive.formats.line.openxjson.OpenXJsonOptions;
import io.trino.hive.formats.line.openxjson.OpenXJsonSerializer;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * JSON lines as the OpenX SerDe reads them: nulls are left out, unless {@code explicit.null} is {@code true}; columns
 * go under the keys that {@code mapping.<column>} names, where the SerDe's own writer forgets them; binary values are in
 * Base64. Numbers that are infinite or none are refused, as JSON has none.
 */
public class OpenXJsonFormatWriter
        extends LineFormatWriter
{
    private static final TypeOperators TYPE_OPERATORS = new TypeOperators();

    private final OpenXJsonFormat format;

    @Inject
    public OpenXJsonFormatWriter(OpenXJsonFormat format)
    {
        super(format, OPENX_JSON_SERDE_CLASS);
        this.format = requireNonNull(format, "format is null");
    }

    @Override
    protected LineEncoder createEncoder(FileSchema schema)
    {
        OpenXJsonOptions options = OpenXJsonOptions.fromSchema(schema.properties());
        Map<String, String> keys = options.getFieldNameMappings();
        List<Type> types = WrittenFields.types(schema, name());
        ImmutableList.Builder<Column> columns = ImmutableList.builder();
        for (int index = 0; index < types.size(); index++) {
            columns.add(new Column(key(keys, schema.fields().get(index).name()), mapped(types.get(index), keys), index));
        }
        // two columns may share a key, or one may look like another's with dots
        boolean distinct = keys.isEmpty() && !options.isDotsInFieldNames();
        return new JsonEncoder(
                new OpenXJsonSerializer(columns.build(), options),
                new JsonValueTests(!options.getTimestampFormats().isEmpty(), true),
                types,
                distinct);
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        return format.createDecoder(columns, schema);
    }

    private static String key(Map<String, String> keys, String name)
    {
        return keys.getOrDefault(name.toLowerCase(ENGLISH), name.toLowerCase(ENGLISH));
    }

    private static Type mapped(Type type, Map<String, String> keys)
    {
        if (keys.isEmpty()) {
            return type;
        }
        return switch (type) {
            case ArrayType array -> new ArrayType(mapped(array.getElementType(), keys));
            case MapType map -> new MapType(map.getKeyType(), mapped(map.getValueType(), keys), TYPE_OPERATORS);
            case RowType row -> RowType.from(row.getFields().stream()
                    .map(field -> RowType.field(key(keys, field.getName().orElseThrow()), mapped(field.getType(), keys)))
                    .collect(toImmutableList()));
            default -> type;
        };
    }
}
