package io.tarn.format.avro;

import io.tarn.type.HiveTypes;
import io.trino.hive.formats.avro.AvroHiveConstants;
import io.trino.hive.formats.avro.AvroTypeException;
import io.trino.hive.formats.avro.BlockBuildingDecoder;
import io.trino.hive.formats.avro.HiveAvroTypeBlockHandler;
import io.trino.hive.formats.avro.model.AvroReadAction;
import io.trino.hive.formats.avro.model.LongRead;
import io.trino.metastore.HiveType;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Int128;
import io.trino.spi.type.Type;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

import static io.tarn.format.avro.DerivedSchemas.TYPE_PROPERTY;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static java.math.RoundingMode.HALF_UP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The library's types, and those that it lacks: small integers, decimals of any scale and in bytes of fixed length,
 * timestamps of microseconds and without a zone.
 */
final class AvroTypes
        extends HiveAvroTypeBlockHandler
{
    private static final long MICROSECONDS_PER_MILLISECOND = 1000;

    private ZoneId zone;

    /**
     * @param zone in which timestamps are shown of files that do not name their writer's
     */
    AvroTypes(ZoneId zone)
    {
        super(TIMESTAMP_MILLIS);
        this.zone = requireNonNull(zone, "zone is null");
    }

    @Override
    public void configure(Map<String, byte[]> fileMetadata)
    {
        super.configure(fileMetadata);
        byte[] writerZone = fileMetadata.get(AvroHiveConstants.WRITER_TIME_ZONE);
        if (writerZone != null) {
            try {
                zone = ZoneId.of(new String(writerZone, UTF_8));
            }
            catch (DateTimeException e) {
                throw new IllegalArgumentException("its writer's time zone is unknown: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public Type typeFor(Schema schema)
            throws AvroTypeException
    {
        return HiveTypes.trinoType(HiveType.fromTypeInfo(SchemaTypes.typeInfo(schema))).orElseThrow();
    }

    @Override
    public BlockBuildingDecoder blockBuildingDecoderFor(AvroReadAction action)
            throws AvroTypeException
    {
        if (action.readSchema().isUnion() || action.readSchema().getProp(TYPE_PROPERTY) == null) {
            return super.blockBuildingDecoderFor(action);
        }
        Type type = typeFor(action.readSchema());
        if (type.equals(TINYINT)) {
            return (decoder, builder) -> writeInteger(type, decoder.readInt(), Byte.MIN_VALUE, Byte.MAX_VALUE, builder);
        }
        if (type.equals(SMALLINT)) {
            return (decoder, builder) -> writeInteger(type, decoder.readInt(), Short.MIN_VALUE, Short.MAX_VALUE, builder);
        }
        if (type instanceof DecimalType decimal) {
            return decimal(decimal, action.writeSchema());
        }
        if (action instanceof LongRead) {
            return timestamp(action.writeSchema());
        }
        return super.blockBuildingDecoderFor(action);
    }

    private static void writeInteger(Type type, int value, int min, int max, BlockBuilder builder)
    {
        if (value < min || value > max) {
            throw new OutOfRangeException("%s is out of range for a %s".formatted(value, type));
        }
        type.writeLong(builder, value);
    }

    private static BlockBuildingDecoder decimal(DecimalType type, Schema written)
    {
        // without one it is the default of a field that the file lacks
        int scale = LogicalTypes.fromSchemaIgnoreInvalid(written) instanceof LogicalTypes.Decimal stored ? stored.getScale() : type.getScale();
        return (decoder, builder) -> {
            byte[] bytes = bytes(decoder, written);
            writeDecimal(type, bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes), scale, builder);
        };
    }

    private static byte[] bytes(Decoder decoder, Schema written)
            throws IOException
    {
        if (written.getType() == Schema.Type.FIXED) {
            byte[] bytes = new byte[written.getFixedSize()];
            decoder.readFixed(bytes);
            return bytes;
        }
        ByteBuffer buffer = decoder.readBytes(null);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static void writeDecimal(DecimalType type, BigInteger unscaled, int scale, BlockBuilder builder)
    {
        BigDecimal value = new BigDecimal(unscaled, scale).setScale(type.getScale(), HALF_UP);
        if (value.precision() > type.getPrecision()) {
            throw new OutOfRangeException("%s is out of range for a %s".formatted(value, type));
        }
        if (type.isShort()) {
            type.writeLong(builder, value.unscaledValue().longValueExact());
        }
        else {
            type.writeObject(builder, Int128.valueOf(value.unscaledValue()));
        }
    }

    /**
     * A number without a unit counts milliseconds, as in Hive.
     */
    private BlockBuildingDecoder timestamp(Schema written)
    {
        LogicalType unit = LogicalTypes.fromSchemaIgnoreInvalid(written);
        boolean micros = unit instanceof LogicalTypes.TimestampMicros || unit instanceof LogicalTypes.LocalTimestampMicros;
        boolean local = unit instanceof LogicalTypes.LocalTimestampMillis || unit instanceof LogicalTypes.LocalTimestampMicros;
        return (decoder, builder) -> {
            long value = decoder.readLong();
            long millis = micros ? Math.floorDiv(value + MICROSECONDS_PER_MILLISECOND / 2, MICROSECONDS_PER_MILLISECOND) : value;
            TIMESTAMP_MILLIS.writeLong(builder, Math.multiplyExact(local ? millis : shown(millis), MICROSECONDS_PER_MILLISECOND));
        };
    }

    private long shown(long millis)
    {
        if (zone.equals(ZoneOffset.UTC)) {
            return millis;
        }
        return Math.addExact(millis, zone.getRules().getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds() * 1000L);
    }

    static final class OutOfRangeException
            extends RuntimeException
    {
        OutOfRangeException(String message)
        {
            super(message);
        }
    }
}
