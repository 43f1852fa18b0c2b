package io.tarn.server.quota;

import io.tarn.server.lake.EngineProcess;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A {@link QuotaEngine} in a process of its own.
 */
final class QuotaCoordinator
{
    private QuotaCoordinator() {}

    static EngineProcess start(Path folder, Map<String, String> quota, Map<String, String> catalog)
            throws IOException
    {
        return EngineProcess.start(folder, QuotaCoordinator.class, List.of(quota, catalog));
    }

    public static void main(String[] arguments)
            throws Exception
    {
        EngineProcess.serve(arguments, properties -> new QuotaEngine(properties.get(0), properties.get(1)).uri());
    }
}
