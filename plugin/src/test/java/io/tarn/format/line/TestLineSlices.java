package io.tarn.format.line;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import static io.tarn.format.line.LineFiles.part;
import static io.tarn.format.line.LineFiles.schema;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static java.lang.Math.min;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestLineSlices
{
    private static final FileSchema TEXT = schema(LAZY_SIMPLE_SERDE_CLASS, "line", "string");
    private static final FileSchema TEXT_WITH_HEADER = schema(LAZY_SIMPLE_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", "1"), "line", "string");

    private final LineFiles files = new LineFiles();

    @Test
    void testSlicesGiveEveryLineOnce()
    {
        Random random = new Random(17);
        for (int round = 0; round < 400; round++) {
            FileSchema schema = random.nextBoolean() ? TEXT : TEXT_WITH_HEADER;
            List<String> lines = new ArrayList<>();
            StringBuilder content = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
            int lineCount = random.nextInt(1, 40);
            for (int number = 0; number < lineCount; number++) {
                String line = number + "é".repeat(random.nextInt(random.nextInt(10) == 0 ? 200 : 8));
                lines.add(line);
                boolean last = number == lineCount - 1;
                content.append(line).append(last && random.nextBoolean() ? "" : random.nextBoolean() ? "\n" : "\r\n");
            }
            FileSlice file = files.write("random.txt", content.toString());
            List<String> expected = schema == TEXT ? lines : lines.subList(1, lineCount);

            List<Object> read = new ArrayList<>();
            TreeSet<Long> bounds = new TreeSet<>(List.of(0L, file.fileLength()));
            for (int cut = random.nextInt(8); cut > 0; cut--) {
                // a byte order mark is not cut
                bounds.add(min(file.fileLength(), random.nextLong(3, file.fileLength() + 4)));
            }
            long start = 0;
            for (long end : bounds) {
                files.rows(schema, part(file, start, end - start)).forEach(row -> read.add(row.getFirst()));
                start = end;
            }
            assertThat(read).as("cut at %s: %s", bounds, content).isEqualTo(expected);
        }
    }

    @Test
    void testEveryCutOfSmallFile()
    {
        FileSlice file = files.write("small.txt", "a\r\nbb\n\nccc\r\n\r\ndd");
        for (long cut = 0; cut <= file.fileLength(); cut++) {
            List<Object> read = new ArrayList<>();
            files.rows(TEXT, part(file, 0, cut)).forEach(row -> read.add(row.getFirst()));
            files.rows(TEXT, part(file, cut, file.fileLength() - cut)).forEach(row -> read.add(row.getFirst()));
            assertThat(read).as("cut at %s", cut).containsExactly("a", "bb", "", "ccc", "", "dd");
        }
    }

    @Test
    void testWhatCannotBeSplit()
    {
        assertThat(LineFiles.format(TEXT).splittable(TEXT, "part-0")).isTrue();
        assertThat(LineFiles.format(TEXT).splittable(TEXT, "part-0.csv")).isTrue();
        // Athena does not take this for gzip either
        assertThat(LineFiles.format(TEXT).splittable(TEXT, "part-0.GZ")).isTrue();
        for (String extension : List.of("gz", "bz2", "zst", "lz4", "snappy", "deflate")) {
            assertThat(LineFiles.format(TEXT).splittable(TEXT, "part-0." + extension)).as(extension).isFalse();
        }
        assertThat(LineFiles.format(TEXT).splittable(TEXT_WITH_HEADER, "part-0")).isTrue();
        FileSchema csv = schema(OPENCSV_SERDE_CLASS, "a", "string");
        assertThat(LineFiles.format(csv).splittable(csv, "part-0")).isTrue();
        FileSchema longHeader = schema(LAZY_SIMPLE_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", "2"), "line", "string");
        assertThat(LineFiles.format(longHeader).splittable(longHeader, "part-0")).isFalse();
        FileSchema footer = schema(LAZY_SIMPLE_SERDE_CLASS, ImmutableMap.of("skip.footer.line.count", "1"), "line", "string");
        assertThat(LineFiles.format(footer).splittable(footer, "part-0")).isFalse();

        FileSlice file = files.write("footer.txt", "a\nb\nc\n");
        assertThatThrownBy(() -> files.rows(footer, part(file, 2, 4))).hasMessageContaining("footer.txt cannot be read in slices");
    }

    @Test
    void testHeaderAndFooter()
    {
        FileSchema schema = schema(LAZY_SIMPLE_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", "2", "skip.footer.line.count", "1"), "line", "string");
        assertThat(files.rows(schema, files.write("a.txt", "h1\nh2\na\nb\nfooter"))).containsExactly(List.of("a"), List.of("b"));
        assertThat(files.rows(schema, files.write("b.txt", "h1\nh2\nfooter\n"))).isEmpty();
        assertThat(files.rows(schema, files.write("c.txt", "h1\nh2\n"))).isEmpty();
        assertThat(files.rows(schema, files.write("d.txt", "h1\n"))).isEmpty();
        assertThat(files.rows(TEXT_WITH_HEADER, files.write("e.txt", "only a header"))).isEmpty();
    }

    @Test
    void testEmptyFileAndEmptySlice()
    {
        assertThat(files.rows(TEXT, files.write("empty.txt", ""))).isEmpty();
        assertThat(files.rows(TEXT, part(files.write("a.txt", "a\nb\n"), 2, 0))).isEmpty();
    }

    @Test
    void testByteOrderMarkIsNoPartOfFirstLine()
    {
        FileSlice file = files.write("bom.txt", "\uFEFFa\nb");
        List<FileColumn> columns = ImmutableList.of(FileColumn.RAW_LINE, LineFiles.column(TEXT, "line"));
        assertThat(files.rows(TEXT, file, columns)).containsExactly(List.of("a", "a"), List.of("b", "b"));
    }
}
