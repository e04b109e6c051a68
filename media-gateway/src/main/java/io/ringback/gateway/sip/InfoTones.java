package io.ringback.gateway.sip;

import io.ringback.core.call.Tone;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Key presses in the body of an INFO: {@code Signal=5} of application/dtmf-relay, or the bare key of application/dtmf. */
final class InfoTones {
    static final String RELAY_TYPE = "application/dtmf-relay";

    private static final int PRESS_MILLIS = 100;
    private static final Pattern RELAY = Pattern.compile("(?im)^\\s*Signal\\s*=\\s*(\\d{1,2}|[*#A-D])\\s*$");
    private static final int MAX_BODY = 512;

    private InfoTones() {}

    /** A press as the body of type {@link #RELAY_TYPE}. */
    static String write(Tone tone) {
        return "Signal=" + tone.key() + "\r\nDuration=" + PRESS_MILLIS + "\r\n";
    }

    static Optional<Tone> read(String contentType, String body) {
        if (body.length() > MAX_BODY) {
            return Optional.empty();
        }
        return switch (contentType) {
            case RELAY_TYPE -> {
                Matcher matcher = RELAY.matcher(body);
                yield matcher.find() ? tone(matcher.group(1)) : Optional.empty();
            }
            case "application/dtmf" -> tone(body.strip());
            default -> Optional.empty();
        };
    }

    /** A key as printed, or its event number from 10 to 15 as some phones write it. */
    private static Optional<Tone> tone(String key) {
        if (key.matches("1[0-5]")) {
            return Tone.ofEventCode(Integer.parseInt(key));
        }
        return Arrays.stream(Tone.values())
                .filter(tone -> key.length() == 1 && tone.key() == Character.toUpperCase(key.charAt(0)))
                .findFirst();
    }
}
