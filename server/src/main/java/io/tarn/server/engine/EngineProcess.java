package io.tarn.server.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Splitter.on;
import static java.util.Objects.requireNonNull;

/**
 * The process that holds a data folder, as it wrote itself into the lock file. The instant of its start tells it from
 * a later process that was given the same number.
 */
public record EngineProcess(long pid, Instant startedAt)
{
    public EngineProcess
    {
        requireNonNull(startedAt, "startedAt is null");
    }

    public static EngineProcess current()
    {
        ProcessHandle process = ProcessHandle.current();
        return new EngineProcess(process.pid(), startedAt(process));
    }

    /**
     * The process that a lock file names, when it is alive.
     */
    public static Optional<EngineProcess> holding(DataFolder folder)
    {
        return read(folder.lock()).filter(process -> process.handle().isPresent());
    }

    static Optional<EngineProcess> read(Path lockFile)
    {
        try {
            List<String> words = on(' ').omitEmptyStrings().trimResults().splitToList(Files.readString(lockFile));
            if (words.size() != 2) {
                return Optional.empty();
            }
            return Optional.of(new EngineProcess(Long.parseLong(words.getFirst()), Instant.ofEpochMilli(Long.parseLong(words.getLast()))));
        }
        catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * The live process, or nothing when it has ended.
     */
    public Optional<ProcessHandle> handle()
    {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startedAt(process).toEpochMilli() == startedAt.toEpochMilli());
    }

    String format()
    {
        return "%d %d%n".formatted(pid, startedAt.toEpochMilli());
    }

    private static Instant startedAt(ProcessHandle process)
    {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
