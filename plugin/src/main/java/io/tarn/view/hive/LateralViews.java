package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;
import io.tarn.view.hive.Query.LateralView;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static io.trino.spi.type.IntegerType.INTEGER;
import static java.util.Objects.requireNonNull;

/**
 * What LATERAL VIEW adds to a query: an UNNEST, or further columns.
 */
final class LateralViews
{
    private LateralViews() {}

    /**
     * @param unnest to be joined; without one, the columns are expressions of what is there already
     */
    record Expanded(Optional<String> unnest, Scope.Relation relation)
    {
        Expanded
        {
            requireNonNull(unnest, "unnest is null");
            requireNonNull(relation, "relation is null");
        }
    }

    static Expanded expand(LateralView view, List<Sql> values)
    {
        Arguments arguments = new Arguments(view.function(), values);
        return switch (view.function().name()) {
            case "explode" -> arguments.count(1).type(0) instanceof MapType && !arguments.get(0).isNull() ? map(view, arguments) : array(view, arguments, false);
            case "posexplode" -> array(view, arguments.count(1), true);
            case "inline" -> inline(view, arguments.count(1));
            case "json_tuple" -> jsonTuple(view, arguments.count(2, 255));
            default -> throw new UntranslatableException(view.function().place(), "LATERAL VIEW of the function %s is not translated: explode, posexplode, inline and json_tuple are".formatted(view.function().name()));
        };
    }

    private static Expanded array(LateralView view, Arguments arguments, boolean positions)
    {
        Type element = arguments.array(0).getElementType();
        List<String> names = names(view, positions ? List.of("pos", "col") : List.of("col"));
        String array = arguments.sql(0);
        if (element instanceof RowType) {
            // Trino makes a column of each field, Hive one of the struct
            array = "transform(%s, element -> ROW(element))".formatted(array);
        }
        String value = names.getLast();
        ImmutableList.Builder<Scope.Column> columns = ImmutableList.builder();
        String unnest;
        if (positions) {
            String position = names.getFirst();
            // from 0 where Trino counts from 1
            columns.add(new Scope.Column(position, new Sql("CAST(%s.%s - 1 AS integer)".formatted(Sql.name(view.alias()), Sql.name(position)), INTEGER)));
            unnest = "UNNEST(%s) WITH ORDINALITY AS %s (%s, %s)".formatted(array, Sql.name(view.alias()), Sql.name(value), Sql.name(position));
        }
        else {
            unnest = "UNNEST(%s) AS %s (%s)".formatted(array, Sql.name(view.alias()), Sql.name(value));
        }
        columns.add(Scope.Column.of(view.alias(), value, element));
        return new Expanded(Optional.of(unnest), new Scope.Relation(view.alias(), columns.build()));
    }

    private static Expanded map(LateralView view, Arguments arguments)
    {
        MapType map = arguments.map(0);
        List<String> names = names(view, List.of("key", "value"));
        return new Expanded(
                Optional.of(unnest(view, arguments.sql(0), names)),
                new Scope.Relation(view.alias(), List.of(
                        Scope.Column.of(view.alias(), names.getFirst(), map.getKeyType()),
                        Scope.Column.of(view.alias(), names.getLast(), map.getValueType()))));
    }

    private static Expanded inline(LateralView view, Arguments arguments)
    {
        if (!(arguments.array(0) instanceof ArrayType array && array.getElementType() instanceof RowType row)) {
            throw arguments.refused("of the type %s".formatted(arguments.typeName(0)));
        }
        List<String> names = names(view, row.getFields().stream().map(field -> field.getName().orElseThrow(() -> arguments.refused("of structs without names"))).toList());
        ImmutableList.Builder<Scope.Column> columns = ImmutableList.builder();
        for (int i = 0; i < names.size(); i++) {
            columns.add(Scope.Column.of(view.alias(), names.get(i), row.getFields().get(i).getType()));
        }
        return new Expanded(Optional.of(unnest(view, arguments.sql(0), names)), new Scope.Relation(view.alias(), columns.build()));
    }

    private static Expanded jsonTuple(LateralView view, Arguments arguments)
    {
        ImmutableList.Builder<String> defaults = ImmutableList.builder();
        for (int i = 1; i < arguments.size(); i++) {
            defaults.add("c" + (i - 1));
        }
        List<String> names = names(view, defaults.build());
        ImmutableList.Builder<Scope.Column> columns = ImmutableList.builder();
        for (int i = 1; i < arguments.size(); i++) {
            String key = arguments.literal(i);
            if (!key.matches("[A-Za-z0-9_ -]+")) {
                throw arguments.refused("with the key '%s'".formatted(key));
            }
            columns.add(new Scope.Column(names.get(i - 1), TextFunctions.jsonValue(arguments.text(0), "$[\"%s\"]".formatted(key))));
        }
        return new Expanded(Optional.empty(), new Scope.Relation(view.alias(), columns.build()));
    }

    private static String unnest(LateralView view, String collection, List<String> names)
    {
        return "UNNEST(%s) AS %s (%s)".formatted(collection, Sql.name(view.alias()), names.stream().map(Sql::name).collect(Collectors.joining(", ")));
    }

    /**
     * @param defaults as Hive names the columns where the view gives none
     */
    private static List<String> names(LateralView view, List<String> defaults)
    {
        List<String> names = view.columns().isEmpty() ? defaults : view.columns();
        if (names.size() != defaults.size() || names.stream().distinct().count() != names.size()) {
            throw new UntranslatableException(view.place(), "LATERAL VIEW %s gives %s columns, and is given the names %s".formatted(view.function().name(), defaults.size(), names));
        }
        return names;
    }
}
