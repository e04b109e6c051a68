package io.ringback.local.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port; 0 stands for a free one. */
final class PortConverter implements ITypeConverter<Integer> {
    private static final int LAST = 65_535;

    @Override
    public Integer convert(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > LAST) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no port; accepted are 1 to " + LAST + ", and 0 for a free one");
        }
        return Integer.valueOf(text);
    }
}
