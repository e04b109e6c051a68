package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Target;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Redriven;
import io.ringback.core.port.StreamRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ListDeadLetters, RedriveDeadLetter, RedriveAllDeadLetters. */
class DeadLetterFunctionsTest {
    private static final URI CALLBACK = URI.create("https://app.example.com/events?tenant=7");

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @Test
    void withoutDeadLettersTheListIsEmpty() {
        bench.placeCall();

        assertThat(bench.invoke("list-dead-letters/ok").text()).isEqualTo("{\"deadLetters\":[]}");
    }

    @Test
    void aLetterTellsWhereItWasToGoWhatItSaysAndEveryAnswer() {
        StreamRef stream = deadLetters(1, 1).get(0);

        JsonNode letter = bench.invoke("list-dead-letters/ok").json().at("/deadLetters/0");

        assertThat(letter.path("serverCallId").asText()).isEqualTo(stream.serverCallId());
        assertThat(letter.path("callbackUri").asText()).isEqualTo("https://app.example.com/events");
        assertThat(letter.path("type").asText()).isEqualTo("Microsoft.Communication.CallConnectionStateChanged");
        assertThat(letter.path("sequence").asInt()).isEqualTo(1);
        assertThat(letter.path("deadAt").asText())
                .isEqualTo(bench.clock.instant().toString());
        assertThat(letter.at("/attempts/0/outcome").asText()).isEqualTo("dead");
        assertThat(letter.at("/attempts/0/status").asInt()).isEqualTo(410);
        assertThat(letter.at("/body/0/id")).isEqualTo(letter.path("eventId"));
        assertThat(letter.at("/body/0/sequence").asText()).isEqualTo("000000000001");
    }

    @Test
    void theLongestDeadComesFirstAPageAtATime() {
        List<StreamRef> streams = deadLetters(3, 1);

        Reply first = bench.invoke("list-dead-letters/two");
        bench.events.set(Events.TOKEN, first.at("/continuationToken"));
        Reply second = bench.invoke("list-dead-letters/next");

        List<String> calls = new ArrayList<>(calls(first));
        calls.addAll(calls(second));
        assertThat(calls(first)).hasSize(2);
        assertThat(calls)
                .isEqualTo(streams.stream().map(StreamRef::serverCallId).toList());
        assertThat(second.json().has("continuationToken")).isFalse();
    }

    @Test
    void theListIsFiltered() {
        List<StreamRef> streams = deadLetters(2, 1);

        // The events name the call that was placed last.
        assertThat(calls(bench.invoke("list-dead-letters/of-the-call")))
                .containsExactly(streams.get(1).serverCallId());
        assertThat(calls(bench.invoke("list-dead-letters/to-the-receiver"))).hasSize(2);
        assertThat(calls(bench.invoke("list-dead-letters/to-another"))).isEmpty();
    }

