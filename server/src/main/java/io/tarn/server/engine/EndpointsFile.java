package io.tarn.server.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

import static com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT;
import static io.tarn.server.engine.EngineException.Reason.FAILED;

/**
 * {@code endpoints.json}: there while the engine answers, and only then.
 */
public final class EndpointsFile
{
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(INDENT_OUTPUT);

    private EndpointsFile() {}

    /**
     * Where the engine on a data folder answers; nothing when none runs, also when the file of one that was killed
     * is still there.
     *
     * @throws EngineException when the file cannot be read
     */
    public static Optional<Endpoints> read(DataFolder folder)
    {
        Optional<EngineProcess> process = EngineProcess.holding(folder);
        if (process.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Files.readString(folder.endpoints()), Endpoints.class))
                    .filter(endpoints -> endpoints.pid() == process.get().pid());
        }
        catch (NoSuchFileException e) {
            return Optional.empty();
        }
        catch (JsonProcessingException e) {
            throw new EngineException(FAILED, "%s is damaged: stop the engine and start it again, which writes it anew".formatted(folder.endpoints()), e);
        }
        catch (IOException e) {
            throw new EngineException(FAILED, "%s cannot be read: %s".formatted(folder.endpoints(), e.getMessage()), e);
        }
    }

    /**
     * The file's content, for programs.
     */
    public static String format(Endpoints endpoints)
    {
        try {
            return MAPPER.writeValueAsString(endpoints);
        }
        catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static void write(DataFolder folder, Endpoints endpoints)
            throws IOException
    {
        OwnerFiles.write(folder.endpoints(), format(endpoints) + "\n");
    }

    static boolean delete(DataFolder folder)
            throws IOException
    {
        return Files.deleteIfExists(folder.endpoints());
    }
}
