package io.tarn.server.engine;

import java.nio.file.Path;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What a local engine is started with.
 *
 * @param data the folder all state lives in; created when it is missing
 * @param host the address that is listened on
 * @param trinoPort 0 for a free one, as the others
 * @param catalogue where the catalogue is kept, when not in the data folder
 */
public record LakeOptions(Installation installation, Path data, String host, int trinoPort, int awsPort, int s3Port, int metastorePort, Optional<CatalogueDatabase> catalogue)
{
    public static final String LOOPBACK = "127.0.0.1";

    /**
     * A database of PostgreSQL.
     *
     * @param url {@code jdbc:postgresql://host:port/database}
     */
    public record CatalogueDatabase(String url, Optional<String> user, Optional<String> password)
    {
        public CatalogueDatabase
        {
            requireNonNull(url, "url is null");
            requireNonNull(user, "user is null");
            requireNonNull(password, "password is null");
        }

        // the password is nobody's to read
        @Override
        public String toString()
        {
            return "CatalogueDatabase[user=%s]".formatted(user);
        }
    }

    public LakeOptions
    {
        requireNonNull(installation, "installation is null");
        requireNonNull(data, "data is null");
        requireNonNull(host, "host is null");
        requireNonNull(catalogue, "catalogue is null");
        for (int port : new int[] {trinoPort, awsPort, s3Port, metastorePort}) {
            checkArgument(port >= 0 && port <= 65535, "port is not between 0 and 65535: %s", port);
        }
    }

    /**
     * An engine for this machine only, on ports that nobody else uses.
     */
    public static LakeOptions onFreePorts(Installation installation, Path data)
    {
        return new LakeOptions(installation, data, LOOPBACK, 0, 0, 0, 0, Optional.empty());
    }
}
