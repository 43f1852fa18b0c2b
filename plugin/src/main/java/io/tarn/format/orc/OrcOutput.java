package io.tarn.format.orc;

import io.airlift.slice.OutputStreamSliceOutput;
import io.tarn.format.UnfinishedFile;
import io.trino.orc.OrcDataSink;
import io.trino.orc.stream.OrcDataOutput;

import java.io.IOException;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What the writer writes to. The writer closes it when it fails, too; the file is therefore not closed with it.
 */
final class OrcOutput
        implements OrcDataSink
{
    private final UnfinishedFile file;
    private final OutputStreamSliceOutput output;

    OrcOutput(UnfinishedFile file)
    {
        this.file = requireNonNull(file, "file is null");
        output = new OutputStreamSliceOutput(file);
    }

    @Override
    public long size()
    {
        return output.longSize();
    }

    @Override
    public long getRetainedSizeInBytes()
    {
        return output.getRetainedSize() + file.memoryUsage();
    }

    @Override
    public void write(List<OrcDataOutput> outputs)
    {
        outputs.forEach(data -> data.writeData(output));
    }

    @Override
    public void close()
            throws IOException
    {
        output.flush();
    }
}
