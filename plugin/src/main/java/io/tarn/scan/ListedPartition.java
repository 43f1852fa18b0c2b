package io.tarn.scan;

import io.tarn.format.FileSchema;
import io.tarn.partition.SelectedPartition;
import io.tarn.storage.DataFile;

import java.util.Iterator;

/**
 * A partition and its files.
 */
record ListedPartition(SelectedPartition partition, FileSchema schema, Iterator<DataFile> files) {}
