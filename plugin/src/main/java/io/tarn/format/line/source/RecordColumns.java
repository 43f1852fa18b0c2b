package io.tarn.format.line.source;

import com.google.common.collect.ImmutableList;
import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineDeserializer;
import io.trino.spi.PageBuilder;
import io.trino.spi.block.VariableWidthBlockBuilder;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;

import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Collections.nCopies;
import static java.util.Objects.requireNonNull;

/**
 * Adds what is made of whole records behind the columns decoded from them.
 */
final class RecordColumns
        implements LineDeserializer
{
    private final LineDeserializer fields;
    private final List<RecordColumn> columns;
    private final int firstChannel;

    RecordColumns(LineDeserializer fields, List<RecordColumn> columns)
    {
        this.fields = requireNonNull(fields, "fields is null");
        this.columns = ImmutableList.copyOf(columns);
        this.firstChannel = fields.getTypes().size();
    }

    @Override
    public List<? extends Type> getTypes()
    {
        return ImmutableList.<Type>builder()
                .addAll(fields.getTypes())
                .addAll(nCopies(columns.size(), VARCHAR))
                .build();
    }

    @Override
    public void deserialize(LineBuffer line, PageBuilder page)
            throws IOException
    {
        fields.deserialize(line, page);
        for (int index = 0; index < columns.size(); index++) {
            columns.get(index).append(line, (VariableWidthBlockBuilder) page.getBlockBuilder(firstChannel + index));
        }
    }
}
