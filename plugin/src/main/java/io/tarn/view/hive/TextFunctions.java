package io.tarn.view.hive;

import io.trino.spi.type.ArrayType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

import static io.tarn.view.hive.Sql.string;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * Functions of strings.
 */
final class TextFunctions
{
    private static final Pattern PLAIN = Pattern.compile("[^\\\\\\[\\](){}.*+?^$|]+");
    private static final Pattern JSON_PATH = Pattern.compile("\\$(\\.[A-Za-z_][A-Za-z0-9_]*|\\[[0-9]+])+");

    private TextFunctions() {}

    static Optional<Sql> translate(Arguments arguments)
    {
        return Optional.ofNullable(switch (arguments.call().name()) {
            case "concat" -> concat(arguments.place(), arguments.count(1, Integer.MAX_VALUE).values());
            case "concat_ws" -> concatWithSeparator(arguments.count(2, Integer.MAX_VALUE));
            case "substr", "substring" -> substring(arguments.count(2, 3));
            case "length", "char_length", "character_length" -> new Sql("length(%s)".formatted(arguments.count(1).text(0)), BIGINT);
            case "lower", "lcase" -> text("lower(%s)", arguments.count(1).text(0));
            case "upper", "ucase" -> text("upper(%s)", arguments.count(1).text(0));
            // Trino's own trim takes every kind of blank, Hive's only spaces
            case "trim" -> text("trim(BOTH ' ' FROM %s)", arguments.count(1).text(0));
            case "ltrim" -> text("trim(LEADING ' ' FROM %s)", arguments.count(1).text(0));
            case "rtrim" -> text("trim(TRAILING ' ' FROM %s)", arguments.count(1).text(0));
            case "reverse" -> text("reverse(%s)", arguments.count(1).text(0));
            case "replace" -> text("replace(%s, %s, %s)", arguments.count(3).text(0), arguments.text(1), arguments.text(2));
            case "translate" -> text("translate(%s, %s, %s)", arguments.count(3).text(0), arguments.text(1), arguments.text(2));
            case "lpad" -> text("lpad(%s, %s, %s)", arguments.count(3).text(0), arguments.integer(1), arguments.text(2));
            case "rpad" -> text("rpad(%s, %s, %s)", arguments.count(3).text(0), arguments.integer(1), arguments.text(2));
            case "instr" -> new Sql("strpos(%s, %s)".formatted(arguments.count(2).text(0), arguments.text(1)), BIGINT);
            case "locate" -> new Sql("strpos(%s, %s)".formatted(arguments.count(2).text(1), arguments.text(0)), BIGINT);
            case "split" -> split(arguments.count(2));
            case "regexp_replace" -> replacement(arguments.count(3));
            case "regexp_extract" -> extract(arguments.count(2, 3));
            case "get_json_object" -> {
                if (!JSON_PATH.matcher(arguments.count(2).literal(1)).matches()) {
                    throw arguments.refused("with the path '%s'".formatted(arguments.literal(1)));
                }
                yield jsonElement(arguments.text(0), arguments.literal(1));
            }
            case "md5" -> text("lower(to_hex(md5(to_utf8(%s))))", arguments.count(1).text(0));
            case "sha", "sha1" -> text("lower(to_hex(sha1(to_utf8(%s))))", arguments.count(1).text(0));
            case "sha2" -> sha2(arguments.count(2));
            case "crc32" -> new Sql("crc32(to_utf8(%s))".formatted(arguments.count(1).text(0)), BIGINT);
            default -> null;
        });
    }

    static Sql concat(Place place, List<Sql> values)
    {
        if (values.size() == 1) {
            return Casts.asText(place, values.getFirst());
        }
        return new Sql("concat(%s)".formatted(values.stream().map(value -> Casts.asText(place, value).text()).collect(Collectors.joining(", "))), VARCHAR);
    }

    /**
     * Of the field of an array Hive makes an array of the fields, and Trino nothing; such a document fails the query.
     */
    private static Sql jsonElement(String json, String path)
    {
        List<String> arrays = new ArrayList<>();
        for (int step = path.indexOf('.'); step >= 0; step = path.indexOf('.', step + 1)) {
            arrays.add("json_array_length(json_extract(%s, %s)) IS NOT NULL".formatted(json, string(path.substring(0, step))));
        }
        Sql value = jsonValue(json, path);
        if (arrays.isEmpty()) {
            return value;
        }
        return new Sql("IF(%s, CAST(fail(%s) AS varchar), %s)".formatted(
                String.join(" OR ", arrays),
                string("get_json_object meets an array at a field of the path %s, which is not translated from Hive's dialect".formatted(path)),
                value.text()), VARCHAR);
    }

