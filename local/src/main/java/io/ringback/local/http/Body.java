package io.ringback.local.http;

import java.nio.charset.StandardCharsets;

/** The bytes of a request or an answer; whoever has them leaves them as they are. */
public final class Body {
    static final Body EMPTY = new Body(new byte[0]);

    private final byte[] bytes;

    Body(byte[] bytes) {
        this.bytes = bytes;
    }

    static Body text(String text) {
        return new Body(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }
}
