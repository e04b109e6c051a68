package io.ringback.local.command;

import io.ringback.local.stack.StackOptions.PortRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a range of ports that has at least one pair for RTP and RTCP. */
final class PortRangeConverter implements ITypeConverter<PortRange> {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");
    private static final int LAST = 65_535;

    @Override
    public PortRange convert(String text) {
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            PortRange ports = new PortRange(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
            if (ports.first() > 0 && ports.first() < ports.last() && ports.last() <= LAST) {
                return ports;
            }
        }
        throw new TypeConversionException("\"" + text + "\" is no range of ports; accepted is FIRST-LAST, for instance"
                + " 20000-20999, with two ports for each phone in a call");
    }
}
