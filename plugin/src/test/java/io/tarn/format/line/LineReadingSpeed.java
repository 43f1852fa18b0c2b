package io.tarn.format.line;

import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import static io.tarn.format.line.LineFiles.columns;
import static io.tarn.format.line.LineFiles.schema;
import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static java.lang.Math.max;

/**
 * Run its {@code main} to see how fast line formats are read beside the Hive connector, in one process.
 */
final class LineReadingSpeed
{
    private static final int ROUNDS = 5;
    private static final int BYTES = 100_000_000;
    private static final String[] STRINGS = {"ip_address", "string", "username", "string", "timestamp", "string", "request", "string", "http", "string", "bytes", "string"};
    private static final String[] TYPED = {"ip_address", "string", "username", "string", "timestamp", "string", "request", "string", "http", "int", "bytes", "bigint"};

    private final LineFiles files = new LineFiles();
    private final HiveReader hive = new HiveReader(files);

    private LineReadingSpeed() {}

    public static void main(String[] arguments)
            throws IOException
    {
        LineReadingSpeed speed = new LineReadingSpeed();
        FileSlice json = speed.files.write("activity.json", generate("{\"ip_address\":\"%s\",\"username\":\"%s\",\"timestamp\":\"%s\",\"request\":\"%s\",\"http\":%s,\"bytes\":%s}\n"));
        speed.compare("OpenX JSON", schema(OPENX_JSON_SERDE_CLASS, TYPED), schema(OPENX_JSON_SERDE_CLASS, TYPED), json);
        speed.compare("Hive JSON", schema(JSON_SERDE_CLASS, TYPED), schema(JSON_SERDE_CLASS, TYPED), json);
        FileSlice csv = speed.files.write("activity.csv", generate("%s,%s,%s,%s,%s,%s\n"));
        speed.compare("CSV, strings", schema(OPENCSV_SERDE_CLASS, STRINGS), schema(OPENCSV_SERDE_CLASS, STRINGS), csv);
        speed.compare("CSV, typed beside strings", schema(OPENCSV_SERDE_CLASS, TYPED), schema(OPENCSV_SERDE_CLASS, STRINGS), csv);
        FileSlice quoted = speed.files.write("quoted.csv", generate("\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",\"%s\"\n"));
        speed.compare("CSV, quoted strings", schema(OPENCSV_SERDE_CLASS, STRINGS), schema(OPENCSV_SERDE_CLASS, STRINGS), quoted);
        FileSlice text = speed.files.write("activity.txt", generate("%s\u0001%s\u0001%s\u0001%s\u0001%s\u0001%s\n"));
        speed.compare("Text", schema(LAZY_SIMPLE_SERDE_CLASS, TYPED), schema(LAZY_SIMPLE_SERDE_CLASS, TYPED), text);
    }

    private void compare(String what, FileSchema schema, FileSchema hiveSchema, FileSlice file)
            throws IOException
    {
        measure(what, file, columns(schema), schema, hiveSchema);
        measure(what + ", count(*)", file, List.of(), schema, hiveSchema);
    }

    private void measure(String what, FileSlice file, List<FileColumn> columns, FileSchema schema, FileSchema hiveSchema)
            throws IOException
    {
        double best = 0;
        double hiveBest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            best = max(best, megabytesPerSecond(file, () -> LineFiles.format(schema).open(files.read(schema, file, columns))));
            hiveBest = max(hiveBest, megabytesPerSecond(file, () -> hive.open(hiveSchema, file, columns.isEmpty() ? columns : columns(hiveSchema))));
        }
        System.out.printf("%-40s tarn %6.0f MB/s, trino-hive %6.0f MB/s, ratio %.2f%n", what, best, hiveBest, best / hiveBest);
    }

    private static double megabytesPerSecond(FileSlice file, Supplier<ConnectorPageSource> opener)
            throws IOException
    {
        long start = System.nanoTime();
        long rows = 0;
        try (ConnectorPageSource pageSource = opener.get()) {
            while (!pageSource.isFinished()) {
                SourcePage page = pageSource.getNextSourcePage();
                if (page != null) {
                    rows += page.getPage().getPositionCount();
                }
            }
        }
        if (rows == 0) {
            throw new IllegalStateException("nothing read");
        }
        return file.fileLength() * 1e3 / (System.nanoTime() - start);
    }

    private static String generate(String line)
    {
        Random random = new Random(1);
        StringBuilder content = new StringBuilder(BYTES + 1000);
        while (content.length() < BYTES) {
            content.append(line.formatted(
                    random.nextInt(256) + "." + random.nextInt(256) + ".0." + random.nextInt(256),
                    Long.toString(random.nextLong() & 0xFFFFFFFFFFL, 36),
                    (1 + random.nextInt(28)) + "/Jan/2018:10:43:" + random.nextInt(60),
                    "GET /petstore/Cats/" + random.nextInt(100),
                    random.nextInt(100) == 0 ? 500 : 200,
                    random.nextInt(5000)));
        }
        return content.toString();
    }
}
