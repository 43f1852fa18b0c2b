package io.tarn.format.line.source;

import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineReader;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import static io.airlift.slice.SizeOf.instanceSize;
import static io.airlift.slice.SizeOf.sizeOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Cuts a file into JSON values without understanding them: it knows strings and brackets, and whoever is given a value
 * finds out whether it is one. So a document of any length takes no more memory than its longest element.
 */
final class JsonElementReader
        implements LineReader
{
    private static final int INSTANCE_SIZE = instanceSize(JsonElementReader.class);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private enum State
    {
        BEFORE_DOCUMENT,
        IN_DOCUMENT,
        IN_ARRAY,
    }

    private final InputStream stream;
    private final Optional<byte[]> array;
    private final byte[] buffer = new byte[TextLines.READ_BUFFER_SIZE];
    private int position;
    private int limit;
    private long bytesRead;
    private State state = State.BEFORE_DOCUMENT;
    private boolean first;
    private boolean closed;

    /**
     * @param array the key of the array whose elements are the records; empty where documents are
     */
    JsonElementReader(InputStream stream, Optional<String> array)
    {
        this.stream = requireNonNull(stream, "stream is null");
        this.array = array.map(key -> key.getBytes(UTF_8));
    }

    @Override
    public boolean readLine(LineBuffer line)
            throws IOException
    {
        line.reset();
        if (closed) {
            return false;
        }
        while (true) {
            int next = nextNonBlank();
            if (next < 0) {
                if (state != State.BEFORE_DOCUMENT) {
                    throw truncated();
                }
                close();
                return false;
            }
            if (array.isEmpty()) {
                copyValue(line);
                return true;
            }
            switch (state) {
                case BEFORE_DOCUMENT -> {
                    if (next != '{') {
                        throw new IOException("it does not begin with a JSON object");
                    }
                    begin(State.IN_DOCUMENT);
                }
                case IN_DOCUMENT -> {
                    if (next == '}') {
                        state = State.BEFORE_DOCUMENT;
                    }
                    else {
                        readField(separated(next));
                    }
                }
                case IN_ARRAY -> {
                    if (next == ']') {
                        // the document goes on behind the field of the array
                        state = State.IN_DOCUMENT;
                        first = false;
                    }
                    else {
                        separated(next);
                        copyValue(line);
                        return true;
                    }
                }
            }
        }
    }

    private void begin(State inside)
    {
        state = inside;
        first = true;
    }

    /**
     * Passes over the comma that stands before all members but the first.
     */
    private int separated(int next)
            throws IOException
    {
        int begin = next;
        if (!first) {
            if (next != ',') {
                throw new IOException("a comma is missing between two values of its document");
            }
            begin = required(nextNonBlank());
        }
        first = false;
        return begin;
    }

    private void readField(int quote)
            throws IOException
    {
        if (quote != '"') {
            throw new IOException("a key of its document is not in double quotes");
        }
        boolean isArray = readKey();
        if (required(nextNonBlank()) != ':') {
            throw new IOException("a key of its document has no colon behind it");
        }
        int value = required(nextNonBlank());
        if (!isArray || value == 'n') {
            copyValue(null);
        }
        else if (value == '[') {
            begin(State.IN_ARRAY);
        }
        else {
            throw new IOException("what its document has as '%s' is no array".formatted(new String(array.orElseThrow(), UTF_8)));
        }
    }

    /**
     * Reads to the closing quote.
     *
     * @return whether the key is the array's
     */
    private boolean readKey()
            throws IOException
    {
        byte[] key = array.orElseThrow();
        int length = 0;
        boolean equal = true;
        while (true) {
            int value = required(next());
            if (value == '"') {
                return equal && length == key.length;
            }
            if (value == '\\') {
                equal = false;
                required(next());
            }
            equal = equal && length < key.length && key[length] == (byte) value;
            length++;
        }
    }

    /**
     * Reads the value whose first byte has been read just now.
     *
     * @param line where it goes; null where it is passed over
     */
    private void copyValue(LineBuffer line)
            throws IOException
    {
        position--;
        int depth = 0;
        boolean inString = false;
        boolean escaped = false;
        boolean started = false;
        while (true) {
            if (position == limit && !fill()) {
                if (depth == 0 && !inString) {
                    return;
                }
                throw truncated();
            }
            int start = position;
            boolean finished = false;
            while (position < limit && !finished) {
                byte value = buffer[position];
                if (inString) {
                    inString = escaped || value != '"';
                    escaped = !escaped && value == '\\';
                    finished = !inString && depth == 0;
                }
                else if (value == '"') {
                    inString = true;
                }
                else if (value == '{' || value == '[') {
                    depth++;
                }
                else if ((value == '}' || value == ']') && depth > 0) {
                    depth--;
                    finished = depth == 0;
                }
                else if (started && depth == 0 && endsScalar(value)) {
                    // what ends a number is no part of it
                    position--;
                    finished = true;
                }
                started = true;
                position++;
            }
            if (line != null) {
                line.write(buffer, start, position - start);
            }
            if (finished) {
                return;
            }
        }
    }

    private static boolean endsScalar(byte value)
    {
        return value == ',' || value == ']' || value == '}' || isBlank(value);
    }

    private static boolean isBlank(int value)
    {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    private int nextNonBlank()
            throws IOException
    {
        int value;
        do {
            value = next();
        }
        while (isBlank(value));
        return value;
    }

    private int next()
            throws IOException
    {
        if (position == limit && !fill()) {
            return -1;
        }
        int value = buffer[position] & 0xFF;
        position++;
        return value;
    }

    private int required(int value)
            throws IOException
    {
        if (value < 0) {
            throw truncated();
        }
        return value;
    }

    private boolean fill()
            throws IOException
    {
        boolean atStart = bytesRead == 0;
        position = 0;
        limit = atStart ? stream.readNBytes(buffer, 0, buffer.length) : Math.max(0, stream.read(buffer, 0, buffer.length));
        bytesRead += limit;
        if (atStart && limit >= BYTE_ORDER_MARK.length && startsWithByteOrderMark()) {
            position = BYTE_ORDER_MARK.length;
            return position < limit;
        }
        return limit > 0;
    }

    private boolean startsWithByteOrderMark()
    {
        for (int index = 0; index < BYTE_ORDER_MARK.length; index++) {
            if (buffer[index] != BYTE_ORDER_MARK[index]) {
                return false;
            }
        }
        return true;
    }

    private static EOFException truncated()
    {
        return new EOFException("it ends inside a JSON value");
    }

    @Override
    public boolean isClosed()
    {
        return closed;
    }

    @Override
    public long getRetainedSize()
    {
        return INSTANCE_SIZE + sizeOf(buffer);
    }

    @Override
    public long getBytesRead()
    {
        return bytesRead;
    }

    @Override
    public long getReadTimeNanos()
    {
        return 0;
    }

    @Override
    public void close()
            throws IOException
    {
        closed = true;
        stream.close();
    }
}
