package io.ringback.local.stack;

import io.ringback.gateway.sip.SipRoute;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of a SIP trunk. */
public final class TrunkConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
        if (SipRoute.parse(text).isEmpty()) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no trunk; accepted is sip:HOST[:PORT][;transport=tcp]");
        }
        return URI.create(text);
    }
}
