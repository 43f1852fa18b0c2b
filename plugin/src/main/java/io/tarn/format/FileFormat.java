package io.tarn.format;

import io.trino.spi.connector.ConnectorPageSource;

import java.util.Optional;
import java.util.Set;

/**
 * One file format. An implementation is stateless and safe to call from many threads.
 */
public interface FileFormat
{
    /**
     * The format's name as {@code CREATE TABLE … WITH (format = …)} knows it, for instance {@code PARQUET}.
     */
    String name();

    /**
     * Whether this format reads files declared so; decided by SerDe and input format alone.
     */
    boolean accepts(FileSchema schema);

    /**
     * Whether a file may be read in slices other than the whole.
     *
     * @param fileName the last part of the file's path; its extension tells the compression of text formats
     */
    boolean splittable(FileSchema schema, String fileName);

    /**
     * Whether these files hold their columns by position, as delimited text does: then the columns of a partition are
     * those of its table in their order, whatever their names.
     */
    boolean byPosition(FileSchema schema);

    /**
     * Whether a read fetches little more than the columns that it is asked for, rather than whole files.
     */
    boolean columnar();

    /**
     * Opens a page source over a slice. Columns that the file lacks are given back as nulls.
     *
     * @throws io.trino.spi.TrinoException with a {@link io.tarn.error.TarnErrorCode}, from here or from the page
     *         source, when the file is missing, damaged or does not fit; the message names the file, and the line or
     *         the column where there is one
     */
    ConnectorPageSource open(FileRead read);

    /**
     * What {@link #open} and reading to the end would fetch, told without reading any data: of a file that describes
     * itself its footer is read, of others nothing.
     *
     * @param filterable columns for which a filter may yet arrive before the read begins: looking them up in a file's
     *         indexes costs bytes of its own
     * @return bytes that are never exceeded as long as the file is sound and does not change; what a format cannot know
     *         beforehand its own documentation tells
     * @throws io.trino.spi.TrinoException as {@link #open} throws it
     */
    ReadEstimate estimate(FileRead read, Set<FileColumn> filterable);

    /**
     * What a whole file tells of its rows, and of the columns of {@code read}, without any data being read; the filter
     * and the limit of {@code read} do not matter. A format whose files do not describe themselves says nothing.
     *
     * @throws io.trino.spi.TrinoException as {@link #open} throws it
     */
    default Optional<FileStatistics> statistics(FileRead read)
    {
        return Optional.empty();
    }
}
