package io.tarn.format;

import com.google.common.collect.Range;
import io.trino.metastore.StorageFormat;

import java.util.Optional;
import java.util.Set;

/**
 * Writes files of one format. An implementation is stateless and safe to call from many threads.
 */
public interface FormatWriter
{
    /**
     * The format's name as {@code CREATE TABLE … WITH (format = …)} knows it; that of the {@link FileFormat} that reads
     * what is written.
     */
    String name();

    /**
     * SerDe, input and output format of a table that is created in this format.
     */
    StorageFormat storageFormat();

    /**
     * Whether this writer writes files of a table declared so; decided by SerDe and input format alone.
     */
    boolean accepts(FileSchema schema);

    /**
     * The codecs that the format takes.
     */
    Set<FileCodec> codecs();

    /**
     * The codec where neither the table nor the session names one.
     */
    FileCodec defaultCodec();

    /**
     * The levels that a codec takes here, closed; empty where it takes none.
     */
    Optional<Range<Integer>> levels(FileCodec codec);

    /**
     * What the names of files end with, the dot included; may be empty. Readers tell the codec of text formats from it.
     */
    String extension(FileCodec codec);

    /**
     * Refuses, before anything is written, what no file of this format could hold.
     *
     * @throws io.trino.spi.TrinoException {@code TARN_CANNOT_WRITE}, which names the column or the property, its type
     *         or value, and the remedy
     */
    void check(FileSchema schema);

    /**
     * Begins a file.
     */
    FileSink create(FileWrite write);
}
