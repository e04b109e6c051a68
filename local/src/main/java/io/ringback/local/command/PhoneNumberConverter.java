package io.ringback.local.command;

import io.ringback.core.directory.DialRules;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a phone number in E.164 form. */
final class PhoneNumberConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (!DialRules.isNumber(text)) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no phone number; accepted is E.164, for instance +15555550199");
        }
        return text;
    }
}
