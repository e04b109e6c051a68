package io.ringback.aws.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.port.Circuits;
import io.ringback.core.port.Circuits.Circuit;
import io.ringback.core.port.Circuits.Endpoint;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@code Circuits}; a subclass says which implementation is held to it. */
public abstract class CircuitsContract extends StorageContract {
    private static final Endpoint ENDPOINT = Endpoint.of(URI.create("https://app.example/callbacks"));
    private static final Endpoint OTHER = Endpoint.of(URI.create("https://app.example:8443/callbacks"));

    private final Instant later = clock.instant().plusSeconds(30);
    private Circuits circuits;

    @BeforeEach
    final void openCircuits() {
        circuits = storage.circuits();
    }

    @Test
    void failuresOfOneEndpointAreCounted() {
        assertThat(circuits.find(ENDPOINT)).isEqualTo(Circuit.CLOSED);
        assertThat(circuits.fail(ENDPOINT, clock.instant())).isEqualTo(new Circuit(1, clock.instant()));
        circuits.fail(OTHER, later);
        assertThat(circuits.fail(ENDPOINT, later)).isEqualTo(new Circuit(2, later));
        assertThat(circuits.find(ENDPOINT)).isEqualTo(new Circuit(2, later));
    }

    @Test
    void anAnswerMakesThemForgotten() {
        circuits.fail(ENDPOINT, later);
        circuits.close(ENDPOINT);

        assertThat(circuits.find(ENDPOINT)).isEqualTo(Circuit.CLOSED);
        assertThat(circuits.fail(ENDPOINT, later).failures()).isEqualTo(1);
    }

    @Test
    void oneAttemptIsGivenToOne() {
        Circuit seen = circuits.fail(ENDPOINT, later);
        Instant until = later.plusSeconds(12);

        assertThat(circuits.probe(ENDPOINT, seen, until)).isEmpty();
        assertThat(circuits.probe(ENDPOINT, seen, until)).contains(new Circuit(1, until));
        assertThat(circuits.find(ENDPOINT)).isEqualTo(new Circuit(1, until));
    }

    @Test
    void whoHasNotSeenTheLastFailureTriesNothing() {
        Circuit seen = circuits.fail(ENDPOINT, later);
        Circuit now = circuits.fail(ENDPOINT, later);

        assertThat(circuits.probe(ENDPOINT, seen, later.plusSeconds(12))).contains(now);
    }

    @Test
    void whoSeesItOpenHearsThatItIsClosed() {
        Circuit seen = circuits.fail(ENDPOINT, later);
        circuits.close(ENDPOINT);

        assertThat(circuits.probe(ENDPOINT, seen, later.plusSeconds(12))).contains(Circuit.CLOSED);
    }

    @Test
    void anEndpointIsSchemeHostAndPort() {
        assertThat(endpoint("https://App.Example/one?key=1")).isEqualTo(ENDPOINT);
        assertThat(endpoint("https://app.example:443/two")).isEqualTo(ENDPOINT);
        assertThat(endpoint("http://app.example/callbacks")).isNotEqualTo(ENDPOINT);
        assertThat(endpoint("https://app.example:8443/")).isEqualTo(OTHER);
    }

    private static Endpoint endpoint(String uri) {
        return Endpoint.of(URI.create(uri));
    }
}
