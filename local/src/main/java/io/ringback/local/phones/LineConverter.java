package io.ringback.local.phones;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a line profile from a command line. */
public final class LineConverter implements ITypeConverter<LineProfile> {
    @Override
    public LineProfile convert(String text) {
        try {
            return LineProfile.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
