package io.tarn.athena.execute;

import com.google.inject.Inject;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.spi.TrinoException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

import java.io.IOException;

import static com.google.common.base.Throwables.getCausalChain;
import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static io.tarn.storage.StorageErrors.storageFailure;
import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.util.Objects.requireNonNull;

/**
 * Checks where statements say that files are.
 */
public class DeclaredLocations
{
    private static final String SCHEME = "s3://";

    private final TrinoFileSystemFactory fileSystemFactory;

    @Inject
    public DeclaredLocations(TrinoFileSystemFactory fileSystemFactory)
    {
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
    }

    /**
     * Whether there is anything at the location does not matter, as for Athena.
     *
     * @return the location as it was written
     * @throws TrinoException {@code TARN_STATEMENT_REFUSED} where it is no folder in Amazon S3
     */
    String requireFolder(StatementContext context, String text)
    {
        if (!text.startsWith(SCHEME)) {
            throw refused(text, "it must begin with s3://");
        }
        String path = text.substring(SCHEME.length());
        if (path.isEmpty() || path.startsWith("/")) {
            throw refused(text, "it has no bucket");
        }
        if (path.contains("*")) {
            throw refused(text, "wildcards are not expanded; name the folder, of which everything below is read");
        }
        if (path.indexOf('/') >= 0 && !path.endsWith("/")) {
            requireNoObject(context, text);
        }
        return text;
    }

    private void requireNoObject(StatementContext context, String text)
    {
        TrinoFileSystem fileSystem = fileSystemFactory.create(context.session());
        try {
            if (fileSystem.newInputFile(Location.of(text)).exists() && !fileSystem.directoryExists(Location.of(text)).orElse(false)) {
                throw refused(text, "it is an object; name the folder that it lies in");
            }
        }
        catch (IllegalArgumentException e) {
            throw refused(text, e.getMessage());
        }
        catch (IOException e) {
            TrinoException failure = storageFailure("look for", Location.of(text), e);
            if (!isNowhere(failure)) {
                throw failure;
            }
        }
    }

    /**
     * Whether there is no such bucket, or none can have that name, as in {@code s3://<bucket>/logs}: then there is no
     * object either.
     */
    private static boolean isNowhere(TrinoException failure)
    {
        return failure.getErrorCode().equals(TARN_FILE_NOT_FOUND.toErrorCode())
                || getCausalChain(failure).stream().anyMatch(cause -> cause instanceof AwsServiceException answer && answer.statusCode() == HTTP_BAD_REQUEST);
    }

    private static TrinoException refused(String text, String reason)
    {
        return new TrinoException(TARN_STATEMENT_REFUSED, "LOCATION '%s' is no folder of Amazon S3: %s".formatted(text, reason));
    }
}
