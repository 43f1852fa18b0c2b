package io.tarn.format.ion;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonSystem;
import com.amazon.ion.IonType;
import com.amazon.ion.IonValue;
import com.amazon.ion.system.IonSystemBuilder;
import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.trino.spi.PageBuilder;

import java.util.Arrays;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Takes the columns of a row out of one value of a file. A column has the first value that its path leads to, and is
 * null where there is none. Not thread-safe.
 */
final class IonRow
{
    private final List<FileColumn> columns;
    private final List<IonDecoder> decoders;
    private final PathNode root;
    private final boolean needsStruct;
    private final boolean[] written;
    // made when a value is needed by several columns, which a reader gives once
    private IonSystem system;

    /**
     * @throws IllegalArgumentException where a property or a column's type makes no sense
     */
    IonRow(List<FileColumn> columns, IonOptions options)
    {
        this.columns = ImmutableList.copyOf(columns);
        this.root = new PathNode(options.caseSensitive());
        ImmutableList.Builder<IonDecoder> decoders = ImmutableList.builder();
        boolean named = false;
        for (int channel = 0; channel < columns.size(); channel++) {
            FileColumn column = columns.get(channel);
            decoders.add(new IonDecoders(options.caseSensitive(), options.failsOnOverflow(column.name())).of(column.type()));
            root.add(options.path(column.name()), channel);
            named |= options.hasPath(column.name());
        }
        this.decoders = decoders.build();
        this.needsStruct = !named;
        this.written = new boolean[columns.size()];
    }

    /**
     * @param reader at a value of the file's own
     * @param page gets one position
     * @throws FieldException where a column cannot be read
     */
    void decode(IonReader reader, PageBuilder page)
    {
        if (columns.isEmpty()) {
            page.declarePosition();
            return;
        }
        Arrays.fill(written, false);
        if (needsStruct && !reader.isNullValue() && reader.getType() != IonType.STRUCT) {
            throw new IonValueException("it is a %s, and its columns are fields of structs".formatted(reader.getType()));
        }
        take(List.of(root), reader, page);
        for (int channel = 0; channel < written.length; channel++) {
            if (!written[channel]) {
                page.getBlockBuilder(channel).appendNull();
            }
        }
        page.declarePosition();
    }

    int channelCount()
    {
        return columns.size();
    }

    private void take(List<PathNode> nodes, IonReader reader, PageBuilder page)
    {
        if (nodes.size() == 1 && nodes.getFirst().channels().size() + (nodes.getFirst().isInner() ? 1 : 0) == 1) {
            takeFor(nodes.getFirst(), reader, page);
            return;
        }
        if (system == null) {
            system = IonSystemBuilder.standard().build();
        }
        IonValue value = system.newValue(reader);
        for (PathNode node : nodes) {
            for (int channel : node.channels()) {
                write(channel, readerOf(value), page);
            }
            if (node.isInner()) {
                descend(node, readerOf(value), page);
            }
        }
    }

    private void takeFor(PathNode node, IonReader reader, PageBuilder page)
    {
        if (node.isInner()) {
            descend(node, reader, page);
        }
        else {
            write(node.channels().getFirst(), reader, page);
        }
    }

    private IonReader readerOf(IonValue value)
    {
        IonReader reader = system.newReader(value);
        reader.next();
        return reader;
    }

    private void descend(PathNode node, IonReader reader, PageBuilder page)
    {
        if (reader.isNullValue() || !IonType.isContainer(reader.getType())) {
            return;
        }
        boolean struct = reader.getType() == IonType.STRUCT;
        reader.stepIn();
        int index = 0;
        while (reader.next() != null) {
            List<PathNode> children = node.children(struct ? IonDecoders.name(reader) : null, index);
            if (!children.isEmpty()) {
                take(children, reader, page);
            }
            index++;
        }
        reader.stepOut();
    }

    private void write(int channel, IonReader reader, PageBuilder page)
    {
        if (written[channel]) {
            return;
        }
        try {
            decoders.get(channel).decodeNullable(reader, page.getBlockBuilder(channel));
        }
        catch (IonValueException e) {
            throw new FieldException(columns.get(channel).name(), e);
        }
        written[channel] = true;
    }

    /**
     * What is wrong with the value of a column.
     */
    static final class FieldException
            extends RuntimeException
    {
        private final String column;

        FieldException(String column, IonValueException cause)
        {
            super(cause.getMessage(), cause);
            this.column = requireNonNull(column, "column is null");
        }

        String column()
        {
            return column;
        }
    }
}
