package io.tarn.format.grok;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Locale.ENGLISH;

/**
 * A Grok expression as a regular one.
 * <p>
 * {@code %{NAME:field}} is the pattern {@code NAME}, and what it matches the field's value; a type after another colon
 * is left to the column. {@code %{NAME}} is the value of a field of the pattern's own name. Fields of the patterns that
 * a pattern is made of are fields too, and so are groups that have names.
 */
final class GrokExpression
{
    private static final int MAX_DEPTH = 50;
    private static final int MAX_LENGTH = 256 * 1024;

    // escapes are passed over as a whole, so that none of their characters begins anything
    private static final Pattern TOKEN = Pattern.compile(
            """
            %\\{(?<pattern>\\w+)(?::(?<field>[^:}]+))?(?::\\w+)?}\
            |\\(\\?<(?<group>[A-Za-z_]\\w*)>\
            |\\\\k<(?<reference>[A-Za-z_]\\w*)>\
            |\\\\.""");

    private final GrokPatterns patterns;
    private final Set<String> fields;
    private final StringBuilder regex = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private final ListMultimap<String, String> named = ArrayListMultimap.create();
    private final ListMultimap<String, String> ofPatterns = ArrayListMultimap.create();
    private final Map<String, String> references = new HashMap<>();
    private int groups;

    private GrokExpression(GrokPatterns patterns, Set<String> fields)
    {
        this.patterns = patterns;
        this.fields = fields;
    }

    /**
     * @param fields names in lower case; others are matched and not captured
     * @throws IllegalArgumentException where a pattern is not known or contains itself, the expression is too large, or
     *         none
     */
    static Captures compile(String expression, GrokPatterns patterns, Set<String> fields)
    {
        GrokExpression grok = new GrokExpression(patterns, fields);
        grok.expand(expression);
        Pattern pattern = Pattern.compile(grok.regex.toString());
        Map<String, Integer> numbers = pattern.namedGroups();
        Map<String, List<Integer>> captures = new HashMap<>();
        for (String field : fields) {
            ImmutableList.Builder<Integer> groups = ImmutableList.builder();
            grok.named.get(field).forEach(group -> groups.add(numbers.get(group)));
            grok.ofPatterns.get(field).forEach(group -> groups.add(numbers.get(group)));
            captures.put(field, groups.build());
        }
        return new Captures(pattern, captures);
    }

    private void expand(String expression)
    {
        Matcher token = TOKEN.matcher(expression);
        int end = 0;
        while (token.find()) {
            append(expression.substring(end, token.start()));
            end = token.end();
            if (token.group("pattern") != null) {
                expand(token.group("pattern"), token.group("field"));
            }
            else if (token.group("group") != null) {
                String group = newGroup();
                references.put(token.group("group"), group);
                named.put(token.group("group").toLowerCase(ENGLISH), group);
                append("(?<" + group + ">");
            }
            else if (token.group("reference") != null) {
                append("\\k<" + references.getOrDefault(token.group("reference"), token.group("reference")) + ">");
            }
            else {
                append(token.group());
            }
        }
        append(expression.substring(end));
    }

    private void expand(String name, String field)
    {
        checkArgument(!open.contains(name), "Grok pattern '%s' contains itself", name);
        checkArgument(open.size() < MAX_DEPTH, "Grok patterns are nested more than %s deep, at '%s'", MAX_DEPTH, name);
        String expression = patterns.expression(name)
                .orElseThrow(() -> new IllegalArgumentException("Grok pattern '%s' is not known; define it in property '%s'".formatted(name, GrokFormat.CUSTOM_PATTERNS)));
        String column = (field == null ? name : field).toLowerCase(ENGLISH);
        if (fields.contains(column)) {
            String group = newGroup();
            (field == null ? ofPatterns : named).put(column, group);
            append("(?<" + group + ">");
        }
        else {
            append("(?:");
        }
        open.push(name);
        expand(expression);
        open.pop();
        append(")");
    }

    private String newGroup()
    {
        groups++;
        return "g" + groups;
    }

    private void append(String text)
    {
        checkArgument(regex.length() + text.length() <= MAX_LENGTH, "property '%s' makes a regular expression of more than %s characters", GrokFormat.EXPRESSION, MAX_LENGTH);
        regex.append(text);
    }

    /**
     * @param groups of each field, those that were given its name before those of a pattern of that name
     */
    record Captures(Pattern pattern, Map<String, List<Integer>> groups) {}
}