    @Test
    void aRedriveLetsTheEventWaitAndWakesItsStream() {
        StreamRef stream = deadLetters(1, 1).get(0);

        Reply reply = bench.invoke("redrive-dead-letter/ok");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text()).isEmpty();
        assertThat(waiting(stream).event().sequence()).isEqualTo(1);
        assertThat(bench.pokes.take()).containsExactly(stream);
        assertThat(calls(bench.invoke("list-dead-letters/ok"))).isEmpty();
    }

    @Test
    void aRedriveThatIsRepeatedWakesAgainAndChangesNothing() {
        StreamRef stream = deadLetters(1, 1).get(0);
        bench.invoke("redrive-dead-letter/ok");
        Redriven waiting = waiting(stream);
        bench.pokes.take();
        bench.clock.advance(Duration.ofSeconds(1));

        assertThat(bench.invoke("redrive-dead-letter/ok").status()).isEqualTo(202);
        assertThat(waiting(stream)).isEqualTo(waiting);
        assertThat(bench.pokes.take()).containsExactly(stream);
    }

    @Test
    void whatWasDeliveredMeanwhileIsNotFound() {
        StreamRef stream = deadLetters(1, 1).get(0);
        bench.invoke("redrive-dead-letter/ok");
        bench.outbox.settle(
                waiting(stream),
                new Attempt(1, bench.clock.instant(), Outcome.DELIVERED, 204, ""),
                bench.clock.instant());

        assertNotFound(bench.invoke("redrive-dead-letter/ok"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-letter", "../CALL#x", "", "-", "cut"})
    void whatNamesNoLetterIsNotFound(String other) {
        deadLetters(1, 1);
        bench.pokes.take();
        SampleEvent event = bench.events
                .sample("redrive-dead-letter/ok")
                .withPathParameter(
                        "deadLetterId", id -> other.equals("cut") ? id.substring(0, id.length() - 4) : other);

        assertNotFound(bench.invokeWith("redrive-dead-letter", event.text()));
        assertThat(bench.pokes.take()).isEmpty();
    }

    @Test
    void anUnknownIdIsNotFound() {
        assertNotFound(bench.invoke("redrive-dead-letter/unknown-id"));
    }

    @Test
    void afterSevenDaysItIsNotFound() {
        deadLetters(1, 1);
        bench.clock.advance(Duration.ofDays(7));

        assertNotFound(bench.invoke("redrive-dead-letter/ok"));
    }

    @Test
    void anEventWhoseLogIsFullIsNotSentAgain() {
        deadLetters(1, 576);

        Reply reply = bench.invoke("redrive-dead-letter/ok");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8528");
        assertThat(reply.target()).contains("deadLetterId");
        Reply all = bench.invoke("redrive-all-dead-letters/ok");
        assertThat(all.json().path("redriven").asInt(-1)).isZero();
        assertThat(calls(bench.invoke("list-dead-letters/ok"))).hasSize(1);
    }

    @Test
    void allAreSentAgainAtOnce() {
        List<StreamRef> streams = deadLetters(3, 1);

        Reply reply = bench.invoke("redrive-all-dead-letters/ok");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text()).isEqualTo("{\"redriven\":3}");
        assertThat(bench.pokes.take()).containsExactlyElementsOf(streams);
        assertThat(calls(bench.invoke("list-dead-letters/ok"))).isEmpty();
    }

    @Test
    void whatIsSentAgainMayBeChosen() {
        List<StreamRef> streams = deadLetters(2, 1);

        assertThat(redriven("redrive-all-dead-letters/to-another")).isZero();
        assertThat(redriven("redrive-all-dead-letters/of-the-call")).isEqualTo(1);
        assertThat(calls(bench.invoke("list-dead-letters/ok")))
                .containsExactly(streams.get(0).serverCallId());
        assertThat(redriven("redrive-all-dead-letters/to-the-receiver")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "list-dead-letters/top-too-large, top",
        "list-dead-letters/top-not-a-number, top",
        "list-dead-letters/foreign-token, continuationToken",
        "list-dead-letters/no-address, callbackUri",
        "list-dead-letters/bad-address, callbackUri",
        "list-dead-letters/long-id, serverCallId",
        "redrive-all-dead-letters/no-address, callbackUri",
        "redrive-all-dead-letters/address-as-list, callbackUri",
        "redrive-all-dead-letters/foreign-token, continuationToken"
    })
    void aMalformedQuestionIsRefused(String sample, String target) {
        deadLetters(1, 1);

        Reply reply = bench.invoke(sample);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8523");
        assertThat(reply.target()).contains(target);
        assertThat(calls(bench.invoke("list-dead-letters/ok"))).hasSize(1);
    }

    @Test
    void aBodyThatIsNotJsonIsRefused() {
        Reply reply = bench.invoke("redrive-all-dead-letters/malformed-json");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8523");
    }

    @Test
    void aTokenOfOneListIsNoneOfTheOther() {
        deadLetters(3, 1);
        bench.events.set(Events.TOKEN, bench.invoke("list-dead-letters/two").at("/continuationToken"));

        assertThat(bench.invoke("list-calls/next").target()).contains("continuationToken");
        assertThat(redriven("redrive-all-dead-letters/next"))
                .as("the same question, told from where the page ended")
                .isEqualTo(1);
    }

    /** Places so many calls whose first event was given up, each after so many attempts. */
    private List<StreamRef> deadLetters(int calls, int attempts) {
        List<StreamRef> streams = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            bench.clock.advance(Duration.ofSeconds(1));
            ServerCall call = bench.placeCall();
            // The events name the letter of the last one.
            bench.giveUp(call, attempts);
            streams.add(new StreamRef(call.serverCallId(), Target.ofCallback(CALLBACK)));
        }
        return streams;
    }

    private Redriven waiting(StreamRef stream) {
        return Objects.requireNonNull(bench.outbox.read(stream, 1).redriven());
    }

    private int redriven(String sample) {
        return bench.invoke(sample).json().path("redriven").asInt(-1);
    }

    private static List<String> calls(Reply page) {
        List<String> calls = new ArrayList<>();
        page.json()
                .path("deadLetters")
                .forEach(letter -> calls.add(letter.path("serverCallId").asText()));
        return calls;
    }

    private static void assertNotFound(Reply reply) {
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("8522");
        assertThat(reply.target()).contains("deadLetterId");
    }
}
