package io.tarn.quota.policy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A value of the policy file and the path to it. What is asked for and not there, or of another kind, is noted as a
 * problem, and empty.
 */
record PolicyNode(JsonNode json, String path, Problems problems)
{
    private static final int MAX_SHOWN = 60;
    private static final int MAX_TEXT = 1000;

    PolicyNode
    {
        requireNonNull(json, "json is null");
        requireNonNull(path, "path is null");
        requireNonNull(problems, "problems is null");
    }

    static String memberPath(String path, String key)
    {
        String shown = key.chars().allMatch(Character::isLetterOrDigit) && !key.isEmpty() ? abbreviate(key) : "[\"%s\"]".formatted(abbreviate(new String(JsonStringEncoder.getInstance().quoteAsString(key))));
        return path.isEmpty() || shown.startsWith("[") ? path + shown : path + "." + shown;
    }

    /**
     * Notes what this is not.
     *
     * @param allowed ends the sentence "… must be"
     */
    void refuse(String allowed)
    {
        problems.add(path, "is %s, but must be %s".formatted(abbreviate(json.toString()), allowed));
    }

    boolean isObject(String... known)
    {
        if (!json.isObject()) {
            refuse("an object");
            return false;
        }
        List<String> names = Arrays.asList(known);
        json.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problems.add(memberPath(path, name), "is not known%s; known here: %s".formatted(
                        NearestName.of(name, names).map(", did you mean %s?"::formatted).orElse(""),
                        String.join(", ", names)));
            }
        });
        return true;
    }

    Optional<PolicyNode> member(String name)
    {
        return Optional.ofNullable(json.get(name)).map(value -> new PolicyNode(value, memberPath(path, name), problems));
    }

    Optional<PolicyNode> required(String name, String allowed)
    {
        Optional<PolicyNode> member = member(name);
        if (member.isEmpty()) {
            problems.add(memberPath(path, name), "is missing; it must be " + allowed);
        }
        return member;
    }

    List<PolicyNode> elements(int max)
    {
        if (!json.isArray()) {
            refuse("an array");
            return ImmutableList.of();
        }
        if (json.size() > max) {
            problems.add(path, "has %s elements, but must have at most %s".formatted(json.size(), max));
            return ImmutableList.of();
        }
        ImmutableList.Builder<PolicyNode> elements = ImmutableList.builder();
        for (int i = 0; i < json.size(); i++) {
            elements.add(new PolicyNode(json.get(i), "%s[%s]".formatted(path, i), problems));
        }
        return elements.build();
    }

    Optional<String> text(String allowed)
    {
        if (!json.isTextual() || json.textValue().isBlank()) {
            refuse(allowed);
            return Optional.empty();
        }
        if (json.textValue().length() > MAX_TEXT) {
            problems.add(path, "has %s characters, but must have at most %s".formatted(json.textValue().length(), MAX_TEXT));
            return Optional.empty();
        }
        return Optional.of(json.textValue());
    }

    Optional<Boolean> flag()
    {
        if (!json.isBoolean()) {
            refuse("true or false");
            return Optional.empty();
        }
        return Optional.of(json.booleanValue());
    }

    Optional<BigDecimal> number(String allowed)
    {
        if (!json.isNumber()) {
            refuse(allowed);
            return Optional.empty();
        }
        return Optional.of(json.decimalValue());
    }

    Optional<Long> whole(long min, long max)
    {
        String allowed = "a whole number from %s to %s".formatted(min, max);
        Optional<BigDecimal> number = number(allowed);
        if (number.isPresent()
                && (number.get().compareTo(BigDecimal.valueOf(min)) < 0
                || number.get().compareTo(BigDecimal.valueOf(max)) > 0
                || number.get().stripTrailingZeros().scale() > 0)) {
            refuse(allowed);
            return Optional.empty();
        }
        return number.map(BigDecimal::longValueExact);
    }

    <E extends Enum<E>> Optional<E> choice(Class<E> type)
    {
        E[] choices = type.getEnumConstants();
        String allowed = "one of " + Arrays.stream(choices).map(PolicyNode::written).collect(joining(", "));
        Optional<String> text = text(allowed);
        Optional<E> chosen = text.flatMap(value -> Arrays.stream(choices).filter(choice -> written(choice).equals(value)).findFirst());
        if (text.isPresent() && chosen.isEmpty()) {
            refuse(allowed);
        }
        return chosen;
    }

    /**
     * @param reader throws IllegalArgumentException with what is allowed
     */
    <I, O> Optional<O> convert(Optional<I> value, Function<I, O> reader)
    {
        try {
            return value.map(reader);
        }
        catch (IllegalArgumentException e) {
            refuse(e.getMessage());
            return Optional.empty();
        }
    }

    Optional<Long> bytes(Function<String, Long> reader)
    {
        return convert(text("a size with its unit, such as \"10GB\""), reader);
    }

    Optional<Long> price()
    {
        return convert(number("a number, such as 1.50"), Amounts::positivePrice);
    }

    private static String written(Enum<?> choice)
    {
        return choice.name().toLowerCase(ENGLISH);
    }

    private static String abbreviate(String text)
    {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
