package io.tarn.write;

import com.google.common.collect.ImmutableList;
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

import static java.util.Objects.requireNonNull;

/**
 * The files of one partition, one after the other: where one has reached its size the next is begun.
 */
final class RollingFiles
{
    private final ConnectorSession session;
    private final TrinoFileSystem fileSystem;
    private final FormatWriter writer;
    private final TableWrite write;
    private final PartitionTarget target;
    private final long targetBytes;
    private final List<WrittenFile> written = new ArrayList<>();
    private long writtenBytes;
    private Location location;
    private FileSink open;

    /**
     * @param targetBytes about how large the files become
     */
    RollingFiles(ConnectorSession session, TrinoFileSystem fileSystem, FormatWriter writer, TableWrite write, PartitionTarget target, long targetBytes)
    {
        this.session = requireNonNull(session, "session is null");
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.writer = requireNonNull(writer, "writer is null");
        this.write = requireNonNull(write, "write is null");
        this.target = requireNonNull(target, "target is null");
        this.targetBytes = targetBytes;
    }

    void append(Page page)
    {
        if (open == null) {
            FileCodec codec = writer.codecs().contains(write.codec()) ? write.codec() : writer.defaultCodec();
            location = Location.of(target.folder()).appendPath(write.file().unique(session.getQueryId(), writer.extension(codec)));
            open = writer.create(new FileWrite(session, fileSystem, location, target.schema(), codec, write.level()));
        }
        open.append(page);
        if (open.bytes() >= targetBytes) {
            finishOpen();
        }
    }

    long bytes()
    {
        return writtenBytes + (open == null ? 0 : open.bytes());
    }

    long memoryUsage()
    {
        return open == null ? 0 : open.memoryUsage();
    }

    List<WrittenFile> finish()
    {
        finishOpen();
        return ImmutableList.copyOf(written);
    }

    /**
     * @return the files that are whole already
     */
    List<Location> abort()
    {
        if (open != null) {
            open.abort();
            open = null;
        }
        return written.stream().map(file -> Location.of(file.location())).toList();
    }

    private void finishOpen()
    {
        if (open == null) {
            return;
        }
        FileSummary summary = open.finish();
        open = null;
        writtenBytes += summary.bytes();
        written.add(new WrittenFile(target.values(), target.folder(), location.toString(), summary.rows(), summary.bytes()));
    }
}
