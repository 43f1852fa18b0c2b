package io.tarn.format;

import io.trino.spi.connector.ConnectorPageSource;

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
     * Opens a page source over a slice. Columns that the file lacks are given back as nulls.
     *
     * @throws io.trino.spi.TrinoException with a {@link io.tarn.error.TarnErrorCode}, from here or from the page
     *         source, when the file is missing, damaged or does not fit; the message names the file, and the line or
     *         the column where there is one
     */
    ConnectorPageSource open(FileRead read);
}
