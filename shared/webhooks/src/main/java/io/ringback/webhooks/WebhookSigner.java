package io.ringback.webhooks;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Signs what is sent, with every live secret: one, or two while they rotate. */
public final class WebhookSigner {
    private final List<WebhookSecret> secrets;

    /** @throws IllegalArgumentException when there is no secret */
    public WebhookSigner(List<WebhookSecret> secrets) {
        this.secrets = List.copyOf(secrets);
        if (this.secrets.isEmpty()) {
            throw new IllegalArgumentException("there is no webhook secret");
        }
    }

    /**
     * The headers to send with this body, by their names.
     *
     * @param id without a full stop, so that no other id and time read the same when signed
     * @param sentAt when the attempt is made; what is beyond its second is cut off
     * @param body byte for byte as it is sent
     * @throws IllegalArgumentException when the id has a full stop
     */
    public Map<String, String> headers(String id, Instant sentAt, byte[] body) {
        if (id.contains(".")) {
            throw new IllegalArgumentException("an id with a full stop cannot be signed: " + id);
        }
        String timestamp = Long.toString(sentAt.getEpochSecond());
        SignedContent content = new SignedContent(id, timestamp, body);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(WebhookHeaders.ID, id);
        headers.put(WebhookHeaders.TIMESTAMP, timestamp);
        headers.put(
                WebhookHeaders.SIGNATURE,
                secrets.stream().map(secret -> secret.signature(content)).collect(Collectors.joining(" ")));
        return headers;
    }
}
