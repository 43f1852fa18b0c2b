package io.tarn.server;

import com.google.common.base.Splitter;
import io.tarn.server.thrift.wire.AddressList;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Addresses and ranges of them, as they were written.
 */
record AddressRanges(String text)
{
    static final class Converter
            implements ITypeConverter<AddressRanges>
    {
        @Override
        public AddressRanges convert(String text)
        {
            try {
                AddressList.parse(Splitter.on(',').splitToList(text));
                return new AddressRanges(text);
            }
            catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
