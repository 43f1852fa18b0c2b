package io.tarn.storage;

import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.security.ConnectorIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestLocalStorage
        extends BaseStorageTest
{
    @TempDir
    Path directory;

    private Path root;
    private TrinoFileSystem fileSystem;

    @BeforeEach
    void createBucket()
            throws IOException
    {
        root = directory.resolve("buckets");
        Files.createDirectories(root.resolve(bucket()));
        fileSystem = new BucketFolderFileSystemFactory(root).create(ConnectorIdentity.ofUser("test"));
    }

    @Override
    protected TrinoFileSystem fileSystem()
    {
        return fileSystem;
    }

    @Override
    protected String bucket()
    {
        return "lake";
    }

    @Test
    void testRootMustBeAFolder()
    {
        assertThatThrownBy(() -> new BucketFolderFileSystemFactory(directory.resolve("none"))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("none");
    }

    @Test
    void testTraversalIsRefused()
            throws IOException
    {
        Files.writeString(directory.resolve("secret"), "secret");
        for (String location : List.of("s3://lake/../../secret", "s3://../secret", "s3://lake/a/../b", "s3://lake/./a", "s3://./lake/a", "s3://lake/.mpus-x", "s3://user@lake/a", "s3://lake:9000/a", "s3:///lake/a", "file:///etc/passwd", "local:///x")) {
            assertThatThrownBy(() -> fileSystem.newInputFile(Location.of(location)).length()).as(location).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> fileSystem.newOutputFile(Location.of(location)).createOrOverwrite(new byte[1])).as(location).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> fileSystem.deleteDirectory(Location.of(location))).as(location).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(directory.resolve("secret")).hasContent("secret");
    }

    @Test
    void testLinksOutOfTheRootAreRefused()
            throws IOException
    {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("f"), "secret");
        Files.createSymbolicLink(root.resolve("lake/folder"), outside);
        Files.createSymbolicLink(root.resolve("lake/file"), outside.resolve("f"));
        Files.createSymbolicLink(root.resolve("linked"), outside);
        for (String location : List.of("s3://lake/folder/f", "s3://lake/file", "s3://linked/f")) {
            assertThatThrownBy(() -> fileSystem.newInputFile(Location.of(location)).newStream()).as(location).isInstanceOf(IOException.class).hasMessageContaining("leads out");
            assertThatThrownBy(() -> fileSystem.newOutputFile(Location.of(location)).createOrOverwrite(new byte[1])).as(location).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> fileSystem.listFiles(Location.of("s3://lake/folder/"))).hasMessageContaining("leads out");
        FileIterator files = fileSystem.listFiles(Location.of("s3://lake/"));
        assertThatThrownBy(files::hasNext).hasMessageContainingAll("s3://lake/file", "leads out");
        // deleting removes the links, not what they lead to
        fileSystem.deleteDirectory(Location.of("s3://lake/"));
        assertThat(outside.resolve("f")).hasContent("secret");
        assertThat(root.resolve("lake")).isEmptyDirectory();
    }

    @Test
    void testRename()
            throws IOException
    {
        write("a/1", "one");
        write("a/2", "two");
        fileSystem.renameFile(base().appendPath("a/1"), base().appendPath("b/c/1"));
        assertThat(rawList("")).containsExactly("a/2", "b/c/1");
        assertThatThrownBy(() -> fileSystem.renameFile(base().appendPath("a/2"), base().appendPath("b/c/1"))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read("b/c/1")).isEqualTo("one");
        assertThat(read("a/2")).isEqualTo("two");
        assertThatThrownBy(() -> fileSystem.renameFile(base().appendPath("never"), base().appendPath("x"))).isInstanceOf(FileNotFoundException.class);
        fileSystem.renameDirectory(base().appendPath("a"), base().appendPath("d/e"));
        assertThat(rawList("")).containsExactly("b/c/1", "d/e/2");
        assertThatThrownBy(() -> fileSystem.renameDirectory(base().appendPath("d/e"), base().appendPath("b/c"))).isInstanceOf(IOException.class).hasMessageContaining("exists");
        assertThatThrownBy(() -> fileSystem.renameDirectory(base().appendPath("d"), base().appendPath("d/e/f"))).isInstanceOf(IOException.class);
        assertThat(rawList("")).containsExactly("b/c/1", "d/e/2");
    }

    @Test
    void testKeyAndKeyBelowItCannotBoth()
            throws IOException
    {
        write("a/b", "data");
        assertThatThrownBy(() -> write("a/b/c", "data")).isInstanceOf(IOException.class).hasMessageContaining("a/b/c");
        assertThatThrownBy(() -> write("a", "data")).isInstanceOf(IOException.class).hasMessageContaining("folder of its name");
        assertThat(fileSystem.newInputFile(base().appendPath("a/b/c")).exists()).isFalse();
        fileSystem.deleteFile(base().appendPath("a/b/c"));
        assertThat(rawList("")).containsExactly("a/b");
        assertThat(read("a/b")).isEqualTo("data");
    }

    @Test
    void testFirstOfTwoStreamsWins()
            throws IOException
    {
        OutputStream first = fileSystem.newOutputFile(base().appendPath("c")).create();
        OutputStream second = fileSystem.newOutputFile(base().appendPath("c")).create();
        first.write("first".getBytes(UTF_8));
        second.write("second".getBytes(UTF_8));
        first.close();
        assertThatThrownBy(second::close).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> fileSystem.newOutputFile(base().appendPath("c")).create()).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read("c")).isEqualTo("first");
        assertThat(rawList("")).containsExactly("c");
    }

    @Test
    void testWritesAndDeletesOfOneFolderDoNotDisturbEachOther()
            throws Exception
    {
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            List<Future<Void>> results = executor.invokeAll(IntStream.range(0, 8).<Callable<Void>>mapToObj(i -> () -> {
                Location location = base().appendPath("shared/folder/" + i);
                for (int round = 0; round < 200; round++) {
                    fileSystem.newOutputFile(location).createOrOverwrite(new byte[1]);
                    fileSystem.deleteFile(location);
                }
                return null;
            }).toList());
            for (Future<Void> result : results) {
                result.get();
            }
        }
        assertThat(root.resolve("lake")).isEmptyDirectory();
    }

    @Test
    void testNothingIsLeftOfWritesThatFail()
            throws IOException
    {
        OutputStream output = fileSystem.newOutputFile(base().appendPath("x/f")).create();
        output.write(1);
        // what is there meanwhile takes the name
        write("x", "data");
        assertThatThrownBy(output::close).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> fileSystem.newOutputFile(Location.of("s3://never/f")).create()).isInstanceOf(BucketNotFoundException.class);
        fileSystem.deleteDirectory(base());
        try (Stream<Path> files = Files.list(root.resolve("lake"))) {
            assertThat(files).isEmpty();
        }
        assertThat(root.resolve("never")).doesNotExist();
    }

    @Test
    void testFoldersAreCreatedAndFound()
            throws IOException
    {
        fileSystem.createDirectory(base().appendPath("empty/folder"));
        assertThat(fileSystem.directoryExists(base().appendPath("empty/folder/"))).contains(true);
        assertThat(fileSystem.directoryExists(base().appendPath("other"))).contains(false);
        assertThatThrownBy(() -> fileSystem.directoryExists(Location.of("s3://never/x"))).isInstanceOf(BucketNotFoundException.class);
        Location temporary = fileSystem.createTemporaryDirectory(base(), "/tmp/x", "y").orElseThrow();
        assertThat(temporary.toString()).startsWith("s3://lake/tmp/x/");
        assertThat(fileSystem.directoryExists(temporary)).contains(true);
        fileSystem.deleteDirectory(temporary);
    }
}
