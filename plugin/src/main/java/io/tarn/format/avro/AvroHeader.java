package io.tarn.format.avro;

import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.tarn.format.FileErrors;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

import java.util.HashMap;
import java.util.Map;

import static java.lang.Math.addExact;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * What stands at the beginning of an Avro container file.
 *
 * @param schema the one that the file was written with, checked
 * @param codec the name that Avro gives it
 * @param sync what follows the header, and each block
 */
record AvroHeader(Schema schema, String codec, Map<String, byte[]> metadata, Slice sync)
{
    static final int SYNC_SIZE = 16;

    private static final Slice MAGIC = Slices.wrappedBuffer((byte) 'O', (byte) 'b', (byte) 'j', (byte) 1);
    private static final String SCHEMA = "avro.schema";
    private static final String CODEC = "avro.codec";

    AvroHeader
    {
        requireNonNull(schema, "schema is null");
        requireNonNull(codec, "codec is null");
        metadata = Map.copyOf(metadata);
        requireNonNull(sync, "sync is null");
    }

    /**
     * @param input at the beginning of the file; behind the header afterwards
     * @throws io.trino.spi.TrinoException {@code TARN_CANNOT_OPEN_FILE}
     */
    static AvroHeader read(AvroInput input, long maxSize, FileErrors errors)
    {
        if (input.remaining() < MAGIC.length() || !input.read(MAGIC.length()).equals(MAGIC)) {
            throw errors.otherKind("does not begin with the mark of Avro");
        }
        Map<String, byte[]> metadata = new HashMap<>();
        for (long count = entries(input); count != 0; count = entries(input)) {
            for (long i = 0; i < count; i++) {
                String key = new String(bytes(input, maxSize, errors), UTF_8);
                metadata.put(key, bytes(input, maxSize, errors));
            }
        }
        Slice sync = input.read(SYNC_SIZE).copy();
        byte[] schema = metadata.get(SCHEMA);
        if (schema == null) {
            throw errors.cannotOpen("its header has no schema");
        }
        byte[] codec = metadata.get(CODEC);
        Schema checked = SchemaReader.read(new String(schema, UTF_8), NameValidator.NO_VALIDATION, problem -> errors.cannotOpen("its schema " + problem));
        return new AvroHeader(checked, codec == null ? "null" : new String(codec, UTF_8), metadata, sync);
    }

    private static long entries(AvroInput input)
    {
        long count = input.readLong();
        if (count >= 0) {
            return count;
        }
        // a negative count is followed by the entries' bytes
        input.readLong();
        return -count;
    }

    private static byte[] bytes(AvroInput input, long maxSize, FileErrors errors)
    {
        long length = input.readLong();
        if (length < 0 || addExact(input.position(), min(length, Long.MAX_VALUE / 2)) > maxSize) {
            throw errors.limitExceeded("its header has an entry of %s bytes, with which it takes more than the %s allowed".formatted(length, maxSize), "avro.max-block-size");
        }
        return input.read(toIntExact(length)).getBytes();
    }
}
