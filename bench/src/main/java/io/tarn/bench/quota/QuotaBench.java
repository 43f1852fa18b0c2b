package io.tarn.bench.quota;

import io.tarn.bench.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;

/**
 * What quotas cost: the admission of a query, and the scan of one that is admitted.
 */
@Command(
        name = "quota",
        description = "What quotas cost: how long the admission of a query takes, and what is left of a scan's throughput.",
        mixinStandardHelpOptions = true)
public final class QuotaBench
        implements Callable<Integer>
{
    enum Part
    {
        SQLITE, POSTGRES, THROUGHPUT
    }

    @Option(names = "--only", paramLabel = "PART", split = ",", description = "Which of it: ${COMPLETION-CANDIDATES}; all of it otherwise.")
    private Set<Part> only = Set.of(Part.values());

    @Option(names = "--ledger-rows", paramLabel = "N", description = "Queries that the ledger holds (${DEFAULT-VALUE}).", defaultValue = "1000000")
    private int ledgerRows;

    @Option(names = "--sessions", paramLabel = "N", description = "Sessions that ask at once (${DEFAULT-VALUE}).", defaultValue = "100")
    private int sessions;

    @Option(names = "--seconds", paramLabel = "N", description = "How long sessions ask (${DEFAULT-VALUE}).", defaultValue = "20")
    private int seconds;

    @Option(names = "--rows", paramLabel = "N", description = "Rows of the scanned web log (${DEFAULT-VALUE}).", defaultValue = "1000000")
    private long rows;

    @Option(names = "--blocks", paramLabel = "N", description = "How many times four scans are compared, of each kind (${DEFAULT-VALUE}).", defaultValue = "40")
    private int blocks;

    @Option(names = "--small-queries", paramLabel = "N", description = "How many queries tell what one pays once, of each kind (${DEFAULT-VALUE}).", defaultValue = "200")
    private int smallQueries;

    @Override
    public Integer call()
            throws Exception
    {
        Path folder = Files.createTempDirectory("tarn-bench");
        try {
            Admission admission = new Admission(folder, sessions, ledgerRows, seconds);
            if (only.contains(Part.SQLITE)) {
                admission.sqlite().print(System.out);
            }
            if (only.contains(Part.POSTGRES)) {
                admission.postgres().print(System.out);
            }
            if (only.contains(Part.THROUGHPUT)) {
                for (TextTable table : new Throughput(folder, rows, blocks, smallQueries).measure()) {
                    table.print(System.out);
                }
            }
            return 0;
        }
        finally {
            deleteRecursively(folder, ALLOW_INSECURE);
        }
    }
}
