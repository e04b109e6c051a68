package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** A client whose POSTs name themselves, and what it expects of their answers (native API §7). */
final class NamingClient {
    static final String POSTS = "io.ringback.functions.api.NamingClient#posts";
    static final String POSTS_TO_CALLS = "io.ringback.functions.api.NamingClient#postsToCalls";
    static final String ID = "0f2e9a44-7c1d-4b6a-9a5e-3c8d1f60b7a2";
    static final String RESULT = "repeatability-result";

    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final ApiBench bench;
    private String firstSent = "";

    NamingClient(ApiBench bench) {
        this.bench = bench;
    }

    /** Each POST that works, with the scene in which it does. */
    static Stream<Arguments> posts() {
        Events events = new Events(ApiBench.KEY);
        Map<String, Scene> scenes = new LinkedHashMap<>(Samples.scenes(EachOperation.class));
        scenes.put("create-event-subscription/ok", Scene.NOTHING);
        scenes.put("create-identity/ok", Scene.NOTHING);
        scenes.put("redrive-dead-letter/ok", Scene.DEAD_LETTER);
        scenes.put("redrive-all-dead-letters/ok", Scene.DEAD_LETTER);
        return scenes.entrySet().stream()
                .filter(row -> events.sample(row.getKey()).routeKey().startsWith("POST "))
                .map(row -> Arguments.of(row.getKey(), row.getValue()));
    }

    /** Those of a call, which are decided again when somebody else was faster. */
    static Stream<Arguments> postsToCalls() {
        return posts().filter(row ->
                !((String) row.get()[0]).matches("(create-(event-subscription|identity)|redrive-.*)/.*"));
    }

    /** The sample, sent for the first time now. */
    SampleEvent repeatable(String sample) {
        firstSent = date(bench.clock.instant());
        return sameAgain(sample);
    }

    /** The same, sent again. */
    SampleEvent sameAgain(String sample) {
        return repeatable(bench.events.sample(sample), ID, firstSent);
    }

    /** With these headers, whatever they are. */
    static SampleEvent repeatable(SampleEvent event, String id, String firstSent) {
        return event.withHeader("Repeatability-Request-ID", id).withHeader("Repeatability-First-Sent", firstSent);
    }

    /** As the headers have it. */
    static String date(Instant instant) {
        return IMF_FIXDATE.format(instant);
    }

    /** Carried out, now or before. */
    static void assertAccepted(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
        assertThat(reply.header(RESULT)).isEqualTo("accepted");
    }

    /** The first answer, to the letter. */
    static void assertSame(Reply again, Reply first) {
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.headers().get("content-type"))
                .isEqualTo(first.headers().get("content-type"));
        assertThat(again.header(RESULT)).isEqualTo("accepted");
    }

    /** Not carried out, for what the headers say. */
    static void assertRejected(Reply reply, int status, String code, String target) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.target()).contains(target);
        assertThat(reply.header(RESULT)).isEqualTo("rejected");
    }
}
