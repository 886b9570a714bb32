package dev.slipway.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many of something: at least one. */
final class AtLeastOne implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new TypeConversionException("'" + value + "' is less than 1");
        }
        return number;
    }
}
