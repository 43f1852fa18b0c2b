package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;

import java.time.Duration;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * @param rows may hold nulls
 * @param scannedBytes what was read from storage, before decompression
 */
public record Answer(List<String> columns, List<List<Object>> rows, Duration elapsed, long scannedBytes)
{
    public Answer
    {
        columns = ImmutableList.copyOf(columns);
        rows = ImmutableList.copyOf(rows);
        requireNonNull(elapsed, "elapsed is null");
    }
}
