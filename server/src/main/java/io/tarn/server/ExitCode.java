package io.tarn.server;

import io.tarn.server.engine.EngineException;

/**
 * What the command's exit codes mean; {@code --help} prints the same list.
 */
final class ExitCode
{
    static final int OK = 0;
    static final int FAILED = 1;
    static final int UNAVAILABLE = 3;
    static final int NOT_RUNNING = 4;
    static final int REFUSED = 5;

    private ExitCode() {}

    static int of(EngineException exception)
    {
        return switch (exception.reason()) {
            case FAILED -> FAILED;
            case UNAVAILABLE -> UNAVAILABLE;
            case NOT_RUNNING -> NOT_RUNNING;
        };
    }
}
