package io.tarn.format.text;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.DynamicSliceOutput;
import io.airlift.slice.Slice;
import io.tarn.format.FileSchema;
import io.tarn.format.WrittenFields;
import io.tarn.format.line.write.LineEncoder;
import io.trino.hive.formats.encodings.text.TextColumnEncoding;
import io.trino.hive.formats.encodings.text.TextColumnEncodingFactory;
import io.trino.hive.formats.encodings.text.TextEncodingOptions;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;

/**
 * Makes lines of delimited text.
 */
final class TextEncoder
        implements LineEncoder
{
    private final List<TextColumnEncoding> encodings;
    private final List<FieldText> fieldTexts;
    private final byte separator;
    private final Slice nullSequence;
    private final boolean nullCertain;

    TextEncoder(FileSchema schema)
    {
        TextEncodingOptions options = TextEncodingOptions.fromSchema(schema.properties());
        TextColumnEncodingFactory factory = new TextColumnEncodingFactory(options);
        List<Type> types = WrittenFields.types(schema, "TEXTFILE");
        ImmutableList.Builder<TextColumnEncoding> encodings = ImmutableList.builder();
        ImmutableList.Builder<FieldText> fieldTexts = ImmutableList.builder();
        for (Type type : types) {
            encodings.add(factory.getEncoding(type));
            fieldTexts.add(new FieldText(type, options));
        }
        this.encodings = encodings.build();
        this.fieldTexts = fieldTexts.build();
        this.separator = options.getSeparators().getByte(0);
        this.nullSequence = options.getNullSequence();
        this.nullCertain = FieldText.isPlain(nullSequence, options);
    }

    @Override
    public boolean encode(Page page, int position, DynamicSliceOutput line)
            throws IOException
    {
        boolean certain = true;
        for (int channel = 0; channel < page.getChannelCount(); channel++) {
            if (channel > 0) {
                line.appendByte(separator);
            }
            Block block = page.getBlock(channel);
            if (block.isNull(position)) {
                line.appendBytes(nullSequence);
                certain &= nullCertain;
                continue;
            }
            int start = line.size();
            encodings.get(channel).encodeValueInto(block, position, line);
            certain = certain && fieldTexts.get(channel).isCertain(line.getUnderlyingSlice(), start, line.size());
        }
        return certain;
    }
}
