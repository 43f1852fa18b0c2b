package io.tarn.server.engine;

import static java.util.Objects.requireNonNull;

/**
 * The engine cannot do what was asked; the message is for the person at the terminal and names the remedy.
 */
public class EngineException
        extends RuntimeException
{
    public enum Reason
    {
        /**
         * The engine itself, its configuration or its installation is at fault.
         */
        FAILED,
        /**
         * Something the engine needs for itself is taken, full or not accessible: the data folder, a port, the disk.
         */
        UNAVAILABLE,
        /**
         * No engine runs on the data folder.
         */
        NOT_RUNNING,
    }

    private final Reason reason;

    public EngineException(Reason reason, String message)
    {
        super(message);
        this.reason = requireNonNull(reason, "reason is null");
    }

    public EngineException(Reason reason, String message, Throwable cause)
    {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason is null");
    }

    public Reason reason()
    {
        return reason;
    }
}
