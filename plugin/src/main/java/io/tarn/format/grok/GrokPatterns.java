package io.tarn.format.grok;

import com.google.common.collect.ImmutableMap;
import io.krakens.grok.api.GrokCompiler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Regular expressions by the names that Grok knows them by: those of Logstash, and a table's own, which go before them.
 */
final class GrokPatterns
{
    private static final Map<String, String> STANDARD = standard();
    private static final int MAX_CUSTOM_LENGTH = 1024 * 1024;
    private static final Pattern DEFINITION = Pattern.compile("(\\w+)[ \\t]+(.+)");
    // who writes a statement through a tool that escapes once more leaves the two characters \ and n
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n|\\\\n(?=\\w+[ \\t])");

    private final Map<String, String> custom;

    private GrokPatterns(Map<String, String> custom)
    {
        this.custom = ImmutableMap.copyOf(custom);
    }

    /**
     * @param property a definition a line: the name, a blank, the expression; lines that start with # are comments
     * @throws IllegalArgumentException where a line is no definition
     */
    static GrokPatterns of(String property)
    {
        checkArgument(property.length() <= MAX_CUSTOM_LENGTH, "property '%s' has %s characters, and may have %s", GrokFormat.CUSTOM_PATTERNS, property.length(), MAX_CUSTOM_LENGTH);
        Map<String, String> custom = new HashMap<>();
        List<String> lines = LINE_END.splitAsStream(property).toList();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher definition = DEFINITION.matcher(line);
            checkArgument(definition.matches(), "line %s of property '%s' is '%s'; it takes a name, a blank and an expression", number, GrokFormat.CUSTOM_PATTERNS, line);
            custom.put(definition.group(1), definition.group(2));
        }
        return new GrokPatterns(custom);
    }

    Optional<String> expression(String name)
    {
        return Optional.ofNullable(custom.getOrDefault(name, STANDARD.get(name)));
    }

    private static Map<String, String> standard()
    {
        GrokCompiler compiler = GrokCompiler.newInstance();
        compiler.registerDefaultPatterns();
        return ImmutableMap.copyOf(compiler.getPatternDefinitions());
    }
}
