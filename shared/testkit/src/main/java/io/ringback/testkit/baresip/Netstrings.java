package io.ringback.testkit.baresip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Netstrings: a decimal length, a colon, so many bytes, a comma. */
final class Netstrings {
    private static final int LONGEST = 1 << 20;

    private Netstrings() {}

    static byte[] encode(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return (length + ":" + text + ",").getBytes(StandardCharsets.UTF_8);
    }

    /** The next one; empty when the stream ended before it began. */
    static Optional<String> read(InputStream input) throws IOException {
        int length = 0;
        int digits = 0;
        for (int next = input.read(); next != ':'; next = input.read()) {
            if (next < 0 && digits == 0) {
                return Optional.empty();
            }
            length = 10 * length + next - '0';
            if (next < '0' || next > '9' || ++digits > 7 || length > LONGEST) {
                throw new IOException("not a netstring");
            }
        }
        byte[] bytes = input.readNBytes(length);
        if (bytes.length < length || input.read() != ',') {
            throw new EOFException("a netstring is cut off");
        }
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
}
