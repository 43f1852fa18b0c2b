package io.tarn.format.avro;

import io.trino.hive.formats.avro.AvroTypeException;
import io.trino.hive.formats.avro.HiveAvroTypeManager;
import io.trino.spi.block.Block;
import io.trino.spi.type.Type;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

import java.util.Optional;
import java.util.function.BiFunction;

import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;

/**
 * The library's way to write values, but timestamps as they are: the files say that their writer's zone is UTC.
 */
final class WrittenTypes
        extends HiveAvroTypeManager
{
    private static final long MICROSECONDS_PER_MILLISECOND = 1000;

    @Override
    public Optional<BiFunction<Block, Integer, Object>> overrideBlockToAvroObject(Schema schema, Type type)
            throws AvroTypeException
    {
        if (type.equals(TIMESTAMP_MILLIS) && LogicalTypes.fromSchemaIgnoreInvalid(schema) instanceof LogicalTypes.TimestampMillis) {
            return Optional.of((block, position) -> Math.floorDiv(TIMESTAMP_MILLIS.getLong(block, position), MICROSECONDS_PER_MILLISECOND));
        }
        return super.overrideBlockToAvroObject(schema, type);
    }
}
