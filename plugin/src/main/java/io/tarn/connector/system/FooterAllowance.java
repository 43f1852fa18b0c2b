package io.tarn.connector.system;

import io.tarn.quota.ScanQuota;
import io.tarn.scan.TableFile;
import io.trino.spi.TrinoException;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * Takes from the quota what footers cost: before files are opened what they are expected to take, afterwards the rest
 * of it or what was too much. How long a footer is only the file itself knows, so what is expected is the longest that
 * was read so far, and no more than the file.
 */
final class FooterAllowance
{
    private static final long FIRST_GUESS = 64 * 1024;

    private final Optional<ScanQuota> quota;
    private long guess = FIRST_GUESS;

    FooterAllowance(Optional<ScanQuota> quota)
    {
        this.quota = requireNonNull(quota, "quota is null");
    }

    /**
     * Waits until the query may read.
     *
     * @throws TrinoException where it may not
     */
    void await()
    {
        if (quota.isEmpty()) {
            return;
        }
        try {
            quota.get().granted().join();
        }
        catch (CompletionException e) {
            if (e.getCause() instanceof TrinoException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /**
     * @return what was taken, for {@link #settle}
     * @throws TrinoException {@code QUOTA_EXCEEDED} where it does not fit any more
     */
    long take(List<TableFile> files)
    {
        long bytes = files.stream().mapToLong(file -> min(guess, file.file().length())).sum();
        quota.ifPresent(scan -> scan.take(bytes));
        return bytes;
    }

    /**
     * @param taken what {@link #take} gave back
     * @throws TrinoException {@code QUOTA_EXCEEDED} where more was read than still fits
     */
    void settle(long taken, List<FileDescription> read)
    {
        long bytes = 0;
        for (FileDescription file : read) {
            bytes += file.bytesRead();
            guess = max(guess, file.bytesRead());
        }
        if (quota.isEmpty()) {
            return;
        }
        if (bytes > taken) {
            quota.get().take(bytes - taken);
        }
        else {
            quota.get().giveBack(taken - bytes);
        }
    }
}
