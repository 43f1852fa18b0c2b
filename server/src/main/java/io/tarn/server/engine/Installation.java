package io.tarn.server.engine;

import java.nio.file.Files;
import java.nio.file.Path;

import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static java.util.Objects.requireNonNull;

/**
 * What the build laid out: the folder with the plugins, the parts and the jars, and the configuration that is read.
 *
 * @param home with {@code plugin/}, {@code s3proxy/} and {@code cli/} in it
 * @param etc the Trino configuration, as a cluster would have it
 */
public record Installation(Path home, Path etc)
{
    private static final String HOME_PROPERTY = "tarn.home";
    private static final String ETC_PROPERTY = "tarn.etc";

    public Installation
    {
        requireNonNull(home, "home is null");
        requireNonNull(etc, "etc is null");
    }

    /**
     * The installation this process was started from, named by the system properties {@code tarn.home} and
     * {@code tarn.etc} (by default the home's own {@code etc}).
     *
     * @throws EngineException when there is none, or it is not whole
     */
    public static Installation current()
    {
        String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new EngineException(FAILED, "The system property %s is not set: start with the tarn command".formatted(HOME_PROPERTY));
        }
        Path homeFolder = Path.of(home).toAbsolutePath();
        String etc = System.getProperty(ETC_PROPERTY);
        return new Installation(homeFolder, etc == null ? homeFolder.resolve("etc") : Path.of(etc).toAbsolutePath());
    }

    /**
     * @throws EngineException when a part that the engine needs is missing
     */
    public void verify()
    {
        for (Path part : new Path[] {plugins(), s3Proxy(), etc.resolve("config.properties")}) {
            if (!Files.exists(part)) {
                throw new EngineException(FAILED, "%s is missing: build with ./tarn build".formatted(part));
            }
        }
    }

    public Path plugins()
    {
        return home.resolve("plugin");
    }

    public Path s3Proxy()
    {
        return home.resolve("s3proxy");
    }

    public Path cli()
    {
        return home.resolve("cli");
    }
}
