package io.tarn.server.aws;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Gives every member of a class of AWS's model a value, down to the last, each another one.
 */
public final class FilledModel
{
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    // of the objects that the value is in: a shape that holds itself ends where it would repeat
    private final Deque<Class<?>> within = new ArrayDeque<>();
    private int count;

    private FilledModel() {}

    /**
     * @param builder of the class; what is a document in the model, which nothing served here has, stays unset
     */
    public static <B extends SdkPojo> B fill(B builder)
    {
        new FilledModel().members(builder);
        return builder;
    }

    private void members(SdkPojo builder)
    {
        within.push(builder.getClass());
        for (SdkField<?> field : builder.sdkFields()) {
            value(field).ifPresent(value -> field.set(builder, value));
        }
        within.pop();
    }

    private Optional<Object> value(SdkField<?> field)
    {
        count++;
        MarshallingKnownType type = field.marshallingType().getKnownType();
        return switch (type) {
            case STRING -> Optional.of("text-" + count);
            case BOOLEAN -> Optional.of(true);
            case INTEGER -> Optional.of(count);
            case LONG -> Optional.of(1_000_000_000_000L + count);
            case SHORT -> Optional.of((short) count);
            case BYTE -> Optional.of((byte) count);
            case DOUBLE -> Optional.of(count + 0.25);
            case FLOAT -> Optional.of(count + 0.5f);
            case BIG_DECIMAL -> Optional.of(new BigDecimal(count + ".125"));
            case INSTANT -> Optional.of(TIME.plusSeconds(count));
            case SDK_BYTES -> Optional.of(SdkBytes.fromByteArray(new byte[] {(byte) count, 0, -1}));
            case LIST -> {
                SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
                List<Object> values = List.of(member, member).stream().map(this::value).flatMap(Optional::stream).collect(toImmutableList());
                yield values.isEmpty() ? Optional.empty() : Optional.of(values);
            }
            case MAP -> value(field.getTrait(MapTrait.class).valueFieldInfo()).map(value -> Map.of("key-" + count, value));
            case SDK_POJO -> {
                SdkPojo builder = field.constructor().get();
                if (within.contains(builder.getClass())) {
                    yield Optional.empty();
                }
                members(builder);
                yield Optional.of(((SdkBuilder<?, ?>) builder).build());
            }
            case DOCUMENT, NULL -> Optional.empty();
        };
    }

    /**
     * The names of the members that have a value.
     */
    public static List<String> set(SdkPojo pojo)
    {
        return pojo.sdkFields().stream()
                .filter(field -> switch (field.getValueOrDefault(pojo)) {
                    case null -> false;
                    case SdkAutoConstructList<?> _ -> false;
                    case SdkAutoConstructMap<?, ?> _ -> false;
                    default -> true;
                })
                .map(SdkField::memberName)
                .collect(toImmutableList());
    }
}
