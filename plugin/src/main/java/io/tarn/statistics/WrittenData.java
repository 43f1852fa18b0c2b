package io.tarn.statistics;

/**
 * What was written into a table or a partition.
 *
 * @param bytes of the files
 */
public record WrittenData(long rows, long bytes, long files)
{
    public WrittenData add(WrittenData other)
    {
        return new WrittenData(rows + other.rows, bytes + other.bytes, files + other.files);
    }
}
