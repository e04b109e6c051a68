package io.ringback.webhooks;

/** The headers by which a callback shows where it comes from. */
public final class WebhookHeaders {
    /** The event's id: the same for every attempt at it, so that a double can be told. */
    public static final String ID = "webhook-id";

    /** When the attempt was made, in seconds since 1970. */
    public static final String TIMESTAMP = "webhook-timestamp";

    /** One signature for each live secret, separated by spaces. */
    public static final String SIGNATURE = "webhook-signature";

    private WebhookHeaders() {}
}
