package io.tarn.format.orc;

import io.airlift.slice.OutputStreamSliceOutput;
import io.tarn.storage.NewFile;
import io.trino.orc.OrcDataSink;
import io.trino.orc.stream.OrcDataOutput;

import java.io.IOException;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What the writer writes to.
 */
final class OrcOutput
        implements OrcDataSink
{
    private final NewFile file;
    private final OutputStreamSliceOutput output;

    OrcOutput(NewFile file)
    {
        this.file = requireNonNull(file, "file is null");
        output = new OutputStreamSliceOutput(file.stream());
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
