package io.tarn.format.ion;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.google.common.collect.ImmutableList;
import io.tarn.format.ion.IonWriteOptions.NullForm;
import io.trino.spi.block.Block;
import io.trino.spi.block.SqlMap;
import io.trino.spi.block.SqlRow;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * How values of Hive's types become Ion's: what {@link IonDecoders} makes the same values of.
 */
final class IonEncoders
{
    private final IonWriteOptions options;
    private final NullForm nullForm;

    /**
     * @throws IllegalArgumentException where a property makes no sense
     */
    IonEncoders(IonWriteOptions options)
    {
        this.options = requireNonNull(options, "options is null");
        this.nullForm = options.nullForm();
    }

    /**
     * @throws IllegalArgumentException where Ion has nothing like the type
     */
    IonEncoder of(Type type)
    {
        return switch (type) {
            case ArrayType array -> new ListEncoder(array, of(array.getElementType()));
            case MapType map -> {
                checkArgument(map.getKeyType() instanceof VarcharType, "the names of an Ion struct are texts, so no map has keys of type '%s'", map.getKeyType().getDisplayName());
                yield new MapEncoder(map, of(map.getValueType()));
            }
            case RowType row -> new StructEncoder(row, row.getFields().stream().map(field -> field(field.getName().orElseThrow(), field.getType())).toList());
            default -> IonScalarEncoders.encoder(type, options.timestampOffset());
        };
    }

    Field field(String name, Type type)
    {
        return new Field(name, of(type), nullForm);
    }

    /**
     * @throws IllegalArgumentException where two fields could not be told apart
     */
    void requireDistinct(List<Field> fields)
    {
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            checkArgument(names.add(options.distinct(field.name())), "field '%s' would be written twice", field.name());
        }
    }

    /**
     * A field of a struct.
     */
    record Field(String name, IonEncoder encoder, NullForm nullForm)
    {
        Field
        {
            requireNonNull(name, "name is null");
            requireNonNull(encoder, "encoder is null");
            requireNonNull(nullForm, "nullForm is null");
        }

        void encode(Block block, int position, IonWriter writer)
                throws IOException
        {
            if (!block.isNull(position)) {
                writer.setFieldName(name);
                encoder.encode(block, position, writer);
                return;
            }
            Optional<IonType> written = nullForm.written(encoder.type());
            if (written.isPresent()) {
                writer.setFieldName(name);
                writer.writeNull(written.get());
            }
        }
    }

    private record ListEncoder(ArrayType array, IonEncoder element)
            implements IonEncoder
    {
        @Override
        public IonType type()
        {
            return IonType.LIST;
        }

        @Override
        public void encode(Block block, int position, IonWriter writer)
                throws IOException
        {
            Block elements = array.getObject(block, position);
            writer.stepIn(IonType.LIST);
            for (int index = 0; index < elements.getPositionCount(); index++) {
                element.encodeElement(elements, index, writer);
            }
            writer.stepOut();
        }
    }

    private record MapEncoder(MapType map, IonEncoder value)
            implements IonEncoder
    {
        @Override
        public IonType type()
        {
            return IonType.STRUCT;
        }

        @Override
        public void encode(Block block, int position, IonWriter writer)
                throws IOException
        {
            SqlMap entries = map.getObject(block, position);
            Block keys = entries.getRawKeyBlock();
            Block values = entries.getRawValueBlock();
            writer.stepIn(IonType.STRUCT);
            for (int index = entries.getRawOffset(); index < entries.getRawOffset() + entries.getSize(); index++) {
                writer.setFieldName(IonScalarEncoders.text(map.getKeyType().getSlice(keys, index)));
                // an entry that is left out would be another map
                value.encodeElement(values, index, writer);
            }
            writer.stepOut();
        }
    }

    private record StructEncoder(RowType row, List<Field> fields)
            implements IonEncoder
    {
        private StructEncoder
        {
            fields = ImmutableList.copyOf(fields);
        }

        @Override
        public IonType type()
        {
            return IonType.STRUCT;
        }

        @Override
        public void encode(Block block, int position, IonWriter writer)
                throws IOException
        {
            SqlRow values = row.getObject(block, position);
            writer.stepIn(IonType.STRUCT);
            for (int index = 0; index < fields.size(); index++) {
                fields.get(index).encode(values.getRawFieldBlock(index), values.getRawIndex(), writer);
            }
            writer.stepOut();
        }
    }
}
