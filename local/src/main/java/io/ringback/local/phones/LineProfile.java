package io.ringback.local.phones;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the line between a phone and the gateway does to the sound.
 *
 * @param loss share of RTP packets that vanish, in each direction, 0 to 0.5
 * @param jitter each RTP packet is delayed by 0 to this much, in each direction; beyond 20 ms packets overtake each other
 * @param driftPpm how much faster the phone's clock runs than ours, in parts per million
 * @param keys how key presses travel
 * @param nat the phone's SDP names an address at which nobody listens; its RTP comes from another
 */
public record LineProfile(double loss, Duration jitter, int driftPpm, KeySignalling keys, boolean nat) {
    /** A line that changes nothing. */
    public static final LineProfile CLEAN = new LineProfile(0, Duration.ZERO, 0, KeySignalling.TELEPHONE_EVENT, false);

    private static final double MAX_LOSS = 0.5;
    private static final int MAX_JITTER_MS = 500;
    private static final int MAX_DRIFT_PPM = 1000;

    public LineProfile {
        if (!(loss >= 0 && loss <= MAX_LOSS)) {
            throw new IllegalArgumentException("loss must be 0% to 50%");
        }
        if (jitter.isNegative() || jitter.toMillis() > MAX_JITTER_MS) {
            throw new IllegalArgumentException("jitter must be 0ms to " + MAX_JITTER_MS + "ms");
        }
        if (Math.abs(driftPpm) > MAX_DRIFT_PPM) {
            throw new IllegalArgumentException("drift must be -" + MAX_DRIFT_PPM + "ppm to " + MAX_DRIFT_PPM + "ppm");
        }
    }

    /**
     * Reads for instance {@code loss=2%,jitter=30ms,drift=200ppm,dtmf=nomarker,nat}; an empty text is a clean line.
     *
     * @throws IllegalArgumentException naming the part that is wrong and what it may be
     */
    public static LineProfile parse(String text) {
        LineProfile profile = CLEAN;
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            try {
                profile = profile.with(part.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line profile, \"" + part.strip() + "\": " + e.getMessage(), e);
            }
        }
        return profile;
    }

    private LineProfile with(String part) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        return switch (name) {
            case "loss" -> new LineProfile(number(value, "%") / 100, jitter, driftPpm, keys, nat);
            case "jitter" -> new LineProfile(loss, Duration.ofMillis((long) number(value, "ms")), driftPpm, keys, nat);
            case "drift" -> new LineProfile(loss, jitter, (int) number(value, "ppm"), keys, nat);
            case "dtmf" -> new LineProfile(loss, jitter, driftPpm, signalling(value), nat);
            case "nat" -> {
                if (equals >= 0) {
                    throw new IllegalArgumentException("nat takes no value");
                }
                yield new LineProfile(loss, jitter, driftPpm, keys, true);
            }
            default -> throw new IllegalArgumentException("known are loss, jitter, drift, dtmf, nat");
        };
    }

    private static double number(String value, String unit) {
        String digits = value.endsWith(unit) ? value.substring(0, value.length() - unit.length()) : "";
        if (!digits.matches("-?\\d{1,4}(\\.\\d{1,3})?")) {
            throw new IllegalArgumentException("expected a number followed by " + unit);
        }
        return Double.parseDouble(digits);
    }

    private static KeySignalling signalling(String value) {
        return KeySignalling.ofWord(value)
                .orElseThrow(() -> new IllegalArgumentException("dtmf is one of "
                        + Arrays.stream(KeySignalling.values())
                                .map(KeySignalling::word)
                                .collect(Collectors.joining(", "))));
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (loss > 0) {
            parts.add(String.format(Locale.ROOT, "loss=%s%%", trimmed(loss * 100)));
        }
        if (!jitter.isZero()) {
            parts.add("jitter=" + jitter.toMillis() + "ms");
        }
        if (driftPpm != 0) {
            parts.add("drift=" + driftPpm + "ppm");
        }
        if (keys != KeySignalling.TELEPHONE_EVENT) {
            parts.add("dtmf=" + keys.word());
        }
        if (nat) {
            parts.add("nat");
        }
        return String.join(",", parts);
    }

    private static String trimmed(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
    }
}
