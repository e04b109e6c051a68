package io.ringback.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.fuzz.Fuzz;
import io.ringback.testkit.fuzz.Mutator;
import io.ringback.wire.access.AccessKeys;
import io.ringback.wire.access.CallContexts;
import io.ringback.wire.access.LiveKeys;
import io.ringback.wire.callingserver.AnswerCallRequest;
import io.ringback.wire.callingserver.CancelAllRequest;
import io.ringback.wire.callingserver.CreateCallRequest;
import io.ringback.wire.callingserver.CreateEventSubscriptionRequest;
import io.ringback.wire.callingserver.CreateIdentityRequest;
import io.ringback.wire.callingserver.HoldParticipantRequest;
import io.ringback.wire.callingserver.InviteParticipantsRequest;
import io.ringback.wire.callingserver.JoinCallRequest;
import io.ringback.wire.callingserver.PlayAudioRequest;
import io.ringback.wire.callingserver.RedirectCallRequest;
import io.ringback.wire.callingserver.RejectCallRequest;
import io.ringback.wire.callingserver.SendDtmfRequest;
import io.ringback.wire.callingserver.StartRecordingRequest;
import io.ringback.wire.callingserver.TransferCallRequest;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bodies of requests, orders and reports, and the contexts of calls that came in. */
class JsonFuzzTest {
    private static final int INPUTS = 6000;
    private static final int LONGEST = 16 * 1024;
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.125Z");
    private static final GatewayRef GATEWAY = new GatewayRef("gw-1", "01JD8X0000000000000000000A");

    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "null",
            "true",
            "false",
            "\\u0000",
            "\\ud800",
            "\"type\":\"Play\"",
            "\u0000",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{\"a\":",
            "\"rawId\":\"4:+1\"",
            "\"value\":",
            "+12025550101",
            "https://[::1]/",
            "https://a b/",
            "2026-11-22T10:00:00Z",
            "PT1S",
            "-0",
            "1E400");

    private static final Map<String, Consumer<JsonBody>> READERS = Map.ofEntries(
            reader("answer", json -> AnswerCallRequest.read(json, OutboundPolicy.PUBLIC)),
            reader("cancel", CancelAllRequest::read),
            reader("create", json -> CreateCallRequest.read(json, OutboundPolicy.PUBLIC)),
            reader("subscribe", json -> CreateEventSubscriptionRequest.read(json, OutboundPolicy.PUBLIC)),
            reader("identity", CreateIdentityRequest::read),
            reader("hold", json -> HoldParticipantRequest.read(json, OutboundPolicy.PUBLIC)),
            reader("invite", json -> InviteParticipantsRequest.read(json, OutboundPolicy.PUBLIC)),
            reader("join", json -> JoinCallRequest.read(json, OutboundPolicy.PUBLIC)),
            reader("play", json -> PlayAudioRequest.read(json, OutboundPolicy.PUBLIC)),
            reader("redirect", RedirectCallRequest::read),
            reader("reject", RejectCallRequest::read),
            reader("tones", SendDtmfRequest::read),
            reader("record", json -> StartRecordingRequest.read(json, OutboundPolicy.PUBLIC)),
            reader("transfer", TransferCallRequest::read));

    private static Map.Entry<String, Consumer<JsonBody>> reader(String name, Function<JsonBody, Object> read) {
        return Map.entry(name, json -> assertThat(read.apply(json)).isNotNull());
    }

    private static Mutator mutator(String... good) {
        return new Mutator(
                Stream.of(good)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                WORDS,
                LONGEST);
    }

