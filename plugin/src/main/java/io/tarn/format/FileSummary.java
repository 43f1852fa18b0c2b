package io.tarn.format;

/**
 * What was written.
 *
 * @param rows of the file
 * @param bytes of the file
 */
public record FileSummary(long rows, long bytes) {}
