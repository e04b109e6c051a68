package io.ringback.webhooks;

import java.nio.charset.StandardCharsets;

/** The bytes that a signature is about: id, full stop, timestamp, full stop, body. */
final class SignedContent {
    private final byte[] beginning;
    private final byte[] body;

    /** @param timestamp as it stands in the header */
    SignedContent(String id, String timestamp, byte[] body) {
        this.beginning = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        this.body = body;
    }

    byte[] beginning() {
        return beginning;
    }

    byte[] body() {
        return body;
    }
}
