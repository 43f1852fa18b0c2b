package io.tarn.server.glue;

import io.tarn.server.aws.AwsException;

/**
 * The errors of AWS Glue, by their names there.
 */
final class GlueErrors
{
    private GlueErrors() {}

    static AwsException entityNotFound(String message)
    {
        return new AwsException("EntityNotFoundException", 400, message);
    }

    static AwsException alreadyExists(String message)
    {
        return new AwsException("AlreadyExistsException", 400, message);
    }

    static AwsException invalidInput(String message)
    {
        return new AwsException("InvalidInputException", 400, message);
    }

    static AwsException concurrentModification(String message)
    {
        return new AwsException("ConcurrentModificationException", 400, message);
    }

    static AwsException internalService(String message, Throwable cause)
    {
        return new AwsException("InternalServiceException", 500, message, cause);
    }

    static AwsException databaseNotFound(String database)
    {
        return entityNotFound("Database %s not found.".formatted(database));
    }

    static AwsException tableNotFound(String database, String table)
    {
        return entityNotFound("Table %s.%s not found.".formatted(database, table));
    }
}
