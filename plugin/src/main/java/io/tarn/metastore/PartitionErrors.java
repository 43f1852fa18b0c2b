package io.tarn.metastore;

import io.trino.spi.TrinoException;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.PartitionError;

import java.util.List;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_METASTORE_ERROR;
import static io.trino.spi.StandardErrorCode.ALREADY_EXISTS;
import static java.util.stream.Collectors.joining;

/**
 * What a batch call says of the partitions that it did not do as asked.
 */
final class PartitionErrors
{
    private static final int NAMED_IN_MESSAGE = 10;

    private PartitionErrors() {}

    static boolean isExisting(PartitionError error)
    {
        return "AlreadyExistsException".equals(code(error));
    }

    static String code(PartitionError error)
    {
        return Optional.ofNullable(error.errorDetail()).map(ErrorDetail::errorCode).orElse("unknown error");
    }

    /**
     * @param verb what could not be done, as {@code created}
     */
    static TrinoException failure(String verb, String databaseName, String tableName, List<PartitionError> errors)
    {
        boolean allExist = errors.stream().allMatch(PartitionErrors::isExisting);
        String named = errors.stream()
                .limit(NAMED_IN_MESSAGE)
                .map(error -> "%s (%s: %s)".formatted(
                        error.partitionValues(),
                        code(error),
                        Optional.ofNullable(error.errorDetail()).map(ErrorDetail::errorMessage).orElse("no message")))
                .collect(joining(", "));
        return new TrinoException(
                allExist ? ALREADY_EXISTS : TARN_METASTORE_ERROR,
                "%s of the partitions of table %s.%s cannot be %s: %s%s".formatted(errors.size(), databaseName, tableName, verb, named, errors.size() > NAMED_IN_MESSAGE ? ", …" : ""));
    }
}
