package io.tarn.server.engine;

import com.google.common.base.Throwables;

import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static io.tarn.server.engine.EngineException.Reason.UNAVAILABLE;

/**
 * Finds in what a library threw the one thing that the person at the terminal can act on.
 */
final class StartFailures
{
    // as the C library words them, and SQLite
    private static final List<String> DISK_FULL = List.of("No space left on device", "Disk quota exceeded", "database or disk is full");
    private static final String READ_ONLY = "Read-only file system";

    private StartFailures() {}

    static EngineException explain(Throwable failure, DataFolder folder)
    {
        List<Throwable> chain = Throwables.getCausalChain(failure);
        for (Throwable cause : chain) {
            if (cause instanceof EngineException explained) {
                return explained;
            }
            if (cause instanceof BindException) {
                return new EngineException(UNAVAILABLE, "A port is taken (%s): choose others with --port, --aws-port, --s3-port and --metastore-port, or --port 0 for free ones".formatted(describe(chain)), failure);
            }
            String message = String.valueOf(cause.getMessage());
            if (DISK_FULL.stream().anyMatch(message::contains)) {
                return new EngineException(UNAVAILABLE, "The disk of the data folder %s is full: free some space, or choose another folder with --data".formatted(folder.path()), failure);
            }
            if (message.contains(READ_ONLY) || cause instanceof AccessDeniedException) {
                return new EngineException(UNAVAILABLE, "The data folder %s cannot be written (%s): change its permissions, or choose another folder with --data".formatted(folder.path(), message), failure);
            }
        }
        return new EngineException(FAILED, "The engine did not start: %s%nMore is in %s".formatted(describe(chain), folder.log()), failure);
    }

    /**
     * What the outermost says, and what the innermost adds to it.
     */
    private static String describe(List<Throwable> chain)
    {
        String outermost = describe(chain.getFirst());
        String innermost = describe(chain.getLast());
        return outermost.contains(innermost) ? outermost : outermost + ": " + innermost;
    }

    private static String describe(Throwable throwable)
    {
        return Stream.of(throwable.getMessage(), throwable.getClass().getSimpleName())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .strip();
    }
}
