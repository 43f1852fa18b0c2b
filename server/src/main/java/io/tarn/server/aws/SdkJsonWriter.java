package io.tarn.server.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes the SDK's model classes as AWS JSON 1.1: members that are not set are left out, times are seconds since 1970
 * where the model does not say otherwise.
 */
public final class SdkJsonWriter
{
    private static final JsonFactory JSON = new JsonFactory();

    private SdkJsonWriter() {}

    public static byte[] write(SdkPojo pojo)
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            writeObject(generator, pojo);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static String writeText(SdkPojo pojo)
    {
        return new String(write(pojo), UTF_8);
    }

    private static void writeObject(JsonGenerator generator, SdkPojo pojo)
            throws IOException
    {
        generator.writeStartObject();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !(value instanceof SdkAutoConstructList<?>) && !(value instanceof SdkAutoConstructMap<?, ?>)) {
                generator.writeFieldName(field.locationName());
                writeValue(generator, value, field);
            }
        }
        generator.writeEndObject();
    }

    private static void writeValue(JsonGenerator generator, Object value, SdkField<?> field)
            throws IOException
    {
        switch (value) {
            case String text -> generator.writeString(text);
            case Boolean bool -> generator.writeBoolean(bool);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Short number -> generator.writeNumber(number);
            case Byte number -> generator.writeNumber(number.intValue());
            // what is not finite becomes a string, as AWS writes it
            case Double number -> generator.writeNumber(number);
            case Float number -> generator.writeNumber(number);
            case BigDecimal number -> generator.writeNumber(number.toPlainString());
            case Instant instant when SdkJsonReader.isIso8601(field) -> generator.writeString(instant.toString());
            case Instant instant -> generator.writeNumber(epochSeconds(instant));
            case SdkBytes bytes -> generator.writeBinary(bytes.asByteArrayUnsafe());
            case SdkPojo pojo -> writeObject(generator, pojo);
            case List<?> list -> {
                generator.writeStartArray();
                SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
                for (Object element : list) {
                    writeValue(generator, element, member);
                }
                generator.writeEndArray();
            }
            case Map<?, ?> map -> {
                generator.writeStartObject();
                SdkField<?> content = field.getTrait(MapTrait.class).valueFieldInfo();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    generator.writeFieldName((String) entry.getKey());
                    writeValue(generator, entry.getValue(), content);
                }
                generator.writeEndObject();
            }
            default -> throw new IllegalArgumentException("No AWS JSON for " + value.getClass().getName());
        }
    }

    private static String epochSeconds(Instant instant)
    {
        BigDecimal seconds = BigDecimal.valueOf(instant.getEpochSecond())
                .add(BigDecimal.valueOf(instant.getNano(), 9))
                .stripTrailingZeros();
        return seconds.toPlainString();
    }
}
