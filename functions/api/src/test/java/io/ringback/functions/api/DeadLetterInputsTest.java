package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.ServerCall;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.Gateways.Gateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operations on dead letters take of a stranger's input: the longest that is accepted, and one more. */
class DeadLetterInputsTest {
    private static final String LIST = "list-dead-letters";
    private static final String REDRIVE = "redrive-dead-letter";
    private static final String REDRIVE_ALL = "redrive-all-dead-letters";
    private static final String ADDRESS = "https://app.example.com/";

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void giveUpAnEvent() {
        bench = ApiBench.inMemory(folder);
        giveUp(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {LIST, REDRIVE_ALL})
    void aPageTokenOfAnyLengthThatIsNotOursIsRefused(String operation) {
        for (int length : new int[] {1, 1024, 1025, 8000}) {
            bench.events.set(Events.TOKEN, "x".repeat(length));
            assertMalformed(bench.invoke(operation + "/next"), "continuationToken");
        }
        assertNothingWaits();
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "100, 200", "0, 400", "101, 400", "-1, 400", "9999999, 400", "1e1, 400"})
    void aPageHasOneToAHundredLetters(String top, int status) {
        bench.events.set(Events.TOKEN, "x");
        String event = bench.events
                .read(LIST + "/two")
                .replace("top=2", "top=" + top)
                .replace("\"top\": \"2\"", "\"top\": \"" + top + "\"");

        Reply reply = bench.invokeWith(LIST, event);

        assertThat(reply.status()).isEqualTo(status);
        if (status == 400) {
            assertMalformed(reply, "top");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LIST, REDRIVE_ALL})
    void theAddressOfAReceiverHas1024Characters(String operation) {
        String longest = ADDRESS + "x".repeat(1024 - ADDRESS.length());

        assertThat(about(operation, "to-another", "https://other.example.com", longest)
                        .status())
                .isLessThan(300);
        assertMalformed(about(operation, "to-another", "https://other.example.com", longest + "x"), "callbackUri");
        assertNothingWaits();
    }

    @ParameterizedTest
    @ValueSource(strings = {LIST, REDRIVE_ALL})
    void theIdOfACallHas64Characters(String operation) {
        assertThat(about(operation, "of-the-call", bench.events.word(Events.SERVER_CALL), "x".repeat(64))
                        .status())
                .isLessThan(300);
        assertMalformed(
                about(operation, "of-the-call", bench.events.word(Events.SERVER_CALL), "x".repeat(65)), "serverCallId");
        assertNothingWaits();
    }

    @Test
    void aLetterIsNamedByAWholeIdOfOursOnly() {
        String id = bench.events.word(Events.DEAD_LETTER);
        for (String other : new String[] {
            id + "x",
            id.substring(1),
            id.substring(0, 4) + (id.charAt(4) == 'A' ? 'B' : 'A') + id.substring(5),
            id.toUpperCase(Locale.ROOT),
            "x".repeat(8000)
        }) {
            Reply reply = bench.invokeWith(
                    REDRIVE,
                    bench.events
                            .sample(REDRIVE + "/ok")
                            .withPathParameter("deadLetterId", same -> other)
                            .text());
            assertThat(reply.status()).as(other).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("8522");
        }
        assertNothingWaits();
    }

    @Test
    void aBodyIsJsonOf256KibibytesAtMost() {
        SampleEvent event = bench.events.sample(REDRIVE_ALL + "/ok").withHeader("content-type", "application/json");
        String empty = "{\"x\": \"\"}";
        String large = "{\"x\": \"" + "x".repeat(256 * 1024 - empty.length()) + "\"}";

        assertThat(bench.invokeWith(REDRIVE_ALL, event.withBody(large + " ").text())
                        .status())
                .isEqualTo(413);
        assertThat(bench.invokeWith(
                                REDRIVE_ALL,
                                event.withHeader("content-type", "text/plain")
                                        .withBody("{}")
                                        .text())
                        .status())
                .isEqualTo(415);
        assertNothingWaits();
        assertThat(bench.invokeWith(REDRIVE_ALL, event.withBody(large).text()).status())
                .isEqualTo(202);
    }

    @Test
    void aRequestSendsAHundredAgainAtMostAndSaysThatThereAreMore() {
        Gateway small = bench.gateway(0);
        bench.gateways.heartbeat(
                new Gateway(small.ref(), small.control(), 0, 1000, false, false, bench.clock.instant()));
        giveUp(DeadLetters.MOST);

        Reply first = bench.invoke(REDRIVE_ALL + "/ok");
        assertThat(first.json().path("redriven").asInt()).isEqualTo(DeadLetters.MOST);
        assertThat(first.json().has("continuationToken")).isTrue();
        Reply second = bench.invoke(REDRIVE_ALL + "/ok");
        assertThat(second.json().path("redriven").asInt()).isEqualTo(1);
        assertThat(second.json().has("continuationToken")).isFalse();
    }

    /** Invokes the case with another value in place of the one that it has, in the query as in the body. */
    private Reply about(String operation, String sample, String value, String other) {
        return bench.invokeWith(
                operation, bench.events.read(operation + "/" + sample).replace(value, other));
    }

    private void giveUp(int calls) {
        for (int i = 0; i < calls; i++) {
            // The gateway is lost without a heartbeat in a minute.
            bench.clock.advance(Duration.ofMillis(100));
            ServerCall call = bench.placeCall();
            bench.giveUp(call, 1);
        }
    }

    private static void assertMalformed(Reply reply, String target) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8523");
        assertThat(reply.target()).contains(target);
    }

    private void assertNothingWaits() {
        assertThat(bench.pokes.take()).isEmpty();
    }
}
