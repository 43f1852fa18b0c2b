package io.tarn.server.aws;

import static java.util.Objects.requireNonNull;

/**
 * An answer that is an error: what a service throws, and what the client sees as {@code __type} and {@code Message}.
 */
public final class AwsException
        extends RuntimeException
{
    private final String type;
    private final int status;

    /**
     * @param type AWS's name of the error, as {@code EntityNotFoundException}
     * @param status the HTTP status: 4xx where the request is at fault, 5xx where the service is
     * @param message names the thing at fault, the value found, and the remedy
     */
    public AwsException(String type, int status, String message)
    {
        super(requireNonNull(message, "message is null"));
        this.type = requireNonNull(type, "type is null");
        this.status = status;
    }

    public AwsException(String type, int status, String message, Throwable cause)
    {
        this(type, status, message);
        initCause(cause);
    }

    /**
     * A request that breaks one of the model's constraints, in the words of AWS.
     */
    public static AwsException validation(String path, String constraint)
    {
        return new AwsException("ValidationException", 400, "1 validation error detected: Value at '" + path + "' failed to satisfy constraint: " + constraint);
    }

    public static AwsException serialization(String message)
    {
        return new AwsException("SerializationException", 400, message);
    }

    public String type()
    {
        return type;
    }

    public int status()
    {
        return status;
    }
}
