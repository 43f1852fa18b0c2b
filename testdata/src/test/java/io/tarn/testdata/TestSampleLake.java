package io.tarn.testdata;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.Executors.newFixedThreadPool;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestSampleLake
{
    @Test
    void testSameSeedGivesSameBytesWhateverTheThreads()
            throws Exception
    {
        SampleLake lake = SampleLake.ofRows(60_000);
        Map<String, String> one = digests(lake, 1);
        assertThat(digests(lake, 4)).isEqualTo(one);
        assertThat(digests(new SampleLake(SampleLake.DEFAULT_SEED, 60_000), 1)).isEqualTo(one);
        assertThat(digests(lake.withSeed(7), 1).values()).doesNotContainAnyElementsOf(one.values());
    }

    @Test
    void testRowsAreTheSameOnEveryMachine()
            throws Exception
    {
        // of the text, not of the gzip: another zlib may compress otherwise
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        SampleLake lake = SampleLake.ofRows(1000);
        for (SampleObject object : lake.userActivity()) {
            digest.update(ungzip(object));
        }
        digest.update(lake.userProfile().bytes());
        digest.update(lake.zipCodes().bytes());
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo("bd0af4770516d02d8593c434d870b82bd6c042f5cf06f472600b13371829bf8f");
    }

    @Test
    void testSizes()
    {
        assertThat(SampleLake.ofRows(1).objects()).hasSize(3);
        for (long rows : new long[] {1, 3, 4, 1001, 500_000, 10_000_000, 1L << 40}) {
            SampleLake lake = SampleLake.ofRows(rows);
            assertThat(lake.activityFiles()).isBetween(1, 1 << 22);
            assertThat(lake.profiles()).isBetween(50, 50_000);
            assertThat(lake.zips()).isBetween(60, 42_000);
        }
        for (long rows : new long[] {1, 3, 4, 1001, 500_000, 10_000_000}) {
            List<SampleObject> files = SampleLake.ofRows(rows).userActivity();
            assertThat(files.stream().mapToLong(SampleObject::rows).sum()).isEqualTo(rows);
            assertThat(files).allMatch(file -> file.rows() > 0);
            assertThat(files.stream().map(SampleObject::key).distinct()).hasSameSizeAs(files);
        }
        assertThat(SampleLake.ofRows(500_000).profiles()).isEqualTo(50_000);
        assertThat(SampleLake.ofRows(500_000).zips()).isEqualTo(42_000);
        assertThat(SampleLake.ofRows(500_000).userActivity()).hasSize(16);
        assertThatThrownBy(() -> SampleLake.ofRows(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("rows is 0");
    }

    @Test
    void testFilesLieInNestedFoldersToo()
    {
        assertThat(SampleLake.ofRows(100).userActivity()).extracting(SampleObject::key).containsExactly(
                "raw/useractivity/useractivity-00000.json.gz",
                "raw/useractivity/server-2/useractivity-00001.json.gz",
                "raw/useractivity/useractivity-00002.json.gz",
                "raw/useractivity/server-2/useractivity-00003.json.gz");
    }

    @Test
    void testWritesAsItGoes()
            throws Exception
    {
        SampleObject large = SampleLake.ofRows(400_000).userActivity().getFirst();
        LargestWrite output = new LargestWrite();
        large.writeTo(output);
        assertThat(output.bytes).isGreaterThan(500_000);
        assertThat(output.largest).isLessThanOrEqualTo(1 << 16);
        assertThat(output.closed).isFalse();
    }

    @Test
    void testLiveWebLog()
            throws Exception
    {
        List<SampleObject> objects = SampleLake.ofRows(120_000).liveWebLog();
        assertThat(objects).hasSize(24);
        SampleObject object = objects.get(7);
        assertThat(object.key()).isEqualTo("weblogs/live/2018/01/31/07/weblogs-1-2018-01-31-07-00-00.gz");
        List<String> lines = new String(ungzip(object), UTF_8).lines().toList();
        assertThat(lines).hasSize(100).allMatch(line -> line.matches(
                "10\\.\\d+\\.\\d+\\.\\d+,[a-z]+\\d+,31/Jan/2018:07:\\d\\d:\\d\\d,(GET|PUT|DELETE) /petstore/\\w+/\\w+,(200|500),\\d+"));
    }

    static byte[] ungzip(SampleObject object)
            throws Exception
    {
        try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(object.bytes()))) {
            return input.readAllBytes();
        }
    }

    private static Map<String, String> digests(SampleLake lake, int threads)
            throws Exception
    {
        List<SampleObject> objects = new ArrayList<>(lake.objects());
        objects.addAll(lake.liveWebLog());
        try (ExecutorService executor = newFixedThreadPool(threads)) {
            List<Future<String>> digests = executor.invokeAll(objects.stream()
                    .map(object -> (Callable<String>) () -> HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(object.bytes())))
                    .toList());
            return objects.stream().collect(toMap(SampleObject::key, object -> digests.get(objects.indexOf(object)).resultNow()));
        }
    }

    private static class LargestWrite
            extends OutputStream
    {
        private long bytes;
        private int largest;
        private boolean closed;

        @Override
        public void write(int value)
        {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length)
        {
            bytes += length;
            largest = Math.max(largest, length);
        }

        @Override
        public void close()
        {
            closed = true;
        }
    }
}
