package io.tarn.quota.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads JSON with the numbers as they are written, and notes keys that an object has twice.
 */
final class JsonTree
{
    private static final int MAX_DEPTH = 50;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private final JsonParser parser;
    private final Problems problems;

    private JsonTree(JsonParser parser, Problems problems)
    {
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * @throws IllegalArgumentException where the bytes are not JSON, with line and column
     */
    static JsonNode read(byte[] bytes, Problems problems)
    {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            return new JsonTree(parser, problems).read();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode read()
            throws IOException
    {
        try {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("is empty, but must be a JSON object");
            }
            JsonNode root = value("");
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("is not JSON: more follows after its end at " + describe(parser.currentTokenLocation()));
            }
            return root;
        }
        catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw new IllegalArgumentException("is not JSON at %s: %s".formatted(describe(location), e.getOriginalMessage()), e);
        }
        catch (NumberFormatException e) {
            throw new IllegalArgumentException("has a number that no one can mean at " + describe(parser.currentTokenLocation()), e);
        }
    }

    private static String describe(JsonLocation location)
    {
        return "line %s, column %s".formatted(location.getLineNr(), location.getColumnNr());
    }

    private JsonNode value(String path)
            throws IOException
    {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> NODES.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> throw new IllegalArgumentException("is not JSON: unexpected " + token);
        };
    }

    private ObjectNode object(String path)
            throws IOException
    {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String member = PolicyNode.memberPath(path, key);
            if (object.has(key)) {
                problems.add(member, "is there twice, the second time at " + describe(parser.currentTokenLocation()));
            }
            parser.nextToken();
            object.set(key, value(member));
        }
        return object;
    }

    private ArrayNode array(String path)
            throws IOException
    {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value("%s[%s]".formatted(path, array.size())));
        }
        return array;
    }
}
