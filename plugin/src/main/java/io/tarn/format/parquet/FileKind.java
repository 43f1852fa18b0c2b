package io.tarn.format.parquet;

import io.airlift.slice.Slice;

/**
 * Tells from a file's first bytes what it may be, for the message that says it is not Parquet.
 */
final class FileKind
{
    static final int PROBE_SIZE = 64;

    private FileKind() {}

    static String describe(Slice head)
    {
        if (head.length() == 0) {
            return "is empty";
        }
        if (startsWith(head, 'P', 'A', 'R', '1')) {
            return "starts as Parquet but its end is missing: it was cut short, or is still being written";
        }
        if (startsWith(head, 'P', 'A', 'R', 'E')) {
            return "starts as encrypted Parquet but its end is missing";
        }
        if (startsWith(head, 'O', 'R', 'C')) {
            return "looks like ORC";
        }
        if (startsWith(head, 'O', 'b', 'j', 1)) {
            return "looks like Avro";
        }
        if (startsWith(head, 'S', 'E', 'Q')) {
            return "looks like a Hadoop sequence file";
        }
        if (startsWith(head, 'R', 'C', 'F')) {
            return "looks like RCFile";
        }
        if (startsWith(head, 'P', 'K')) {
            return "looks like a zip archive";
        }
        if (startsWith(head, 0x1F, 0x8B)) {
            return "looks like gzip";
        }
        if (startsWith(head, 0x28, 0xB5, 0x2F, 0xFD)) {
            return "looks like zstd";
        }
        if (startsWith(head, 'B', 'Z', 'h')) {
            return "looks like bzip2";
        }
        if (startsWith(head, 0x04, 0x22, 0x4D, 0x18)) {
            return "looks like lz4";
        }
        return describeText(head);
    }

    private static String describeText(Slice head)
    {
        for (int i = 0; i < head.length(); i++) {
            int value = head.getUnsignedByte(i);
            if (value < ' ' && value != '\t' && value != '\n' && value != '\r') {
                return "starts with none of the bytes that mark a format";
            }
        }
        int first = 0;
        while (first < head.length() - 1 && head.getByte(first) <= ' ') {
            first++;
        }
        return switch (head.getByte(first)) {
            case '{', '[' -> "looks like JSON";
            case '<' -> "looks like XML or HTML";
            default -> "looks like text, CSV perhaps";
        };
    }

    private static boolean startsWith(Slice head, int... bytes)
    {
        if (head.length() < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (head.getUnsignedByte(i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
