package io.tarn.server.lake;

import com.google.inject.Key;
import io.trino.metadata.HandleResolver;
import io.trino.server.PluginClassLoader;
import io.trino.server.PluginManager;
import io.trino.spi.Plugin;
import io.trino.testing.DistributedQueryRunner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Plugins as the local engine has them: from the folder that is shipped, in a class loader of their own.
 */
final class ShippedPlugins
{
    private ShippedPlugins() {}

    static void install(DistributedQueryRunner queryRunner, String name)
    {
        Path folder = Path.of(System.getProperty("tarn.root"), "server", "target", "home", "plugin", name);
        List<URL> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.map(ShippedPlugins::url).toList();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PluginClassLoader classLoader = PluginManager.createClassLoader(name, jars);
        // as loading it does; handles that travel between nodes are looked up there
        queryRunner.getServers().forEach(server -> server.getInstance(Key.get(HandleResolver.class)).registerClassLoader(classLoader));
        queryRunner.installPlugin(ServiceLoader.load(Plugin.class, classLoader).findFirst().orElseThrow());
    }

    private static URL url(Path file)
    {
        try {
            return file.toUri().toURL();
        }
        catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