    @Test
    void everyBodyIsReadOrRefusedByEveryReader() {
        Mutator mutator = mutator(
                "{\"targets\":[{\"phoneNumber\":{\"value\":\"+12025550101\"}}],\"source\":{\"communicationUser\":{\"id\":"
                        + "\"8:acs:res_bob\"}},\"alternateCallerId\":{\"value\":\"+12025550100\"},\"callbackUri\":"
                        + "\"https://app.example.com/events\",\"requestedMediaTypes\":[\"audio\"],"
                        + "\"requestedCallEvents\":[\"dtmfReceived\"],\"ringTimeoutInSeconds\":5}",
                "{\"text\":\"hello\",\"audioFileUri\":\"https://a.example/x.wav\",\"loop\":true,\"audioFileId\":\"a\"}",
                "{\"participants\":[{\"rawId\":\"8:acs:ringback_ada\"}],\"operationContext\":\"c\"}",
                "{\"recordingStateCallbackUri\":\"https://app.example.com/r\",\"recordingFormat\":\"wav\"}",
                "{\"tones\":[\"one\",\"pound\"],\"incomingCallContext\":\"abc\",\"target\":{\"rawId\":\"4:+1\"}}");
        Fuzz.run("JSON bodies", INPUTS, mutator, input -> {
            int accepted = 0;
            for (Consumer<JsonBody> reader : READERS.values()) {
                try {
                    reader.accept(JsonBody.parse(input));
                    accepted++;
                } catch (MalformedRequest refused) {
                    assertThat(refused.getMessage()).isNotBlank();
                }
            }
            return accepted > 0 ? "read" : "refused";
        });
    }

    @Test
    void everyOrderAndReportIsReadOrRefused() {
        Mutator mutator = mutator(
                order(new MediaCommand.Play(
                        "op1", null, new PromptSource.Text("hello", null), false, Set.of(Tone.STAR), AT)),
                order(new MediaCommand.EndCall(List.of("p1", "p2"), EndReason.MAX_DURATION, AT)),
                order(new MediaCommand.SendTones("op3", "p2", List.of(Tone.TONE1, Tone.POUND), AT)),
                GatewayProtocol.encode(new MediaReport(
                        "call-1",
                        GATEWAY,
                        1,
                        AT,
                        new MediaEvent.LegEnded("p1", EndReason.BUSY, 486, "busy here", null))));
        Fuzz.run("JSON of the gateway", INPUTS, mutator, input -> {
            String text = new String(input, StandardCharsets.UTF_8);
            int accepted = 0;
            for (Function<String, Object> decoder : List.<Function<String, Object>>of(
                    GatewayProtocol::decodeCommand, GatewayProtocol::decodeReport, GatewayProtocol::decodeEvents)) {
                try {
                    assertThat(decoder.apply(text)).isNotNull();
                    accepted++;
                } catch (IllegalArgumentException refused) {
                    assertThat(refused.getMessage()).isNotBlank();
                }
            }
            return accepted > 0 ? "read" : "refused";
        });
    }

    private static String order(MediaCommand command) {
        return GatewayProtocol.encode(new CommandEnvelope("call-1", GATEWAY, 1, command));
    }

    @Test
    void noContextButTheOneThatWasSignedPermitsAnything() {
        AccessKeys keys = new AccessKeys(List.of("b2xkIGtleSBvZiB0aGUgdGVzdHMgb2YgcmluZ2JhY2s="));
        CallContexts contexts = new CallContexts(new LiveKeys(() -> keys, () -> keys), FakeClock.atNoon());
        String good = contexts.context(
                "call-1", "subscription-1", FakeClock.atNoon().instant().plusSeconds(60));
        Fuzz.run("contexts", INPUTS, mutator(good), input -> {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            boolean valid = contexts.read(text) instanceof CallContexts.Reading.Valid;
            // The last letter has bits that stand for nothing.
            assertThat(valid).isEqualTo(text.length() == good.length() && Arrays.equals(bytes(text), bytes(good)));
            return valid ? "valid" : "refused";
        });
    }

    private static byte[] bytes(String context) {
        try {
            return Base64.getUrlDecoder().decode(context);
        } catch (IllegalArgumentException none) {
            return new byte[0];
        }
    }
}
