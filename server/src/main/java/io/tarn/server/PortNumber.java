package io.tarn.server;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

record PortNumber(int value)
{
    static final class Converter
            implements ITypeConverter<PortNumber>
    {
        @Override
        public PortNumber convert(String text)
        {
            try {
                int value = Integer.parseInt(text);
                if (value >= 0 && value <= 65535) {
                    return new PortNumber(value);
                }
            }
            catch (NumberFormatException e) {
                // the same answer as for a number out of range
            }
            throw new TypeConversionException("'%s' is not a port: give a number from 0 to 65535".formatted(text));
        }
    }
}
