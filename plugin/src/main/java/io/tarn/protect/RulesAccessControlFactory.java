package io.tarn.protect;

import com.google.inject.CreationException;
import com.google.inject.Injector;
import com.google.inject.spi.Message;
import io.airlift.bootstrap.Bootstrap;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.security.SystemAccessControl;
import io.trino.spi.security.SystemAccessControlFactory;

import java.util.Map;

/**
 * {@code access-control.name=tarn-rules}. Stands beside others in {@code access-control.config-files}.
 */
public class RulesAccessControlFactory
        implements SystemAccessControlFactory
{
    @Override
    public String getName()
    {
        return "tarn-rules";
    }

    /**
     * @throws RuntimeException where the rules are missing or wrong; the message names the file, the line and the
     *         member
     */
    @Override
    public SystemAccessControl create(Map<String, String> config, SystemAccessControlContext context)
    {
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            Injector injector = new Bootstrap("io.trino.bootstrap.access-control." + getName(), new RulesModule())
                    .doNotInitializeLogging()
                    .disableSystemProperties()
                    .setRequiredConfigurationProperties(config)
                    .initialize();
            return injector.getInstance(RulesAccessControl.class);
        }
        catch (CreationException e) {
            // what is wrong with the file, without the words of the injector around it
            throw e.getErrorMessages().stream()
                    .map(Message::getCause)
                    .filter(IllegalArgumentException.class::isInstance)
                    .findFirst()
                    .map(RuntimeException.class::cast)
                    .orElse(e);
        }
    }
}
