package io.tarn.write;

import com.google.common.collect.ImmutableList;
import io.tarn.bucket.BucketFileName;
import io.tarn.format.FileCodec;
import io.tarn.format.FileSink;
import io.tarn.format.FileSummary;
import io.tarn.format.FileWrite;
import io.tarn.format.FormatWriter;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorSession;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static java.util.Objects.requireNonNull;

/**
 * The files of one partition, or of one bucket of it, one after the other: where one has reached its size the next is
 * begun.
 */
final class RollingFiles
        implements PartitionFiles
{
    private final ConnectorSession session;
    private final TrinoFileSystem fileSystem;
    private final FormatWriter writer;
    private final TableWrite write;
    private final PartitionTarget target;
    private final OptionalInt bucket;
    private final long targetBytes;
    private final Optional<WritePermit> permit;
    private final List<WrittenFile> written = new ArrayList<>();
    private long writtenBytes;
    private Location location;
    private FileSink open;

    /**
     * @param targetBytes about how large the files become
     */
    RollingFiles(ConnectorSession session, TrinoFileSystem fileSystem, FormatWriter writer, TableWrite write, PartitionTarget target, OptionalInt bucket, long targetBytes)
    {
        this.session = requireNonNull(session, "session is null");
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.writer = requireNonNull(writer, "writer is null");
        this.write = requireNonNull(write, "write is null");
        this.target = requireNonNull(target, "target is null");
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.targetBytes = targetBytes;
        permit = write.revocable() ? Optional.of(new WritePermit(fileSystem, write)) : Optional.empty();
    }

    @Override
    public void append(Page page)
    {
        if (open == null) {
            String prefix = (bucket.isPresent() ? BucketFileName.prefix(bucket.getAsInt()) : "") + session.getQueryId();
            FileCodec codec = writer.codecs().contains(write.codec()) ? write.codec() : writer.defaultCodec();
            location = Location.of(target.folder()).appendPath(write.file().unique(prefix, writer.extension(codec)));
            open = writer.create(new FileWrite(session, fileSystem, location, target.schema(), codec, write.level()));
        }
        open.append(page);
        if (open.bytes() >= targetBytes) {
            finishOpen();
        }
    }

    @Override
    public long bytes()
    {
        return writtenBytes + (open == null ? 0 : open.bytes());
    }

    @Override
    public long memoryUsage()
    {
        return open == null ? 0 : open.memoryUsage();
    }

    @Override
    public List<WrittenFile> finish()
    {
        finishOpen();
        return ImmutableList.copyOf(written);
    }

    @Override
    public List<Location> abort()
    {
        if (open != null) {
            open.abort();
            open = null;
        }
        return written.stream().map(file -> Location.of(file.location())).toList();
    }

    /**
     * Ends the file that is being written, so that the next row begins another.
     */
    void finishOpen()
    {
        if (open == null) {
            return;
        }
        FileSummary summary = open.finish();
        open = null;
        writtenBytes += summary.bytes();
        written.add(new WrittenFile(target.values(), target.folder(), location.toString(), summary.rows(), summary.bytes()));
        // whoever catches this aborts, which deletes the file with those before it
        permit.ifPresent(WritePermit::require);
    }
}