    /**
     * What stands in a JSON document at a path: a string without quotes, an object or an array as JSON.
     */
    static Sql jsonValue(String json, String path)
    {
        return new Sql("COALESCE(json_extract_scalar(%1$s, %2$s), NULLIF(json_format(json_extract(%1$s, %2$s)), 'null'))".formatted(json, string(path)), VARCHAR);
    }

    private static Sql concatWithSeparator(Arguments arguments)
    {
        if (arguments.size() == 2 && arguments.type(1) instanceof ArrayType array && !arguments.get(1).isNull()) {
            if (!Types.isText(array.getElementType())) {
                throw arguments.refused("of the type %s".formatted(arguments.typeName(1)));
            }
            // of no array Hive makes an empty string, as of an empty one
            return new Sql("IF(%1$s IS NOT NULL, COALESCE(concat_ws(%1$s, %2$s), ''))".formatted(arguments.text(0), arguments.sql(1)), VARCHAR);
        }
        for (int i = 0; i < arguments.size(); i++) {
            arguments.text(i);
        }
        return new Sql("concat_ws(%s)".formatted(arguments.values().stream().map(Sql::text).collect(Collectors.joining(", "))), VARCHAR);
    }

    private static Sql substring(Arguments arguments)
    {
        String start = arguments.integer(1);
        // Hive takes position 0 for position 1, Trino finds nothing there
        String position = arguments.isConstant(1) ? (start.equals("0") ? "1" : start) : "IF(%1$s = 0, 1, %1$s)".formatted(start);
        return arguments.size() == 2
                ? text("substr(%s, %s)", arguments.text(0), position)
                : text("substr(%s, %s, %s)", arguments.text(0), position, arguments.integer(2));
    }

    private static Sql split(Arguments arguments)
    {
        String pattern = pattern(arguments);
        String function = PLAIN.matcher(pattern).matches() ? "split" : "regexp_split";
        return new Sql("%s(%s, %s)".formatted(function, arguments.text(0), string(pattern)), new ArrayType(VARCHAR));
    }

    private static Sql replacement(Arguments arguments)
    {
        String replacement = arguments.literal(2);
        if (replacement.contains("\\")) {
            throw arguments.refused("with a backslash in the replacement");
        }
        return text("regexp_replace(%s, %s, %s)", arguments.text(0), string(pattern(arguments)), string(replacement));
    }

    private static Sql extract(Arguments arguments)
    {
        // without a group Hive gives the first; without a match it gives an empty string, and Trino NULL
        String group = arguments.size() == 2 ? "1" : arguments.integer(2);
        if (arguments.size() == 3 && !arguments.isConstant(2)) {
            throw arguments.refused("with a group that is no number");
        }
        return new Sql("CASE WHEN regexp_like(%1$s, %2$s) THEN regexp_extract(%1$s, %2$s, %3$s) WHEN %1$s IS NOT NULL THEN '' END".formatted(
                arguments.text(0), string(pattern(arguments)), group), VARCHAR).parenthesized();
    }

    /**
     * A regular expression that Java and Trino read the same.
     */
    private static String pattern(Arguments arguments)
    {
        String pattern = arguments.literal(1);
        if (pattern.isEmpty()) {
            throw arguments.refused("with an empty pattern");
        }
        try {
            if (Pattern.compile(pattern).matcher("").matches()) {
                throw arguments.refused("with the pattern '%s', which matches nothing at all".formatted(pattern));
            }
        }
        catch (PatternSyntaxException _) {
            throw arguments.refused("with the pattern '%s', which is no regular expression".formatted(pattern));
        }
        return pattern;
    }

    private static Sql sha2(Arguments arguments)
    {
        String bits = arguments.integer(1);
        String function = switch (bits) {
            case "0", "256" -> "sha256";
            case "512" -> "sha512";
            default -> throw arguments.refused("with %s bits".formatted(bits));
        };
        return text("lower(to_hex(%s(to_utf8(%s))))", function, arguments.text(0));
    }

    private static Sql text(String format, Object... parts)
    {
        return new Sql(format.formatted(parts), VARCHAR);
    }
}
