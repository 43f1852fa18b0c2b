package io.tarn.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableList;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * What the Trino CLI prints with {@code --output-format=JSON} and {@code --progress}, both streams in one: the rows of a
 * statement, an object a line, and then a line that ends it, with the query's id. A statement that only defines something
 * has neither rows nor such a line, but the kind of its change alone.
 */
final class CommandLineOutput
{
    private static final Pattern END = Pattern.compile("Query (\\S+), [A-Z_]+, \\S+ nodes?");
    private static final Pattern CHANGE = Pattern.compile("[A-Z]+(?: [A-Z]+)*(?:: (\\d+) rows?)?");
    private static final Pattern FAILURE = Pattern.compile("Query \\S+ failed: .*");
    private static final Pattern NOISE = Pattern.compile("WARNING: .*|Query \\S+ \\[.*|Splits: .*|\\s*");
    private static final int FAILURE_LINES = 40;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BufferedReader reader;

    CommandLineOutput(BufferedReader reader)
    {
        this.reader = requireNonNull(reader, "reader is null");
    }

    /**
     * Reads on to the end of the next statement.
     *
     * @throws DemoException when there is no more: the message is what the CLI has printed instead
     */
    Result next()
            throws IOException
    {
        List<List<Object>> rows = new ArrayList<>();
        List<String> columns = ImmutableList.of();
        OptionalLong written = OptionalLong.empty();
        Queue<String> others = EvictingQueue.create(FAILURE_LINES);
        // the reader ends a line at a carriage return as well, with which progress is printed over itself
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("{")) {
                JsonNode row = MAPPER.readTree(line);
                columns = ImmutableList.copyOf(row.fieldNames());
                rows.add(values(row));
                continue;
            }
            Matcher end = END.matcher(line);
            if (end.matches()) {
                return new Result(Optional.of(end.group(1)), written, columns, rows);
            }
            Matcher change = CHANGE.matcher(line);
            if (change.matches()) {
                if (change.group(1) == null) {
                    return new Result(Optional.empty(), OptionalLong.empty(), columns, rows);
                }
                written = OptionalLong.of(Long.parseLong(change.group(1)));
            }
            else if (!NOISE.matcher(line).matches()) {
                others.add(line);
            }
        }
        throw new DemoException(failure(ImmutableList.copyOf(others)));
    }

    private static List<Object> values(JsonNode row)
    {
        List<Object> values = new ArrayList<>();
        row.forEach(value -> values.add(value(value)));
        return Collections.unmodifiableList(values);
    }

    private static Object value(JsonNode value)
    {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> null;
            case NUMBER -> value.numberValue();
            case BOOLEAN -> value.booleanValue();
            case STRING -> value.textValue();
            case ARRAY, OBJECT, BINARY, POJO -> value.toString();
        };
    }

    private static String failure(List<String> lines)
    {
        if (lines.isEmpty()) {
            return "the Trino CLI printed nothing";
        }
        for (int line = 0; line < lines.size(); line++) {
            if (FAILURE.matcher(lines.get(line)).matches()) {
                return String.join("\n", lines.subList(line, lines.size()));
            }
        }
        return String.join("\n", lines);
    }

    /**
     * @param queryId empty for a statement that only defines something
     * @param written how many rows were written, where the statement wrote
     * @param columns empty where there are no rows
     */
    record Result(Optional<String> queryId, OptionalLong written, List<String> columns, List<List<Object>> rows)
    {
        Result
        {
            requireNonNull(queryId, "queryId is null");
            requireNonNull(written, "written is null");
            columns = ImmutableList.copyOf(columns);
            rows = ImmutableList.copyOf(rows);
        }
    }
}
