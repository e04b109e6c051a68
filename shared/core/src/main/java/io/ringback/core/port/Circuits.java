package io.ringback.core.port;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How the endpoints of receivers fared, as all who deliver know it together (design: queues). Written when an attempt
 * failed and when one succeeded again, not for a healthy endpoint.
 */
public interface Circuits {
    /** Strongly consistent; {@link Circuit#CLOSED} of an endpoint without failures. */
    Circuit find(Endpoint endpoint);

    /**
     * Counts a failed attempt.
     *
     * @param retryAt when the next attempt may be made, if the endpoint is to be left alone
     * @return the circuit as it is now
     */
    Circuit fail(Endpoint endpoint, Instant retryAt);

    /** Forgets the failures: the endpoint has answered. */
    void close(Endpoint endpoint);

    /**
     * Takes the one attempt that an endpoint is given when its time is over.
     *
     * @param seen the circuit as it was read; whoever finds it otherwise is too late
     * @param until when somebody else may try, if nothing is heard of this attempt
     * @return empty when the attempt is the caller's; else the circuit as somebody else has left it
     */
    Optional<Circuit> probe(Endpoint endpoint, Circuit seen, Instant until);

    /**
     * Failures in a row.
     *
     * @param retryAt where there are too many of them: no attempt before
     */
    record Circuit(int failures, Instant retryAt) {
        public static final Circuit CLOSED = new Circuit(0, Instant.EPOCH);
    }

    /**
     * What serves the receivers of one or many streams.
     *
     * @param origin scheme, host and port, in lower case
     */
    record Endpoint(String origin) {
        private static final int HTTP = 80;
        private static final int HTTPS = 443;

        /** The endpoint behind a callback URI. */
        public static Endpoint of(URI uri) {
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? HTTPS : HTTP;
            return new Endpoint(scheme + "://" + host + ":" + port);
        }
    }
}
