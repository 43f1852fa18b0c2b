package io.tarn.testdata;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.JulianFields;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;

/**
 * Hands a row's values to Parquet as its schema wants them.
 */
final class ParquetRow
{
    private final MessageType schema;
    private final RecordConsumer consumer;

    ParquetRow(MessageType schema, RecordConsumer consumer)
    {
        this.schema = requireNonNull(schema, "schema is null");
        this.consumer = requireNonNull(consumer, "consumer is null");
    }

    void write(List<?> row)
    {
        consumer.startMessage();
        fields(schema, row);
        consumer.endMessage();
    }

    private void fields(GroupType group, List<?> values)
    {
        for (int index = 0; index < values.size(); index++) {
            Object value = values.get(index);
            if (value != null) {
                Type type = group.getType(index);
                consumer.startField(type.getName(), index);
                value(type, value);
                consumer.endField(type.getName(), index);
            }
        }
    }

    private void value(Type type, Object value)
    {
        if (type.isPrimitive()) {
            primitive(type.asPrimitiveType(), value);
            return;
        }
        GroupType group = type.asGroupType();
        consumer.startGroup();
        if (group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) {
            repeated(group, ((List<?>) value).stream().<List<?>>map(element -> Arrays.asList(element)).toList());
        }
        else if (group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation) {
            repeated(group, ((Map<?, ?>) value).entrySet().stream().<List<?>>map(entry -> Arrays.asList(entry.getKey(), entry.getValue())).toList());
        }
        else {
            fields(group, (List<?>) value);
        }
        consumer.endGroup();
    }

    private void repeated(GroupType group, List<List<?>> entries)
    {
        if (entries.isEmpty()) {
            return;
        }
        Type type = group.getType(0);
        consumer.startField(type.getName(), 0);
        for (List<?> entry : entries) {
            consumer.startGroup();
            fields(type.asGroupType(), entry);
            consumer.endGroup();
        }
        consumer.endField(type.getName(), 0);
    }

    private void primitive(PrimitiveType type, Object value)
    {
        switch (value) {
            case Boolean bool -> consumer.addBoolean(bool);
            case Byte number -> consumer.addInteger(number);
            case Short number -> consumer.addInteger(number);
            case Integer number -> consumer.addInteger(number);
            case Long number -> consumer.addLong(number);
            case Float number -> consumer.addFloat(number);
            case Double number -> consumer.addDouble(number);
            case String text -> consumer.addBinary(Binary.fromString(text));
            case byte[] bytes -> consumer.addBinary(Binary.fromConstantByteArray(bytes));
            case LocalDate date -> consumer.addInteger((int) date.toEpochDay());
            case LocalDateTime time when type.getPrimitiveTypeName() == INT96 -> consumer.addBinary(int96(time));
            case LocalDateTime time -> consumer.addLong(time.toEpochSecond(UTC) * 1_000_000 + time.getNano() / 1000);
            case BigDecimal decimal when type.getTypeLength() > 0 -> consumer.addBinary(fixed(decimal.unscaledValue(), type.getTypeLength()));
            case BigDecimal decimal -> consumer.addLong(decimal.unscaledValue().longValueExact());
            default -> throw new IllegalArgumentException("No Parquet value of " + value.getClass());
        }
    }

    /**
     * Nanoseconds of the day and the Julian day, as Hive and Impala write timestamps.
     */
    private static Binary int96(LocalDateTime time)
    {
        ByteBuffer bytes = ByteBuffer.allocate(12).order(LITTLE_ENDIAN);
        bytes.putLong(time.toLocalTime().toNanoOfDay());
        bytes.putInt((int) time.getLong(JulianFields.JULIAN_DAY));
        return Binary.fromConstantByteArray(bytes.array());
    }

    private static Binary fixed(BigInteger unscaled, int length)
    {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) (unscaled.signum() < 0 ? -1 : 0));
        byte[] significant = unscaled.toByteArray();
        System.arraycopy(significant, 0, bytes, length - significant.length, significant.length);
        return Binary.fromConstantByteArray(bytes);
    }
}
