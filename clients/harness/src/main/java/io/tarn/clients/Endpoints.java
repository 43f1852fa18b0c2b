package io.tarn.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static java.util.stream.Collectors.toUnmodifiableMap;

/**
 * What {@code endpoints.json} says. It is one flat object without escapes, and a JSON library of this module would
 * stand in the way of the clients' own.
 */
record Endpoints(Map<String, String> values)
{
    private static final Pattern STRING = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"([^\"\\\\]*)\"");

    Endpoints
    {
        values = Map.copyOf(values);
    }

    static Endpoints read(Path file)
            throws IOException
    {
        return new Endpoints(STRING.matcher(Files.readString(file)).results()
                .collect(toUnmodifiableMap((MatchResult result) -> result.group(1), result -> result.group(2))));
    }

    String value(String name)
    {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("endpoints.json has no " + name);
        }
        return value;
    }

    URI uri(String name)
    {
        return URI.create(value(name));
    }
}
