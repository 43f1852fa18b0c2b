package io.tarn.server.s3;

import java.nio.file.Path;

/**
 * Where the build puts the gateway's jars.
 */
final class GatewayJars
{
    private GatewayJars() {}

    static Path path()
    {
        return Path.of(System.getProperty("tarn.root")).resolve("parts/s3proxy/target/part");
    }
}
