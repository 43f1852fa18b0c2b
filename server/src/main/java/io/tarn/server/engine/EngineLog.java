package io.tarn.server.engine;

import com.google.common.collect.ImmutableMap;
import io.airlift.configuration.ConfigurationFactory;
import io.airlift.log.Logging;
import io.airlift.log.LoggingConfiguration;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;

/**
 * Sends everything that is logged, or written to the standard streams by whatever runs in this process, to the log
 * file. Those who have something to say to the terminal took the streams before. Once a process: a second engine in
 * it logs where the first does.
 */
final class EngineLog
{
    private EngineLog() {}

    static void start(Map<String, String> settings)
    {
        PrintStream terminal = System.err;
        // the logging announces itself on the terminal before it can be told where else to go
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        try {
            Logging logging = Logging.initialize();
            logging.configure(new ConfigurationFactory(ImmutableMap.copyOf(settings)).build(LoggingConfiguration.class));
        }
        catch (RuntimeException e) {
            System.setErr(terminal);
            throw e;
        }
    }

    /**
     * Writes out what is still on its way to the file.
     */
    static void flush()
    {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.flush();
        }
    }
}
