package io.tarn.protect;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.google.common.base.Throwables;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import static java.util.stream.Collectors.joining;

/**
 * What is wrong with a file of rules, in words for the one who wrote it.
 */
final class RulesProblem
{
    // where Jackson speaks of another place, it begins with a source that it does not show
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*; |(?<=\\d)](?=\\))");

    private RulesProblem() {}

    /**
     * As it follows the name of the file: {@code line 3, column 7, tables[0].columns[1].nmae: …}.
     */
    static String describe(IOException failure)
    {
        if (!(failure instanceof JsonProcessingException problem)) {
            return "cannot be read: " + failure.getMessage();
        }
        String path = failure instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
        return "%s%s: %s".formatted(place(problem.getLocation()), path.isEmpty() ? "" : ", " + path, reason(problem));
    }

    private static String reason(JsonProcessingException problem)
    {
        return switch (problem) {
            case UnrecognizedPropertyException unknown -> "\"%s\" is not known; known here: %s".formatted(
                    unknown.getPropertyName(),
                    unknown.getKnownPropertyIds().stream().map(Objects::toString).sorted().collect(joining(", ")));
            case InvalidFormatException invalid -> invalidValue(invalid);
            case MismatchedInputException mismatched -> "has the wrong form: " + firstLine(mismatched);
            case JsonMappingException mapping -> Throwables.getRootCause(mapping) instanceof StreamReadException syntax ? notJson(syntax) : firstLine(Throwables.getRootCause(mapping));
            default -> notJson(problem);
        };
    }

    private static String notJson(JsonProcessingException problem)
    {
        return "is not JSON: " + SOURCE.matcher(problem.getOriginalMessage()).replaceAll("");
    }

    private static String invalidValue(InvalidFormatException invalid)
    {
        Class<?> type = invalid.getTargetType();
        if (type == Pattern.class) {
            return "\"%s\" is not a regular expression: %s".formatted(invalid.getValue(), firstLine(invalid).replaceFirst(".*problem: ", ""));
        }
        if (type.isEnum()) {
            return "\"%s\" is not one of %s".formatted(invalid.getValue(), List.of(type.getEnumConstants()));
        }
        return "\"%s\" is not what belongs here: %s".formatted(invalid.getValue(), firstLine(invalid));
    }

    private static String firstLine(Throwable throwable)
    {
        String message = throwable instanceof JsonProcessingException problem ? problem.getOriginalMessage() : throwable.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private static String place(JsonLocation location)
    {
        return location == null ? "somewhere" : "line %s, column %s".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String path(List<JsonMappingException.Reference> references)
    {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            }
            else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }
}
