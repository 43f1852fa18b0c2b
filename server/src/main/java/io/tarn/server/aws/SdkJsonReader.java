package io.tarn.server.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.END_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_FALSE;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NULL;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;
import static com.fasterxml.jackson.core.JsonToken.VALUE_TRUE;
import static io.tarn.server.aws.AwsException.serialization;
import static java.lang.Math.toIntExact;
import static java.math.RoundingMode.FLOOR;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads AWS JSON 1.1 into the SDK's model classes, guided by the fields that each of them declares.
 */
public final class SdkJsonReader
{
    private static final BigDecimal MAX_EPOCH_SECOND = BigDecimal.valueOf(Instant.MAX.getEpochSecond());
    private static final BigDecimal MIN_EPOCH_SECOND = BigDecimal.valueOf(Instant.MIN.getEpochSecond());
    private static final int MAX_SECOND_SCALE = 1000;

    // the deepest shape of the models nests some ten levels; the rest is an attack on the stack
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(100)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SdkJsonReader() {}

    /**
     * Fills a builder of a model class.
     *
     * @throws AwsException {@code SerializationException}, naming the JSON path, where the text is not JSON, a member is
     *         not in the model, or a value is not of its member's type
     */
    public static void read(byte[] json, SdkPojo builder)
    {
        try (JsonParser parser = JSON.createParser(json)) {
            if (json.length == 0 || parser.nextToken() != START_OBJECT) {
                throw serialization("The request body is not a JSON object");
            }
            readMembers(parser, builder);
            if (parser.nextToken() != null) {
                throw serialization("The request body goes on after the end of its JSON object");
            }
        }
        catch (IOException e) {
            // Jackson's messages quote the input and say where, but end in a source reference of its own
            throw new AwsException("SerializationException", 400, "The request body is not valid JSON: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    /**
     * Fills a builder from JSON that {@link SdkJsonWriter} wrote.
     */
    public static <B extends SdkPojo & SdkBuilder<B, T>, T> B read(String json, B builder)
    {
        read(json.getBytes(UTF_8), builder);
        return builder;
    }

    private static void readMembers(JsonParser parser, SdkPojo builder)
            throws IOException
    {
        Map<String, SdkField<?>> fields = builder.sdkFieldNameToField();
        while (parser.nextToken() != END_OBJECT) {
            SdkField<?> field = fields.get(parser.currentName());
            if (field == null) {
                throw serialization("%s is not a member of %s".formatted(path(parser), builder.getClass().getEnclosingClass().getSimpleName()));
            }
            if (parser.nextToken() != VALUE_NULL) {
                field.set(builder, readValue(parser, field));
            }
        }
    }

    private static Object readValue(JsonParser parser, SdkField<?> field)
            throws IOException
    {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        return switch (type) {
            case STRING -> text(parser);
            case BOOLEAN -> {
                expect(parser, "true or false", VALUE_TRUE, VALUE_FALSE);
                yield parser.getBooleanValue();
            }
            case INTEGER -> toIntExact(integer(parser, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case LONG -> integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
            case SHORT -> (short) integer(parser, Short.MIN_VALUE, Short.MAX_VALUE);
            case BYTE -> (byte) integer(parser, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case DOUBLE -> floating(parser);
            case FLOAT -> (float) floating(parser);
            case BIG_DECIMAL -> number(parser);
            case INSTANT -> isIso8601(field) ? iso8601(parser) : instant(parser);
            case SDK_BYTES -> bytes(parser);
            case LIST -> list(parser, field.getTrait(ListTrait.class).memberFieldInfo());
            case MAP -> map(parser, field.getTrait(MapTrait.class).valueFieldInfo());
            case SDK_POJO -> pojo(parser, field);
            case NULL, DOCUMENT -> throw serialization("%s is a %s, which this endpoint does not read".formatted(path(parser), type));
        };
    }

    private static Object pojo(JsonParser parser, SdkField<?> field)
            throws IOException
    {
        expect(parser, "an object", START_OBJECT);
        SdkPojo builder = field.constructor().get();
        readMembers(parser, builder);
        return ((SdkBuilder<?, ?>) builder).build();
    }

    private static List<Object> list(JsonParser parser, SdkField<?> member)
            throws IOException
    {
        expect(parser, "an array", START_ARRAY);
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != END_ARRAY) {
            if (parser.currentToken() == VALUE_NULL) {
                throw serialization(path(parser) + " is null");
            }
            values.add(readValue(parser, member));
        }
        return values;
    }

    private static Map<String, Object> map(JsonParser parser, SdkField<?> value)
            throws IOException
    {
        expect(parser, "an object", START_OBJECT);
        Map<String, Object> values = new LinkedHashMap<>();
        while (parser.nextToken() != END_OBJECT) {
            String key = parser.currentName();
            if (parser.nextToken() == VALUE_NULL) {
                throw serialization(path(parser) + " is null");
            }
            values.put(key, readValue(parser, value));
        }
        return values;
    }

    private static String text(JsonParser parser)
            throws IOException
    {
        expect(parser, "a string", VALUE_STRING);
        return parser.getText();
    }

    private static long integer(JsonParser parser, long minimum, long maximum)
            throws IOException
    {
        expect(parser, "an integer", VALUE_NUMBER_INT);
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < minimum || parser.getLongValue() > maximum) {
            throw serialization("%s is %s, not an integer from %s to %s".formatted(path(parser), parser.getText(), minimum, maximum));
        }
        return parser.getLongValue();
    }

    private static BigDecimal number(JsonParser parser)
            throws IOException
    {
        if (!parser.currentToken().isNumeric()) {
            throw mismatch(parser, "a number");
        }
        return parser.getDecimalValue();
    }

    private static double floating(JsonParser parser)
            throws IOException
    {
        if (parser.currentToken() != VALUE_STRING) {
            return number(parser).doubleValue();
        }
        return switch (parser.getText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw mismatch(parser, "a number");
        };
    }

    private static Instant instant(JsonParser parser)
            throws IOException
    {
        BigDecimal seconds = number(parser);
        // 1e-600000000 must not be written out to find that it is almost nothing
        if (seconds.compareTo(MIN_EPOCH_SECOND) < 0 || seconds.compareTo(MAX_EPOCH_SECOND) > 0 || seconds.scale() > MAX_SECOND_SCALE) {
            throw serialization("%s is %s, not seconds since 1970".formatted(path(parser), parser.getText()));
        }
        BigDecimal whole = seconds.setScale(0, FLOOR);
        return Instant.ofEpochSecond(whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
    }

    static boolean isIso8601(SdkField<?> field)
    {
        return field.getOptionalTrait(TimestampFormatTrait.class).filter(trait -> trait.format() == TimestampFormatTrait.Format.ISO_8601).isPresent();
    }

    private static Instant iso8601(JsonParser parser)
            throws IOException
    {
        try {
            return Instant.parse(text(parser));
        }
        catch (DateTimeException e) {
            throw mismatch(parser, "a time as 2018-01-31T10:00:00Z");
        }
    }

    private static SdkBytes bytes(JsonParser parser)
            throws IOException
    {
        expect(parser, "a base64 string", VALUE_STRING);
        try {
            return SdkBytes.fromByteArrayUnsafe(parser.getBinaryValue());
        }
        catch (IOException e) {
            throw mismatch(parser, "base64");
        }
    }

    private static void expect(JsonParser parser, String what, JsonToken... tokens)
    {
        for (JsonToken token : tokens) {
            if (parser.currentToken() == token) {
                return;
            }
        }
        throw mismatch(parser, what);
    }

    private static AwsException mismatch(JsonParser parser, String what)
    {
        return serialization("%s is not %s".formatted(path(parser), what));
    }

    private static String path(JsonParser parser)
    {
        return parser.getParsingContext().pathAsPointer().toString();
    }
}
