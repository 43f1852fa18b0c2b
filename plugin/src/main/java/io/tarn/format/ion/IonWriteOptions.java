package io.tarn.format.ion;

import com.amazon.ion.IonType;
import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.tarn.format.ion.IonOptions.Step;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The properties of Ion's SerDe that concern writing.
 */
final class IonWriteOptions
{
    static final String ENCODING = "ion.encoding";

    private static final String SERIALIZE_NULL = "ion.serialize_null";
    private static final String TIMESTAMP_OFFSET = "ion.timestamp.serialization_offset";

    private final FileSchema schema;
    private final IonOptions options;

    IonWriteOptions(FileSchema schema)
    {
        this.schema = requireNonNull(schema, "schema is null");
        this.options = new IonOptions(schema);
    }

    /**
     * @throws IllegalArgumentException where the property is neither {@code BINARY} nor {@code TEXT}
     */
    boolean isText()
    {
        return switch (upperCase(ENCODING, "BINARY")) {
            case "BINARY" -> false;
            case "TEXT" -> true;
            default -> throw new IllegalArgumentException("property '%s' is '%s'; it is BINARY or TEXT".formatted(ENCODING, schema.properties().get(ENCODING)));
        };
    }

    /**
     * What is written of a column or a field that is null.
     *
     * @throws IllegalArgumentException where the property is none of the three
     */
    NullForm nullForm()
    {
        String form = upperCase(SERIALIZE_NULL, "OMIT");
        return switch (form) {
            case "OMIT" -> NullForm.OMIT;
            case "UNTYPED" -> NullForm.UNTYPED;
            case "TYPED" -> NullForm.TYPED;
            default -> throw new IllegalArgumentException("property '%s' is '%s'; it is OMIT, UNTYPED or TYPED".formatted(SERIALIZE_NULL, form));
        };
    }

    /**
     * The offset that timestamps are written with, which are the same instants with any.
     *
     * @throws IllegalArgumentException where the property is no offset
     */
    ZoneOffset timestampOffset()
    {
        String offset = schema.properties().getOrDefault(TIMESTAMP_OFFSET, "Z");
        try {
            ZoneOffset parsed = ZoneOffset.of(offset);
            if (parsed.getTotalSeconds() % 60 == 0) {
                return parsed;
            }
        }
        catch (DateTimeException _) {
            // told below
        }
        throw new IllegalArgumentException("property '%s' is '%s'; it takes hours and minutes, as in +01:00".formatted(TIMESTAMP_OFFSET, offset));
    }

    /**
     * The field that a column's values are written to.
     *
     * @throws IllegalArgumentException where the column is read from elsewhere than a field of the row's own, or is to
     *         be written as another type than its own
     */
    String field(FileField column)
    {
        String serializeAs = "ion.%s.serialize_as".formatted(column.name());
        if (schema.properties().containsKey(serializeAs)) {
            throw new IllegalArgumentException("property '%s' is '%s', and columns are only written as what they are".formatted(serializeAs, schema.properties().get(serializeAs)));
        }
        List<Step> path = options.path(column.name());
        return path.stream()
                .findFirst()
                .filter(_ -> path.size() == 1)
                .flatMap(Step::field)
                .orElseThrow(() -> new IllegalArgumentException("column '%s' is read from within a field (ion.%s.path_extractor), where no other would be written".formatted(column.name(), column.name())));
    }

    /**
     * Whether two names are those of one field when they are read.
     */
    String distinct(String field)
    {
        return options.caseSensitive() ? field : field.toLowerCase(Locale.ENGLISH);
    }

    private String upperCase(String property, String otherwise)
    {
        return schema.properties().getOrDefault(property, otherwise).toUpperCase(Locale.ENGLISH);
    }

    enum NullForm
    {
        OMIT, UNTYPED, TYPED;

        /**
         * @param ofType what the value would be if there were one
         * @return empty where nothing is written
         */
        Optional<IonType> written(IonType ofType)
        {
            return switch (this) {
                case OMIT -> Optional.empty();
                case UNTYPED -> Optional.of(IonType.NULL);
                case TYPED -> Optional.of(ofType);
            };
        }
    }
}
