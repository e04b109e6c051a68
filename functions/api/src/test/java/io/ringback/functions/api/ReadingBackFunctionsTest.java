package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ListCalls, GetTimeline. */
class ReadingBackFunctionsTest {
    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @Test
    void withoutCallsTheLogIsEmpty() {
        assertThat(bench.invoke("list-calls/ok").text()).isEqualTo("{\"calls\":[]}");
    }

    @Test
    void callsAreListedNewestFirstAPageAtATime() {
        List<String> placed = placeCalls(3);

        Reply first = bench.invoke("list-calls/two");
        bench.events.set(Events.TOKEN, first.at("/continuationToken"));
        Reply second = bench.invoke("list-calls/next");

        assertThat(ids(first)).containsExactly(placed.get(2), placed.get(1));
        assertThat(ids(second)).containsExactly(placed.get(0));
        assertThat(second.json().has("continuationToken")).isFalse();
    }

    @Test
    void aLineNamesTheCallInFull() {
        ServerCall call = bench.placeAnsweredCall();

        JsonNode line = bench.invoke("list-calls/ok").json().at("/calls/0");

        assertThat(line.path("serverCallId").asText()).isEqualTo(call.serverCallId());
        assertThat(line.path("state").asText()).isEqualTo("established");
        assertThat(line.path("kind").asText()).isEqualTo("outbound");
        assertThat(line.at("/to/0/phoneNumber/value").asText()).isEqualTo("+12025550101");
        assertThat(line.at("/callConnectionIds/0").asText())
                .isEqualTo(call.connections().get(0).callConnectionId());
    }

    @Test
    void theLogIsFiltered() {
        bench.placeCall();
        ServerCall answered = bench.placeAnsweredCall();

        assertThat(ids(bench.invoke("list-calls/filtered"))).containsExactly(answered.serverCallId());
        assertThat(ids(bench.invoke("list-calls/ok"))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "list-calls/top-too-large, top",
        "list-calls/top-not-a-number, top",
        "list-calls/foreign-token, continuationToken",
        "list-calls/not-a-moment, from",
        "list-calls/not-a-moment-to, to",
        "list-calls/unknown-state, state",
        "list-calls/not-a-number, phoneNumber",
        "get-timeline/top-too-large, top",
        "get-timeline/top-not-a-number, top",
        "get-timeline/foreign-token, continuationToken"
    })
    void aMalformedQueryIsRefused(String sample, String target) {
        bench.placeCall();

        Reply reply = bench.invoke(sample);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8523");
        assertThat(reply.target()).contains(target);
    }

    @Test
    void aTokenIsForItsOwnListOnly() {
        placeCalls(3);
        bench.events.set(Events.TOKEN, bench.invoke("list-calls/two").at("/continuationToken"));
        Reply ofTimeline = bench.invoke("get-timeline/next");
        bench.events.set(Events.TOKEN, bench.invoke("get-timeline/two").at("/continuationToken"));
        Reply ofLog = bench.invoke("list-calls/next");

        assertThat(ofTimeline.target()).contains("continuationToken");
        assertThat(ofLog.target()).contains("continuationToken");
    }

    @Test
    void aTimelineTellsRequestsReportsEventsAndOrdersInOrder() {
        ServerCall call = bench.placeAnsweredCall();
        String participant = call.participants().get(0).participantId();
        bench.happen(call, new MediaEvent.TonePressed(participant, Tone.POUND));

        JsonNode entries = bench.invoke("get-timeline/ok").json().path("entries");

        assertThat(names(entries, "request")).containsExactly("CreateCall");
        assertThat(names(entries, "mediaEvent")).containsExactly("LegConnected", "TonePressed");
        assertThat(entries.findValuesAsText("type"))
                .contains("DialLeg", "Microsoft.Communication.CallConnectionStateChanged");
        assertThat(entries.findValuesAsText("version"))
                .isSortedAccordingTo((one, other) -> Integer.parseInt(one) - Integer.parseInt(other));
    }

    @Test
    void whatMayBeSecretInACallbackUriIsNotTold() {
        bench.placeAnsweredCall();

        Reply timeline = bench.invoke("get-timeline/ok");

        assertThat(timeline.text())
                .contains("\"https://app.example.com/events\"")
                .doesNotContain("tenant=7");
    }

    @Test
    void aTimelineComesAPageAtATime() {
        bench.placeAnsweredCall();
        JsonNode whole = bench.invoke("get-timeline/ok").json().path("entries");
        List<JsonNode> read = new ArrayList<>();
        Reply page = bench.invoke("get-timeline/two");
        page.json().path("entries").forEach(read::add);
        while (page.json().has("continuationToken")) {
            bench.events.set(Events.TOKEN, page.at("/continuationToken"));
            page = bench.invoke("get-timeline/next");
            assertThat(page.json().path("entries")).hasSizeLessThanOrEqualTo(2);
            page.json().path("entries").forEach(read::add);
        }

        assertThat(whole).hasSizeGreaterThan(2);
        assertThat(read).containsExactlyElementsOf(whole);
    }

    @Test
    void anUnknownCallHasNoTimeline() {
        Reply reply = bench.invoke("get-timeline/unknown-id");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("8522");
        assertThat(reply.target()).contains("serverCallId");
    }

    private List<String> placeCalls(int count) {
        List<String> placed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            placed.add(bench.placeCall().serverCallId());
            bench.clock.advance(Duration.ofSeconds(1));
        }
        return placed;
    }

    private static List<String> ids(Reply page) {
        return page.json().path("calls").findValuesAsText("serverCallId");
    }

    private static List<String> names(JsonNode entries, String kind) {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (entry.path("kind").asText().equals(kind)) {
                names.add(entry.path("name").asText());
            }
        }
        return names;
    }
}
