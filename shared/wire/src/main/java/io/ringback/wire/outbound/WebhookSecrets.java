package io.ringback.wire.outbound;

import com.fasterxml.jackson.core.JacksonException;
import io.ringback.webhooks.WebhookSecret;
import io.ringback.webhooks.WebhookSigner;
import io.ringback.wire.json.Json;
import java.util.List;

/** The live secrets of callbacks as they are kept: {@code {"webhookSecrets": ["whsec_<base64>", …]}}. */
public record WebhookSecrets(List<String> webhookSecrets) {
    /**
     * Who signs with all of them.
     *
     * @throws IllegalArgumentException when the text is something else; the message does not repeat it
     */
    public static WebhookSigner signer(String secret) {
        List<String> texts;
        try {
            texts = Json.mapper().readValue(secret, WebhookSecrets.class).webhookSecrets();
        } catch (JacksonException e) {
            // The cause is left out: its message may hold a piece of the secret.
            throw new IllegalArgumentException("the secret is not {\"webhookSecrets\": [\"whsec_<base64>\", …]}");
        }
        return new WebhookSigner(texts.stream().map(WebhookSecret::parse).toList());
    }
}
