package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The type of a column as DDL names it.
 */
public sealed interface DataType
{
    /**
     * How Hive and the catalogue write the type: without blanks and without the fields' comments.
     */
    String hiveName();

    /**
     * @param name as DDL has it, in lower case: {@code int} and {@code float}, not {@code integer} and {@code real}
     * @param parameters precision and scale of a decimal (both), length of a char or varchar, else empty
     */
    record Primitive(String name, List<Integer> parameters)
            implements DataType
    {
        public Primitive
        {
            name = requireNonNull(name, "name is null").toLowerCase(Locale.ENGLISH);
            parameters = ImmutableList.copyOf(parameters);
        }

        public static Primitive of(String name)
        {
            return new Primitive(name, ImmutableList.of());
        }

        @Override
        public String hiveName()
        {
            if (parameters.isEmpty()) {
                return name;
            }
            return parameters.stream().map(String::valueOf).collect(joining(",", name + "(", ")"));
        }
    }

    record Array(DataType element)
            implements DataType
    {
        public Array
        {
            requireNonNull(element, "element is null");
        }

        @Override
        public String hiveName()
        {
            return "array<" + element.hiveName() + ">";
        }
    }

    record Map(DataType key, DataType value)
            implements DataType
    {
        public Map
        {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }

        @Override
        public String hiveName()
        {
            return "map<" + key.hiveName() + "," + value.hiveName() + ">";
        }
    }

    /**
     * @param fields at least one
     */
    record Struct(List<Field> fields)
            implements DataType
    {
        public Struct
        {
            fields = ImmutableList.copyOf(fields);
            checkArgument(!fields.isEmpty(), "a struct has a field");
        }

        @Override
        public String hiveName()
        {
            return fields.stream()
                    .map(field -> field.name() + ":" + field.type().hiveName())
                    .collect(joining(",", "struct<", ">"));
        }
    }

    /**
     * @param name as it was written: SerDes map fields by it, and the catalogue keeps its case
     */
    record Field(String name, DataType type, Optional<String> comment)
    {
        public Field
        {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
            requireNonNull(comment, "comment is null");
        }
    }
}
