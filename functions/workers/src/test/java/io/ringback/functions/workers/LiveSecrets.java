package io.ringback.functions.workers;

import io.ringback.webhooks.WebhookSigner;
import io.ringback.wire.outbound.WebhookSecrets;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The webhook secrets of a deployment, which a test rotates. */
final class LiveSecrets implements Supplier<WebhookSigner> {
    static final String OLD = "whsec_" + "b2xk".repeat(16);
    static final String NEW = "whsec_" + "bmV3".repeat(16);

    private volatile String secret;

    LiveSecrets(String... live) {
        secret = written(live);
    }

    /** From now on these are live. */
    void become(String... live) {
        secret = written(live);
    }

    @Override
    public WebhookSigner get() {
        return WebhookSecrets.signer(secret);
    }

    /** The text that Secrets Manager keeps. */
    static String written(String... live) {
        return Arrays.stream(live)
                .map(text -> '"' + text + '"')
                .collect(Collectors.joining(",", "{\"webhookSecrets\":[", "]}"));
    }
}
