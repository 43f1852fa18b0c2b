package io.tarn.connector.system;

import io.tarn.format.FileDetails;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a file says of itself.
 *
 * @param details empty where its format does not tell, or it cannot be understood
 * @param error why it cannot be understood
 */
record FileDescription(Optional<FileDetails> details, Optional<String> error)
{
    FileDescription
    {
        requireNonNull(details, "details is null");
        requireNonNull(error, "error is null");
    }

    long bytesRead()
    {
        return details.map(FileDetails::bytesRead).orElse(0L);
    }
}
