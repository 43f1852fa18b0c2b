package io.tarn.server.glue;

import java.util.Arrays;
import java.util.List;

import static java.util.stream.Collectors.joining;

/**
 * The values of a partition as one text, which is its key in the store and decides the order of listings: joined by
 * slashes, with those characters percent-encoded that would be mistaken or that a database may not take.
 */
final class PartitionValues
{
    private PartitionValues() {}

    static String key(List<String> values)
    {
        return values.stream()
                .map(PartitionValues::encode)
                .collect(joining("/"));
    }

    static List<String> values(String key)
    {
        return Arrays.stream(key.split("/", -1))
                .map(PartitionValues::decode)
                .toList();
    }

    private static String encode(String value)
    {
        StringBuilder encoded = null;
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            boolean special = character < ' ' || character == '/' || character == '%';
            if (special && encoded == null) {
                encoded = new StringBuilder(value.length() + 8).append(value, 0, i);
            }
            if (encoded != null) {
                if (special) {
                    encoded.append('%').append(Character.forDigit(character >> 4, 16)).append(Character.forDigit(character & 0xF, 16));
                }
                else {
                    encoded.append(character);
                }
            }
        }
        return encoded == null ? value : encoded.toString();
    }

    private static String decode(String encoded)
    {
        int percent = encoded.indexOf('%');
        if (percent < 0) {
            return encoded;
        }
        StringBuilder value = new StringBuilder(encoded.length());
        int start = 0;
        for (; percent >= 0; percent = encoded.indexOf('%', start)) {
            value.append(encoded, start, percent).append((char) Integer.parseInt(encoded, percent + 1, percent + 3, 16));
            start = percent + 3;
        }
        return value.append(encoded, start, encoded.length()).toString();
    }
}
