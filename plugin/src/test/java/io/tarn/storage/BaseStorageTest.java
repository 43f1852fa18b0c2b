package io.tarn.storage;

import com.google.common.collect.ImmutableList;
import io.tarn.error.TarnErrorCode;
import io.trino.filesystem.FileEntry;
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoInputStream;
import io.trino.spi.TrinoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_WRITER_ERROR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is asked of every storage, whatever it is.
 */
public abstract class BaseStorageTest
{
    /**
     * The second size is one of an upload in parts, the third one that ends with a part.
     */
    @ParameterizedTest
    @ValueSource(ints = {100, 20 * 1024 * 1024, 16 * 1024 * 1024})
    void testNewFileIsThereWhenItIsPublished(int length)
            throws IOException
    {
        Location location = base.appendPath("new/file");
        NewFile file = NewFile.create(fileSystem(), location);
        writeChunks(file, length);
        file.stream().close();
        assertThat(file.bytes()).isEqualTo(length);
        assertThat(fileSystem().newInputFile(location).exists()).isFalse();
        file.publish();
        assertThat(fileSystem().newInputFile(location).length()).isEqualTo(length);
        file.abort();
        assertThat(fileSystem().newInputFile(location).exists()).isTrue();
        assertThatThrownBy(file::publish).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 20 * 1024 * 1024, 16 * 1024 * 1024})
    void testNewFileThatIsGivenUpHasNeverBeen(int length)
            throws IOException
    {
        Location location = base.appendPath("aborted/file");
        NewFile file = NewFile.create(fileSystem(), location);
        writeChunks(file, length);
        file.abort();
        file.abort();
        // as compressors do that are closed afterwards
        file.stream().write(1);
        assertThat(fileSystem().newInputFile(location).exists()).isFalse();
        assertThat(list("aborted")).isEmpty();
        assertThatThrownBy(file::publish).isInstanceOf(IllegalStateException.class);

        // the name is free for another
        NewFile second = NewFile.create(fileSystem(), location);
        second.stream().write(7);
        second.publish();
        assertThat(fileSystem().newInputFile(location).length()).isEqualTo(1);
    }

    @Test
    void testNewFileInBucketThatIsNotThere()
    {
        Location location = Location.of("s3://tarn-no-such-bucket-of-mine/file");
        assertThatThrownBy(() -> {
            NewFile file = NewFile.create(fileSystem(), location);
            file.stream().write(1);
            file.publish();
        })
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(TARN_WRITER_ERROR.toErrorCode()))
                .hasMessageContaining("bucket 'tarn-no-such-bucket-of-mine' does not exist");
    }

    private static void writeChunks(NewFile file, int length)
            throws IOException
    {
        byte[] chunk = new byte[100_000];
        for (int written = 0; written < length; written += chunk.length) {
            file.stream().write(chunk, 0, Math.min(chunk.length, length - written));
        }
    }

    private final FileLister lister = new FileLister();
    private Location base;

    /**
     * A file system in which {@link #bucket} exists.
     */
    protected abstract TrinoFileSystem fileSystem();

    protected abstract String bucket();

    @BeforeEach
    void newPrefix()
    {
        base = Location.of("s3://%s/%s/".formatted(bucket(), UUID.randomUUID()));
    }

    @AfterEach
    void removePrefix()
            throws IOException
    {
        fileSystem().deleteDirectory(base);
    }

    @Test
    void testListsNestedFilesInOrderOfKeysAndSkipsHiddenOnes()
            throws IOException
    {
        for (String key : List.of("t/b.txt", "t/a/x.txt", "t/a.txt", "t/a/b/c/deep.txt", "t/year=2024/month=01/f.txt", "t/_SUCCESS", "t/.hidden", "t/_temporary/x.txt", "t/a/.staging/x.txt", "t/a/b/_x/y/z.txt")) {
            write(key, "data");
        }
        write("t/empty", "");
        assertThat(list("t")).containsExactly("t/a.txt", "t/a/b/c/deep.txt", "t/a/x.txt", "t/b.txt", "t/year=2024/month=01/f.txt");
        assertThat(list("t/")).isEqualTo(list("t"));
    }

    @Test
    void testHiddenNamesAboveTheLocationDoNotMatter()
            throws IOException
    {
        write("_stage/.x/t/f.txt", "data");
        assertThat(list("_stage/.x/t")).containsExactly("_stage/.x/t/f.txt");
        assertThat(list("_stage")).isEmpty();
    }

    @Test
    void testSiblingPrefixesAndTheKeyItselfAreNotBelowALocation()
            throws IOException
    {
        write("table2/f.txt", "data");
        write("table.txt", "data");
        assertThat(list("table")).isEmpty();
        assertThat(list("table2/f.txt")).isEmpty();
        assertThat(list("nothing/here")).isEmpty();
    }

    @Test
    void testListedFileHasLengthAndTime()
            throws IOException
    {
        Instant before = Instant.now().minus(Duration.ofMinutes(5));
        write("t/f.txt", "12345");
        DataFile file = lister.list(fileSystem(), base.appendPath("t")).next();
        assertThat(file.length()).isEqualTo(5);
        assertThat(file.modified()).isBetween(before, Instant.now().plus(Duration.ofMinutes(5)));
        TrinoInputFile input = fileSystem().newInputFile(file.location());
        assertThat(input.length()).isEqualTo(5);
        // HTTP tells time in seconds
        assertThat(input.lastModified().getEpochSecond()).isEqualTo(file.modified().getEpochSecond());
    }

    @Test
    void testOtherSchemesMeanTheSame()
            throws IOException
    {
        write("t/f.txt", "data");
        for (String scheme : List.of("s3a", "s3n")) {
            Location location = Location.of(base.appendPath("t").toString().replace("s3:", scheme + ":"));
            assertThat(lister.list(fileSystem(), location).next().location()).isEqualTo(location.appendPath("f.txt"));
        }
    }

    @Test
    void testKeysOfAllSorts()
            throws IOException
    {
        List<String> names = ImmutableList.of("a b.txt", "a%20b.txt", "a+b.txt", "day=2024-01-01 00%3A00", "zażółć gęślą.txt", "日本語", "emoji-😀", "q?x=1&y=2", "hash#tag", "quote'\"", "back\\slash", "semi;colon,comma", "(paren)[x]{y}", "~tilde!$*@:");
        for (String name : names) {
            write("odd/" + name + "/f " + name, name);
        }
        assertThat(list("odd")).containsExactlyInAnyOrderElementsOf(names.stream().map(name -> "odd/" + name + "/f " + name).toList());
        for (String name : names) {
            assertThat(read("odd/" + name + "/f " + name)).isEqualTo(name);
        }
    }

    @Test
    void testDoubledSlashStaysInWhatIsListed()
            throws IOException
    {
        Location location = base.appendPath("t//");
        fileSystem().newOutputFile(location.appendPath("f.txt")).createOrOverwrite("data".getBytes(UTF_8));
        DataFile file = lister.list(fileSystem(), location).next();
        assertThat(file.location()).isEqualTo(location.appendPath("f.txt"));
        assertThat(fileSystem().newInputFile(file.location()).length()).isEqualTo(4);
        fileSystem().deleteFile(file.location());
    }

    @Test
    void testMissingBucketIsNamed()
    {
        Location location = Location.of("s3://tarn-no-such-bucket/t/");
        assertFailure(() -> lister.list(fileSystem(), location).forEachRemaining(_ -> {}), TARN_FILE_NOT_FOUND, "tarn-no-such-bucket", "s3://tarn-no-such-bucket/t/");
    }

    @Test
    void testForeignLocationIsRefused()
    {
        assertFailure(() -> lister.list(fileSystem(), Location.of("hdfs://node/t")).forEachRemaining(_ -> {}), TARN_INVALID_METADATA, "hdfs://node/t");
    }

    @Test
    void testMissingFile()
            throws IOException
    {
        TrinoInputFile file = fileSystem().newInputFile(base.appendPath("missing"));
        assertThat(file.exists()).isFalse();
        assertThatThrownBy(file::length).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> {
            try (TrinoInputStream stream = file.newStream()) {
                stream.read();
            }
        }).isInstanceOf(FileNotFoundException.class)
                .satisfies(e -> assertThat(StorageErrors.storageFailure("read", file.location(), e).getErrorCode()).isEqualTo(TARN_FILE_NOT_FOUND.toErrorCode()));
        fileSystem().deleteFile(file.location());
    }

    @Test
    void testReadsRanges()
            throws IOException
    {
        write("r", "0123456789");
        TrinoInputFile file = fileSystem().newInputFile(base.appendPath("r"));
        try (TrinoInput input = file.newInput()) {
            assertThat(input.readFully(3, 4).toStringUtf8()).isEqualTo("3456");
            assertThat(input.readTail(3).toStringUtf8()).isEqualTo("789");
            assertThatThrownBy(() -> input.readFully(8, 4)).isInstanceOf(IOException.class);
        }
        try (TrinoInputStream stream = file.newStream()) {
            stream.seek(6);
            assertThat(new String(stream.readNBytes(2), UTF_8)).isEqualTo("67");
            stream.seek(0);
            assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo("0123456789");
        }
    }

    @Test
    void testFileIsInvisibleUntilClosed()
            throws IOException
    {
        byte[] chunk = new byte[1 << 20];
        try (OutputStream output = fileSystem().newOutputFile(base.appendPath("w/f.bin")).create()) {
            for (int i = 0; i < 20; i++) {
                output.write(chunk);
            }
            output.flush();
            assertThat(rawList("w")).isEmpty();
            assertThat(fileSystem().newInputFile(base.appendPath("w/f.bin")).exists()).isFalse();
        }
        assertThat(rawList("w")).containsExactly("w/f.bin");
        assertThat(fileSystem().newInputFile(base.appendPath("w/f.bin")).length()).isEqualTo(20L << 20);
    }

    @Test
    void testOnlyWhatMayOverwriteDoes()
            throws IOException
    {
        fileSystem().newOutputFile(base.appendPath("c")).createExclusive("first".getBytes(UTF_8));
        assertThatThrownBy(() -> fileSystem().newOutputFile(base.appendPath("c")).createExclusive("second".getBytes(UTF_8))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read("c")).isEqualTo("first");
        write("c", "over");
        assertThat(read("c")).isEqualTo("over");
        assertThat(rawList("")).containsExactly("c");
    }

    @Test
    void testDelete()
            throws IOException
    {
        write("d/a/1", "data");
        write("d/a/2", "data");
        write("d/b", "data");
        write("d2", "data");
        fileSystem().deleteFile(base.appendPath("d/a/1"));
        assertThat(rawList("d")).containsExactly("d/a/2", "d/b");
        fileSystem().deleteFiles(List.of(base.appendPath("d/a/2"), base.appendPath("d/never")));
        assertThat(rawList("d")).containsExactly("d/b");
        // the folder a went with its last file, so that its name is free
        write("d/a", "data");
        fileSystem().deleteDirectory(base.appendPath("d"));
        fileSystem().deleteDirectory(base.appendPath("d"));
        assertThat(rawList("")).containsExactly("d2");
    }

    @Test
    void testListsDirectories()
            throws IOException
    {
        write("dirs/a/1", "data");
        write("dirs/a b=c/x/2", "data");
        write("dirs/3", "data");
        assertThat(fileSystem().listDirectories(base.appendPath("dirs/"))).containsExactlyInAnyOrder(base.appendPath("dirs/a/"), base.appendPath("dirs/a b=c/"));
        assertThat(fileSystem().listDirectories(base.appendPath("none/"))).isEmpty();
        assertThat(fileSystem().directoryExists(base.appendPath("dirs/a"))).contains(true);
        assertThat(fileSystem().directoryExists(base.appendPath("dirs/none")).orElse(false)).isFalse();
    }

    @Test
    void testManyFiles()
            throws IOException
    {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            expected.add("many/%04d".formatted(i));
            write(expected.getLast(), "x");
        }
        assertThat(list("many")).isEqualTo(expected);
    }

    protected Location base()
    {
        return base;
    }

    protected void write(String key, String content)
            throws IOException
    {
        fileSystem().newOutputFile(base.appendPath(key)).createOrOverwrite(content.getBytes(UTF_8));
    }

    protected String read(String key)
            throws IOException
    {
        try (TrinoInputStream stream = fileSystem().newInputFile(base.appendPath(key)).newStream()) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }

    protected List<String> list(String key)
    {
        return ImmutableList.copyOf(lister.list(fileSystem(), base.appendPath(key))).stream()
                .map(file -> file.location().toString().substring(base.toString().length()))
                .toList();
    }

    protected List<String> rawList(String key)
            throws IOException
    {
        ImmutableList.Builder<String> files = ImmutableList.builder();
        FileIterator iterator = fileSystem().listFiles(key.isEmpty() ? base : base.appendPath(key));
        while (iterator.hasNext()) {
            FileEntry file = iterator.next();
            files.add(file.location().toString().substring(base.toString().length()));
        }
        return files.build();
    }

    private static void assertFailure(Runnable action, TarnErrorCode code, String... parts)
    {
        assertThatThrownBy(action::run)
                .isInstanceOf(TrinoException.class)
                .hasMessageContainingAll(parts)
                .satisfies(e -> assertThat(((TrinoException) e).getErrorCode()).isEqualTo(code.toErrorCode()));
    }
}
