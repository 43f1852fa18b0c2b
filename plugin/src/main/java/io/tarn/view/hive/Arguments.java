package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;
import io.tarn.view.hive.Expression.Call;
import io.tarn.view.hive.Expression.Constant;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.Type;

import java.util.List;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * What a function is called with; each accessor refuses what the function is not known to take.
 *
 * @param values the arguments of the call, translated
 */
record Arguments(Call call, List<Sql> values)
{
    Arguments
    {
        requireNonNull(call, "call is null");
        values = ImmutableList.copyOf(values);
    }

    Place place()
    {
        return call.place();
    }

    int size()
    {
        return values.size();
    }

    Arguments count(int minimum, int maximum)
    {
        if (values.size() < minimum || values.size() > maximum) {
            throw refused("with %s arguments".formatted(values.size()));
        }
        return this;
    }

    Arguments count(int expected)
    {
        return count(expected, expected);
    }

    Sql get(int index)
    {
        return values.get(index);
    }

    String sql(int index)
    {
        return values.get(index).text();
    }

    String text(int index)
    {
        if (!Types.isText(type(index))) {
            throw refused("of the type %s: cast it to a string".formatted(typeName(index)));
        }
        return sql(index);
    }

    String integer(int index)
    {
        if (!Types.isInteger(type(index))) {
            throw refused("of the type %s".formatted(typeName(index)));
        }
        return sql(index);
    }

    /**
     * The value of a string that is written as such.
     */
    String literal(int index)
    {
        return Constants.text(call.arguments().get(index)).orElseThrow(() -> refused("without a string written as its argument %s".formatted(index + 1)));
    }

    boolean isConstant(int index)
    {
        return call.arguments().get(index) instanceof Constant && !get(index).isNull();
    }

    ArrayType array(int index)
    {
        if (type(index) instanceof ArrayType array && !get(index).isNull()) {
            return array;
        }
        throw refused("of the type %s".formatted(typeName(index)));
    }

    MapType map(int index)
    {
        if (type(index) instanceof MapType map && !get(index).isNull()) {
            return map;
        }
        throw refused("of the type %s".formatted(typeName(index)));
    }

    Type type(int index)
    {
        return values.get(index).type();
    }

    /**
     * The type that values become where they stand for the same thing.
     */
    Type common(List<Sql> of)
    {
        Sql common = of.getFirst();
        for (Sql value : of) {
            if (common.isNull()) {
                common = value;
                continue;
            }
            common = new Sql("", Types.common(common, value).orElseThrow(() -> refused("of %s".formatted(of.stream().map(sql -> sql.type().getDisplayName()).collect(joining(" and "))))));
        }
        return common.type();
    }

    String typeName(int index)
    {
        return get(index).isNull() ? "NULL" : type(index).getDisplayName();
    }

    /**
     * @param how follows the function's name
     */
    UntranslatableException refused(String how)
    {
        return new UntranslatableException(place(), "the function %s %s is not translated".formatted(call.name(), how));
    }
}
