package io.ringback.gateway.sip;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The start line and the headers of a message, looked over before they are parsed.
 *
 * @param lines header lines, those that go on with the one before among them
 * @param commas in all of them: header lines may hold lists, of which each element becomes an object
 * @param ambiguous whether a header that says one thing stands there twice (RFC 4475 §3.3.8, §3.3.9): over TCP a second
 *     Content-Length is a message within a message
 * @param version at the end of the start line of a request; empty where there is none, as in an answer
 */
record Head(int lines, int commas, boolean ambiguous, String version) {
    /** Headers that may stand once (RFC 3261 §7.3.1), with the short names of those that have one. */
    private enum Single {
        TO("to", "t"),
        FROM("from", "f"),
        CALL_ID("call-id", "i"),
        CSEQ("cseq", "cseq"),
        MAX_FORWARDS("max-forwards", "max-forwards"),
        CONTENT_LENGTH("content-length", "l");

        private final String name;
        private final String shortName;

        Single(String name, String shortName) {
            this.name = name;
            this.shortName = shortName;
        }

        static Optional<Single> of(String name) {
            for (Single single : values()) {
                if (single.name.equals(name) || single.shortName.equals(name)) {
                    return Optional.of(single);
                }
            }
            return Optional.empty();
        }
    }

    /** No name of those above is longer. */
    private static final int LONGEST_NAME = 32;

    /** Reads up to the empty line. */
    static Head of(byte[] message) {
        int lines = 0;
        int commas = 0;
        boolean ambiguous = false;
        Set<Single> seen = EnumSet.noneOf(Single.class);
        int start = 0;
        while (start < message.length) {
            int end = start;
            while (end < message.length && message[end] != '\n') {
                commas += message[end] == ',' ? 1 : 0;
                end++;
            }
            boolean empty = end == start || (end == start + 1 && message[start] == '\r');
            if (empty && lines > 0) {
                break;
            }
            Optional<Single> single = Single.of(name(message, start, end));
            ambiguous |= single.isPresent() && !seen.add(single.get());
            lines += end < message.length || !empty ? 1 : 0;
            start = end + 1;
        }
        // The first line is the start line.
        return new Head(lines - 1, commas, ambiguous, version(message));
    }

    private static String version(byte[] message) {
        int end = 0;
        while (end < message.length && message[end] != '\n') {
            end++;
        }
        String[] words =
                new String(message, 0, end, StandardCharsets.US_ASCII).strip().split("\\s+", -1);
        String last = words[words.length - 1].toUpperCase(Locale.ROOT);
        return words.length > 1 && last.startsWith("SIP/") ? last : "";
    }

    /** What stands before the colon; empty where there is none. */
    private static String name(byte[] message, int start, int end) {
        int most = Math.min(end, start + LONGEST_NAME);
        for (int i = start; i < most; i++) {
            if (message[i] == ':') {
                return new String(message, start, i - start, StandardCharsets.US_ASCII)
                        .stripTrailing()
                        .toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }
}
