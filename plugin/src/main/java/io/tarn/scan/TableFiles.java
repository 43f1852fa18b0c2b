package io.tarn.scan;

import com.google.common.collect.AbstractIterator;
import io.tarn.storage.DataFile;

import java.util.Iterator;

import static java.util.Objects.requireNonNull;

/**
 * The files of partitions, one after the other.
 */
final class TableFiles
        extends AbstractIterator<TableFile>
{
    private final Iterator<ListedPartition> partitions;
    private final FileConditions conditions;
    private ListedPartition current;

    TableFiles(Iterator<ListedPartition> partitions, FileConditions conditions)
    {
        this.partitions = requireNonNull(partitions, "partitions is null");
        this.conditions = requireNonNull(conditions, "conditions is null");
    }

    @Override
    protected TableFile computeNext()
    {
        while (true) {
            while (current != null && current.files().hasNext()) {
                DataFile file = current.files().next();
                if (conditions.test(current.partition(), file)) {
                    return new TableFile(current.partition().name(), current.schema(), file);
                }
            }
            if (!partitions.hasNext()) {
                return endOfData();
            }
            current = partitions.next();
        }
    }
}
