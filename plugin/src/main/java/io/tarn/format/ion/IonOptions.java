package io.tarn.format.ion;

import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.system.IonReaderBuilder;
import com.google.common.collect.ImmutableList;
import io.tarn.format.FileSchema;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The properties of Ion's SerDe that concern reading; {@link IonWriteOptions} has the others: files say themselves what
 * they are, and timestamps are instants, shown in UTC.
 */
final class IonOptions
{
    private static final String FAIL_ON_OVERFLOW = "ion.fail_on_overflow";
    private static final String IGNORE_MALFORMED = "ion.ignore_malformed";
    private static final String CASE_SENSITIVE = "ion.path_extractor.case_sensitive";
    private static final int MAX_PATH_LENGTH = 100;

    private final FileSchema schema;

    IonOptions(FileSchema schema)
    {
        this.schema = schema;
    }

    /**
     * Whether a value that its column has no room for is an error, rather than cut.
     */
    boolean failsOnOverflow(String column)
    {
        return schema.flag("ion." + column + ".fail_on_overflow")
                .or(() -> schema.flag(FAIL_ON_OVERFLOW))
                .orElse(true);
    }

    /**
     * Whether a file ends where it is malformed.
     */
    boolean ignoresMalformed()
    {
        return schema.flag(IGNORE_MALFORMED).orElse(false);
    }

    boolean caseSensitive()
    {
        return schema.flag(CASE_SENSITIVE).orElse(false);
    }

    boolean hasPath(String column)
    {
        return schema.properties().containsKey(pathProperty(column));
    }

    /**
     * Where a column's values are in those of the file, from the outside in; without the property below the field of
     * the column's name.
     *
     * @throws IllegalArgumentException where the property is no path
     */
    List<Step> path(String column)
    {
        String property = pathProperty(column);
        String text = schema.properties().get(property);
        if (text == null) {
            return ImmutableList.of(Step.field(column));
        }
        try (IonReader reader = IonReaderBuilder.standard().build(text)) {
            IonType type = reader.next();
            checkArgument(type == IonType.SEXP || type == IonType.LIST, "property '%s' is '%s'; it takes names in parentheses, as in (outer inner)", property, text);
            ImmutableList.Builder<Step> steps = ImmutableList.builder();
            int length = 0;
            reader.stepIn();
            for (IonType part = reader.next(); part != null; part = reader.next()) {
                length++;
                checkArgument(length <= MAX_PATH_LENGTH, "property '%s' has more than %s steps", property, MAX_PATH_LENGTH);
                steps.add(step(reader, part, property, text));
            }
            return steps.build();
        }
        catch (IonException | IOException e) {
            throw new IllegalArgumentException("property '%s' is '%s', which is no Ion: %s".formatted(property, text, e.getMessage()), e);
        }
    }

    private static Step step(IonReader reader, IonType type, String property, String text)
    {
        checkArgument(!reader.isNullValue(), "property '%s' is '%s', which has a null in it", property, text);
        return switch (type) {
            // an annotation makes a field of that name of what would be any
            case SYMBOL, STRING -> reader.stringValue().equals("*") && reader.getTypeAnnotations().length == 0 ? Step.ANY : Step.field(reader.stringValue());
            case INT -> Step.element(reader.intValue());
            case NULL, BOOL, FLOAT, DECIMAL, TIMESTAMP, CLOB, BLOB, LIST, SEXP, STRUCT, DATAGRAM -> throw new IllegalArgumentException("property '%s' is '%s'; its steps are names, numbers of elements, or *".formatted(property, text));
        };
    }

    private static String pathProperty(String column)
    {
        return "ion." + column + ".path_extractor";
    }

    /**
     * @param field the name to go on with; empty where any or a certain element is gone on with
     * @param element counted from 0; empty where any or a certain field is
     */
    record Step(Optional<String> field, Optional<Integer> element)
    {
        static final Step ANY = new Step(Optional.empty(), Optional.empty());

        static Step field(String name)
        {
            return new Step(Optional.of(name), Optional.empty());
        }

        static Step element(int index)
        {
            return new Step(Optional.empty(), Optional.of(index));
        }
    }
}
