package io.tarn.athena.dialect;

import io.trino.sql.tree.Array;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.DoubleLiteral;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.NullLiteral;
import io.trino.sql.tree.Property;
import io.trino.sql.tree.StringLiteral;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static io.tarn.athena.dialect.DialectException.Reason.REFUSED;

/**
 * Values of properties and arguments in Trino's statements, where they are written out.
 */
final class PropertyValues
{
    private PropertyValues() {}

    /**
     * By name, in lower case and in the order written.
     */
    static Map<String, Expression> values(List<Property> properties)
    {
        Map<String, Expression> values = new LinkedHashMap<>();
        for (Property property : properties) {
            if (!property.isSetToDefault()) {
                values.put(property.getName().getValue().toLowerCase(Locale.ENGLISH), property.getNonDefaultValue());
            }
        }
        return values;
    }

    static String text(Expression value)
    {
        return switch (value) {
            case StringLiteral literal -> literal.getValue();
            case LongLiteral literal -> literal.getValue();
            case DoubleLiteral literal -> String.valueOf(literal.getValue());
            case BooleanLiteral literal -> String.valueOf(literal.getValue());
            default -> throw refused(value, "%s is not a value that is written out".formatted(value));
        };
    }

    static List<String> list(Expression value)
    {
        if (!(value instanceof Array array)) {
            throw refused(value, "%s is not a list that is written out, such as ARRAY['a', 'b']".formatted(value));
        }
        return array.getValues().stream().map(PropertyValues::text).toList();
    }

    /**
     * {@code MAP(ARRAY['a'], ARRAY['b'])}.
     */
    static Map<String, String> map(Expression value)
    {
        if (!(value instanceof FunctionCall call) || call.getArguments().size() != 2 || !call.getName().getSuffix().equalsIgnoreCase("map")) {
            throw refused(value, "%s is not a map that is written out, such as MAP(ARRAY['a'], ARRAY['b'])".formatted(value));
        }
        List<String> keys = list(call.getArguments().getFirst().getValue());
        List<String> values = list(call.getArguments().getLast().getValue());
        if (keys.size() != values.size()) {
            throw refused(value, "There are %s keys and %s values".formatted(keys.size(), values.size()));
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int index = 0; index < keys.size(); index++) {
            map.put(keys.get(index), values.get(index));
        }
        return map;
    }

    static boolean isNull(Expression value)
    {
        return value instanceof NullLiteral;
    }

    static DialectException refused(Node node, String problem)
    {
        NodeLocation location = node.getLocation().orElseGet(() -> new NodeLocation(1, 1));
        return new DialectException(REFUSED, location.getLineNumber(), location.getColumnNumber(), problem);
    }
}
