package io.tarn.format.parquet;

import com.google.common.cache.Cache;
import com.google.common.primitives.Ints;
import com.google.common.util.concurrent.UncheckedExecutionException;
import com.google.inject.Inject;
import io.tarn.format.FileSlice;
import io.trino.cache.EvictableCacheBuilder;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputFile;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.spi.TrinoException;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import static com.google.common.base.Throwables.throwIfUnchecked;
import static io.airlift.slice.SizeOf.estimatedSizeOf;
import static java.util.Objects.requireNonNull;

/**
 * The footers that estimates were made from, so that the slices of a file and the queries that follow read it once. A
 * file that was written anew has another length or modification time, and with it another footer here.
 * <p>
 * A footer weighs what {@link Footer#retainedSize()} says of it.
 */
public class ParquetFooters
{
    /**
     * What the smallest footer takes besides, and the cache for an entry.
     */
    private static final int ENTRY_SIZE = 2048;

    private final Cache<Key, Footer> footers;

    @Inject
    public ParquetFooters(ParquetReadConfig config)
    {
        footers = EvictableCacheBuilder.newBuilder()
                .maximumWeight(config.getFooterCacheSize().toBytes())
                .weigher((Key key, Footer footer) -> Ints.saturatedCast(ENTRY_SIZE + estimatedSizeOf(key.location()) + footer.retainedSize()))
                .shareNothingWhenDisabled()
                .build();
    }

    /**
     * A file's footer, which is nobody's to change. It is read with one request where the end of the file that
     * {@code parquet.footer-read-size} names holds it, with two otherwise, and with none where it is known.
     *
     * @throws TrinoException as {@link ParquetFormat#open} throws it; such a file is read again the next time
     */
    Footer footer(TrinoFileSystem fileSystem, FileSlice file, ParquetReaderOptions options, ParquetErrors errors)
    {
        return fetch(fileSystem, file, options, errors).footer();
    }

    /**
     * The same, and what it cost.
     */
    FetchedFooter fetch(TrinoFileSystem fileSystem, FileSlice file, ParquetReaderOptions options, ParquetErrors errors)
    {
        AtomicBoolean fetched = new AtomicBoolean();
        try {
            Footer footer = footers.get(new Key(file.location().toString(), file.fileLength(), file.modified()), () -> {
                fetched.set(true);
                return read(fileSystem, file, options, errors);
            });
            return new FetchedFooter(footer, fetched.get() ? FooterReader.bytesRead(footer.size(), file.fileLength(), options) : 0);
        }
        catch (ExecutionException | UncheckedExecutionException e) {
            throwIfUnchecked(e.getCause());
            throw errors.reading(Optional.empty(), e.getCause());
        }
    }

    private static Footer read(TrinoFileSystem fileSystem, FileSlice file, ParquetReaderOptions options, ParquetErrors errors)
            throws IOException
    {
        TrinoInputFile inputFile = fileSystem.newInputFile(file.location(), file.fileLength(), file.modified());
        try (RangedDataSource source = new RangedDataSource(inputFile, file.fileLength(), options, errors)) {
            return FooterReader.read(source, options, errors);
        }
        catch (IOException | RuntimeException e) {
            throw errors.reading(Optional.empty(), e);
        }
    }

    /**
     * @param bytesRead none where the footer was known
     */
    record FetchedFooter(Footer footer, long bytesRead) {}

    private record Key(String location, long length, Instant modified)
    {
        private Key
        {
            requireNonNull(location, "location is null");
            requireNonNull(modified, "modified is null");
        }
    }
}
