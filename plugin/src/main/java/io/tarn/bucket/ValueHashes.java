package io.tarn.bucket;

import io.airlift.slice.Slice;
import io.tarn.type.HiveTypes;
import io.trino.metastore.HiveType;
import io.trino.metastore.type.ListTypeInfo;
import io.trino.metastore.type.MapTypeInfo;
import io.trino.metastore.type.PrimitiveTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.spi.block.Block;
import io.trino.spi.block.SqlMap;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.Type;

import java.util.Optional;

import static io.tarn.bucket.BucketingVersion.V1;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TinyintType.TINYINT;

/**
 * Hive's hashes of values, as {@code hashCode} and {@code hashCodeMurmur} of its {@code ObjectInspectorUtils} define
 * them, for the types that Trino's Hive connector buckets by too: of the others (timestamps, decimals, {@code char},
 * binary, structs) engines do not agree what a value is.
 */
final class ValueHashes
{
    private static final int FACTOR = 31;

    private ValueHashes() {}

    /**
     * @return empty for a type that rows cannot be bucketed by
     */
    static Optional<ValueHash> of(BucketingVersion version, TypeInfo type)
    {
        return switch (type) {
            case PrimitiveTypeInfo primitive -> Optional.ofNullable(version == V1 ? primitiveV1(primitive) : primitiveV2(primitive));
            case ListTypeInfo list -> of(version, list.getListElementTypeInfo())
                    .flatMap(element -> trinoType(list).map(trino -> arrayHash((ArrayType) trino, element)));
            // of a map's values Hive knows the first hash only, in both versions
            case MapTypeInfo map -> of(version, map.getMapKeyTypeInfo())
                    .flatMap(key -> of(V1, map.getMapValueTypeInfo())
                            .flatMap(value -> trinoType(map).map(trino -> mapHash((MapType) trino, key, value))));
            default -> Optional.empty();
        };
    }

    private static Optional<Type> trinoType(TypeInfo type)
    {
        return HiveTypes.trinoType(HiveType.fromTypeInfo(type));
    }

    private static ValueHash primitiveV1(PrimitiveTypeInfo type)
    {
        return switch (type.getPrimitiveCategory()) {
            case BOOLEAN -> (block, position) -> BOOLEAN.getBoolean(block, position) ? 1 : 0;
            case BYTE -> (block, position) -> TINYINT.getByte(block, position);
            case SHORT -> (block, position) -> SMALLINT.getShort(block, position);
            case INT -> (block, position) -> INTEGER.getInt(block, position);
            case LONG -> (block, position) -> Long.hashCode(BIGINT.getLong(block, position));
            case FLOAT -> (block, position) -> Float.floatToIntBits(REAL.getFloat(block, position));
            case DOUBLE -> (block, position) -> Long.hashCode(Double.doubleToLongBits(DOUBLE.getDouble(block, position)));
            case DATE -> (block, position) -> DATE.getInt(block, position);
            case STRING -> textHash(type, 0);
            // a varchar is hashed as an object around its text
            case VARCHAR -> textHash(type, 1);
            case CHAR, BINARY, DECIMAL, TIMESTAMP, TIMESTAMPLOCALTZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, VOID, VARIANT, UNKNOWN -> null;
        };
    }

    private static ValueHash primitiveV2(PrimitiveTypeInfo type)
    {
        return switch (type.getPrimitiveCategory()) {
            // these two are not worth Murmur to Hive
            case BOOLEAN, BYTE -> primitiveV1(type);
            case SHORT -> (block, position) -> Murmur.hash(SMALLINT.getShort(block, position));
            case INT -> (block, position) -> Murmur.hash(INTEGER.getInt(block, position));
            case LONG -> (block, position) -> Murmur.hash(BIGINT.getLong(block, position));
            // Hive takes the bits for a number and hashes the bits of that
            case FLOAT -> (block, position) -> Murmur.hash(Float.floatToRawIntBits((float) Float.floatToIntBits(REAL.getFloat(block, position))));
            case DOUBLE -> (block, position) -> Murmur.hash(Double.doubleToRawLongBits((double) Double.doubleToLongBits(DOUBLE.getDouble(block, position))));
            case DATE -> (block, position) -> Murmur.hash(DATE.getInt(block, position));
            case STRING, VARCHAR -> trinoType(type)
                    .<ValueHash>map(trino -> (block, position) -> Murmur.hash(trino.getSlice(block, position)))
                    .orElseThrow();
            case CHAR, BINARY, DECIMAL, TIMESTAMP, TIMESTAMPLOCALTZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, VOID, VARIANT, UNKNOWN -> null;
        };
    }

    private static ValueHash textHash(PrimitiveTypeInfo type, int initial)
    {
        Type trino = trinoType(type).orElseThrow();
        return (block, position) -> {
            Slice text = trino.getSlice(block, position);
            int hash = initial;
            for (int i = 0; i < text.length(); i++) {
                hash = hash * FACTOR + text.getByte(i);
            }
            return hash;
        };
    }

    private static ValueHash arrayHash(ArrayType type, ValueHash element)
    {
        return (block, position) -> {
            Block elements = type.getObject(block, position);
            int hash = 0;
            for (int i = 0; i < elements.getPositionCount(); i++) {
                hash = hash * FACTOR + element.of(elements, i);
            }
            return hash;
        };
    }

    private static ValueHash mapHash(MapType type, ValueHash key, ValueHash value)
    {
        return (block, position) -> {
            SqlMap map = type.getObject(block, position);
            int hash = 0;
            for (int i = map.getRawOffset(); i < map.getRawOffset() + map.getSize(); i++) {
                hash += key.of(map.getRawKeyBlock(), i) ^ value.of(map.getRawValueBlock(), i);
            }
            return hash;
        };
    }
}
