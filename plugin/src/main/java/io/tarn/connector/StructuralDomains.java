package io.tarn.connector;

import io.trino.spi.predicate.Domain;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.Collection;
import java.util.Map;

import static io.trino.spi.type.TypeUtils.writeNativeValue;

/**
 * Conditions on whole arrays, maps and rows.
 */
final class StructuralDomains
{
    private StructuralDomains() {}

    /**
     * Whether a condition can be told from another. Those on arrays, maps and rows with a null inside cannot, as null is
     * equal to nothing: the engine would push them down again and again, as if they were new each time.
     */
    static boolean isComparable(Domain domain)
    {
        Type type = domain.getType();
        if (!(type instanceof ArrayType || type instanceof MapType || type instanceof RowType) || domain.isOnlyNull()) {
            return true;
        }
        return domain.getValues().isDiscreteSet() && domain.getValues().getDiscreteSet().stream()
                .noneMatch(value -> hasNull(type.getObjectValue(writeNativeValue(type, value), 0)));
    }

    private static boolean hasNull(Object value)
    {
        return switch (value) {
            case null -> true;
            case Collection<?> elements -> elements.stream().anyMatch(StructuralDomains::hasNull);
            case Map<?, ?> entries -> entries.keySet().stream().anyMatch(StructuralDomains::hasNull) || entries.values().stream().anyMatch(StructuralDomains::hasNull);
            default -> false;
        };
    }
}
