package io.tarn.server.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static io.tarn.server.engine.EngineException.Reason.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

public class TestFolderLock
{
    @TempDir
    private Path parent;

    @Test
    public void testOneAtATime()
            throws IOException
    {
        DataFolder folder = new DataFolder(parent.resolve("new/data"));
        try (FolderLock _ = FolderLock.take(folder, 0)) {
            assertThat(EngineProcess.holding(folder)).contains(EngineProcess.current());
            assertUnavailable(folder, 0, "is in use by process %d".formatted(ProcessHandle.current().pid()));
        }
        assertThat(EngineProcess.holding(folder)).isEmpty();
        FolderLock.take(folder, 0).close();
    }

    @Test
    public void testAnotherProcessWithTheSameNumber()
            throws IOException
    {
        DataFolder folder = new DataFolder(parent);
        Files.writeString(folder.lock(), new EngineProcess(ProcessHandle.current().pid(), EngineProcess.current().startedAt().minusSeconds(60)).format());
        assertThat(EngineProcess.holding(folder)).isEmpty();
        Files.writeString(folder.lock(), "not a process");
        assertThat(EngineProcess.holding(folder)).isEmpty();
    }

    @Test
    public void testDiskFull()
    {
        assertUnavailable(new DataFolder(parent), Long.MAX_VALUE, "The disk of the data folder %s is full".formatted(parent));
    }

    @Test
    public void testFileInTheWay()
            throws IOException
    {
        Path file = Files.createFile(parent.resolve("file"));
        assertUnavailable(new DataFolder(file), 0, "cannot be made, %s is a file".formatted(file));
    }

    @Test
    public void testDiskFullWhileStarting()
    {
        EngineException failure = StartFailures.explain(new RuntimeException(new IOException("/data/x: No space left on device")), new DataFolder(parent));
        assertThat(failure.reason()).isEqualTo(UNAVAILABLE);
        assertThat(failure).hasMessageStartingWith("The disk of the data folder %s is full: free some space", parent);
    }

    private static void assertUnavailable(DataFolder folder, long requiredSpace, String message)
    {
        assertThatThrownBy(() -> FolderLock.take(folder, requiredSpace))
                .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.reason()).isEqualTo(UNAVAILABLE))
                .hasMessageContaining(message)
                .hasMessageContaining("--data");
    }
}
