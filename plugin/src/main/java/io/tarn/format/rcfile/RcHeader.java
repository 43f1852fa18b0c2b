package io.tarn.format.rcfile;

import io.airlift.slice.Slice;
import io.trino.hive.formats.FileCorruptionException;
import io.trino.hive.formats.compression.CompressionKind;
import io.trino.hive.formats.compression.ValueDecompressor;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.hive.formats.compression.CompressionKind.LZOP;
import static java.util.Objects.requireNonNull;

/**
 * What the header of a file says.
 *
 * @param columnCount columns of each row group
 * @param decompressor of headers and columns of row groups; empty where they are not compressed
 * @param sync the bytes that stand before row groups
 */
record RcHeader(int columnCount, Optional<ValueDecompressor> decompressor, Slice sync)
{
    static final int SYNC_LENGTH = 16;

    private static final Slice MAGIC = utf8Slice("RCF");
    // the first version calls itself a SequenceFile
    private static final Slice FIRST_MAGIC = utf8Slice("SEQ");
    private static final byte FIRST_VERSION = 6;
    private static final String KEY_CLASS = "org.apache.hadoop.hive.ql.io.RCFile$KeyBuffer";
    private static final String VALUE_CLASS = "org.apache.hadoop.hive.ql.io.RCFile$ValueBuffer";
    private static final String COLUMN_COUNT = "hive.io.rcfile.column.number";

    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_TEXT_LENGTH = 1024 * 1024;
    private static final int MAX_COLUMNS = 100_000;

    RcHeader
    {
        requireNonNull(decompressor, "decompressor is null");
        requireNonNull(sync, "sync is null");
    }

    /**
     * @throws FileCorruptionException where the file does not begin so, or has been written in a way that is not known
     */
    static RcHeader read(RcInput input)
            throws IOException
    {
        Slice magic = input.readSlice(MAGIC.length(), "its beginning");
        byte version = input.readByte();
        boolean compressed;
        if (magic.equals(MAGIC)) {
            if (version < 0 || version > 1) {
                throw new FileCorruptionException("version %s of RC files is not known", version);
            }
            compressed = input.readByte() != 0;
        }
        else if (magic.equals(FIRST_MAGIC) && version == FIRST_VERSION && input.readText(MAX_TEXT_LENGTH).equals(KEY_CLASS) && input.readText(MAX_TEXT_LENGTH).equals(VALUE_CLASS)) {
            compressed = input.readByte() != 0;
            if (input.readByte() != 0) {
                throw new FileCorruptionException("it is compressed in blocks, as only SequenceFiles are");
            }
        }
        else {
            throw new FileCorruptionException("it does not begin as an RC file does");
        }
        Optional<ValueDecompressor> decompressor = compressed ? Optional.of(decompressor(input.readText(MAX_TEXT_LENGTH))) : Optional.empty();
        Map<String, String> metadata = metadata(input);
        return new RcHeader(columnCount(metadata), decompressor, input.readSlice(SYNC_LENGTH, "its mark"));
    }

    private static ValueDecompressor decompressor(String codecClass)
            throws FileCorruptionException
    {
        CompressionKind kind;
        try {
            kind = CompressionKind.fromHadoopClassName(codecClass);
        }
        catch (IllegalArgumentException e) {
            throw new FileCorruptionException(e, "it is compressed with '%s', which is not known", codecClass);
        }
        if (kind == LZOP) {
            throw new FileCorruptionException("it is compressed with '%s', which no RC file can be", codecClass);
        }
        return kind.createCodec().createValueDecompressor();
    }

    private static Map<String, String> metadata(RcInput input)
            throws IOException
    {
        int count = input.readInt();
        if (count < 0 || count > MAX_ENTRIES) {
            throw new FileCorruptionException("its header is said to have %s entries", count);
        }
        Map<String, String> metadata = new HashMap<>();
        for (int index = 0; index < count; index++) {
            metadata.put(input.readText(MAX_TEXT_LENGTH), input.readText(MAX_TEXT_LENGTH));
        }
        return metadata;
    }

    private static int columnCount(Map<String, String> metadata)
            throws FileCorruptionException
    {
        String text = metadata.getOrDefault(COLUMN_COUNT, "");
        try {
            int count = Integer.parseInt(text);
            if (count >= 0 && count <= MAX_COLUMNS) {
                return count;
            }
        }
        catch (NumberFormatException _) {
            // reported below together with what is out of range
        }
        throw new FileCorruptionException("its header has '%s' for the number of columns", text);
    }
}
