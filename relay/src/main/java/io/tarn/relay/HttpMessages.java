package io.tarn.relay;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.IntConsumer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * As much of HTTP/1.1 as it takes to tell where a message ends.
 */
final class HttpMessages
{
    private HttpMessages() {}

    /**
     * The lines up to the empty one; nothing where the connection has ended.
     */
    static String head(InputStream in)
            throws IOException
    {
        StringBuilder head = new StringBuilder();
        while (true) {
            String line = line(in);
            head.append(line);
            if (line.equals("\r\n") || line.isEmpty()) {
                return head.toString();
            }
        }
    }

    /**
     * @param name in lower case
     */
    static Optional<String> header(String head, String name)
    {
        return head.lines()
                .filter(line -> line.length() > name.length() && line.charAt(name.length()) == ':' && line.regionMatches(true, 0, name, 0, name.length()))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /**
     * @param copied told of every piece of the content
     */
    static void copyBody(String head, InputStream from, OutputStream to, IntConsumer copied)
            throws IOException
    {
        Optional<String> length = header(head, "content-length");
        if (length.isPresent()) {
            copy(Long.parseLong(length.get()), from, to, copied);
            return;
        }
        if (header(head, "transfer-encoding").filter("chunked"::equalsIgnoreCase).isEmpty()) {
            return;
        }
        while (true) {
            String line = line(from);
            to.write(line.getBytes(ISO_8859_1));
            long size = Long.parseLong(line.strip().replaceFirst(";.*", ""), 16);
            copy(size, from, to, copied);
            to.write(line(from).getBytes(ISO_8859_1));
            if (size == 0) {
                return;
            }
        }
    }

    private static void copy(long length, InputStream from, OutputStream to, IntConsumer copied)
            throws IOException
    {
        byte[] buffer = new byte[16 * 1024];
        long left = length;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException();
            }
            to.write(buffer, 0, read);
            left -= read;
            copied.accept(read);
        }
    }

    private static String line(InputStream in)
            throws IOException
    {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int value = in.read(); value >= 0; value = in.read()) {
            line.write(value);
            if (value == '\n') {
                break;
            }
        }
        return line.toString(ISO_8859_1);
    }
}
