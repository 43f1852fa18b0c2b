package io.tarn.server.aws;

import static java.util.Objects.requireNonNull;

/**
 * The key pair that requests to the local endpoints are signed with.
 */
public record Credentials(String accessKey, String secretKey)
{
    public Credentials
    {
        requireNonNull(accessKey, "accessKey is null");
        requireNonNull(secretKey, "secretKey is null");
    }

    @Override
    public String toString()
    {
        // the secret stays out of logs
        return "Credentials[accessKey=" + accessKey + "]";
    }
}
