package io.ringback.wire.repeat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of the two headers. */
final class Headers {
    private static final Pattern UUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    /** IMF-fixdate, RFC 9110 §5.6.7. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Headers() {}

    static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    static String date(Instant instant) {
        return DATE.format(instant);
    }

    /** Empty when the text is no such date; a day of one digit passes, as Java's own formatter writes it. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(text)
                    .filter(date -> date.endsWith(" GMT"))
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
