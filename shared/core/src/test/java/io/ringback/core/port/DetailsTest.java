package io.ringback.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Callback;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Tone;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent;
import io.ringback.core.media.LegStatistics;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailsTest {
    @Test
    void aRecordIsToldByTheNamesOfItsComponents() {
        MediaEvent ended = new MediaEvent.LegEnded(
                "leg-1", EndReason.BUSY, 486, "busy here", new LegStatistics(100, 90, 10, 1.5, -1));
        assertThat(Details.of((Record) ended))
                .containsExactly(
                        Map.entry("participantId", "leg-1"),
                        Map.entry("reason", "BUSY"),
                        Map.entry("sipStatus", "486"),
                        Map.entry("message", "busy here"),
                        Map.entry("statistics.packetsSent", "100"),
                        Map.entry("statistics.packetsReceived", "90"),
                        Map.entry("statistics.packetsLost", "10"),
                        Map.entry("statistics.jitterMs", "1.5"),
                        Map.entry("statistics.roundTripMs", "-1.0"));
    }

    @Test
    void whatIsUnsetOrEmptyStaysOut() {
        MediaEvent ended = new MediaEvent.LegEnded("leg-1", EndReason.COMPLETED, null, "", null);
        assertThat(Details.of((Record) ended)).doesNotContainKeys("sipStatus", "statistics");
        assertThat(Details.of(new CallCommand.SendDtmf("c", "p", List.of(), null)))
                .doesNotContainKeys("tones", "operationContext");
    }

    @Test
    void tonesKeepTheirOrderAndRecordsAreCounted() {
        assertThat(Details.of(new CallCommand.SendDtmf("c", "p", List.of(Tone.TONE9, Tone.POUND, Tone.TONE1), null)))
                .containsEntry("tones", "9 # 1");
        assertThat(Details.of(new CallEvent.CallStarted(
                        new Identifier("8:acs:ringback_bob"),
                        List.of(Identifier.ofPhoneNumber("+15555550100"), new Identifier("8:acs:ringback_eve")),
                        Instant.EPOCH)))
                .containsEntry("to", "4:+15555550100 8:acs:ringback_eve")
                .containsEntry("startedBy", "8:acs:ringback_bob");
    }

    @Test
    void ofAPromptOnlyItsFirstWordsAndOfAnAddressNoSecretIsKept() {
        String secret = "Your one-time code is 4711, valid for five minutes";
        MediaCommand spoken =
                new MediaCommand.Play("op", null, new PromptSource.Text(secret, null), false, Set.of(), Instant.EPOCH);
        assertThat(Details.of((Record) spoken)).containsEntry("source", "Your one-time code is 4…");

        Callback callback = new Callback(URI.create("https://me:pw@app.example:8443/hook?key=s3cret"), "any");
        CallCommand play = new CallCommand.Play(
                null,
                null,
                new PromptSource.File(URI.create("https://files.example/a.wav?sig=s3cret"), null),
                false,
                Set.of(),
                null,
                callback);
        assertThat(Details.of((Record) play))
                .containsEntry("source", "https://files.example/a.wav")
                .containsEntry("callback", "https://app.example:8443/hook");
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example/a/b?x=/@y, https://app.example/a/b",
        "https://u@app.example, https://app.example",
        "http://a_b.example:80/c#d, http://a_b.example:80/c",
        "urn:a:b?c, urn:a:b",
        "https://app.example/a@b, https://app.example/a@b"
    })
    void anAddressLosesUserAndQueryOnly(URI uri, URI expected) {
        assertThat(Details.withoutSecrets(uri)).isEqualTo(expected);
    }

    @Test
    void theDetailsAreBounded() {
        String endless = "\uD83D\uDCDE".repeat(5000);
        CallCommand invite = new CallCommand.InviteParticipants(
                null,
                Collections.nCopies(500, new Identifier("sip:" + endless)),
                endless,
                Duration.ofSeconds(60),
                endless,
                null);
        Map<String, String> details = Details.of((Record) invite);
        assertThat(details.values())
                .allSatisfy(text ->
                        assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(Details.LONGEST))
                .contains("PT1M");
        int bytes = details.entrySet().stream()
                .mapToInt(detail -> (detail.getKey() + detail.getValue()).getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(bytes).isLessThanOrEqualTo(Details.BYTES);
    }
}
