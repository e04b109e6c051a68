package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import io.ringback.testkit.baresip.Baresip;
import io.ringback.testkit.openapi.ApiDocument.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that knows nothing but the OpenAPI document drives every operation that the document has. */
class EveryOperationIT {
    private static final String OWN_NUMBER = "+15555550199";
    private static final String HOTLINE = "+15555550150";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void everyOperationIsServed() throws Exception {
        assumeTrue(Baresip.installed(), "baresip is not installed");
        try (LocalStack stack = LocalStack.start(TestStacks.options(folder.resolve("data")));
                CallbackReceiver receiver = TestStacks.receiver();
                Announcement prompt = Announcement.ofTone(800, Duration.ofSeconds(1))) {
            DocumentedClient api =
                    new DocumentedClient(stack.ready().http(), stack.ready().accessKey());
            Driver driver = new Driver(api, receiver, prompt.uri().toString());

            api.call("Health", Map.of());
            api.call("GetOpenApi", Map.of());
            driver.placedCall();
            driver.terminatedCall();
            driver.incomingCalls(stack.ready().sip(), folder.resolve("caller"));
            api.call("ListCalls", Map.of());
            driver.deadLetters();

            assertThat(api.served())
                    .containsExactlyInAnyOrderElementsOf(api.document().operations().stream()
                            .map(Operation::id)
                            .toList());
        }
    }

    private record Driver(DocumentedClient api, CallbackReceiver receiver, String prompt) {
        private void placedCall() throws Exception {
            JsonNode created = create("+15555550100");
            String call = created.path("serverCallId").asText();
            Map<String, String> connection =
                    Map.of("callConnectionId", created.path("callConnectionId").asText());
            Map<String, String> outside = Map.of("serverCallId", call);
            api.call("GetCall", connection);
            String first = api.call("ListParticipants", connection)
                    .path(0)
                    .path("participantId")
                    .asText();
            Map<String, String> participant = with(connection, "participantId", first);
            api.call("GetParticipant", participant);
            play("PlayAudio", connection, Map.of());
            play("PlayAudioToParticipant", participant, Map.of());
            play("PlayAudioOutOfCall", outside, Map.of("callbackUri", uri("/outside")));
            api.call("SendDtmf", participant, Map.of("tones", List.of("tone1", "pound")));
            await("SendDtmfResult", "status", "completed");
            for (String operation :
                    List.of("MuteParticipant", "UnmuteParticipant", "HoldParticipant", "UnholdParticipant")) {
                api.call(operation, participant);
            }
            api.call("CancelAllMediaOperations", connection);
            recording(outside);
            guests(connection, outside);
            api.call("GetTimeline", outside);
            api.call("TransferCall", connection, Map.of("targetParticipant", number("+12125550100")));
            await("TransferCallResult", "status", "completed");
        }

        private void recording(Map<String, String> outside) throws Exception {
            String id = api.call("StartRecording", outside, Map.of("recordingStateCallbackUri", uri("/recording")))
                    .path("recordingId")
                    .asText();
            Map<String, String> recording = with(outside, "recordingId", id);
            await("CallRecordingStateChanged", "operation", "start");
            api.call("PauseRecording", recording);
            api.call("ResumeRecording", recording);
            api.call("StopRecording", recording);
            await("RecordingFileStatusUpdated", "status", "available");
            api.call("GetRecording", recording);
            assertThat(api.download("GetRecordingContent", recording)).isNotEmpty();
            api.call("DeleteRecordingContent", recording);
        }

        private void guests(Map<String, String> connection, Map<String, String> outside) throws Exception {
            String invited = api.call(
                            "InviteParticipants", connection, Map.of("participants", List.of(number("+13125550100"))))
                    .path("participants")
                    .path(0)
                    .path("participantId")
                    .asText();
            joins(invited);
            api.call("RemoveParticipant", with(connection, "participantId", invited));
            String guest = api.call(
                            "InviteParticipantsOutOfCall",
                            outside,
                            Map.of("participants", List.of(number("+14125550100")), "callbackUri", uri("/guest")))
                    .path("participants")
                    .path(0)
                    .path("participantId")
                    .asText();
            joins(guest);
            api.call("ListParticipantsOutOfCall", outside);
            api.call("GetParticipantOutOfCall", with(outside, "participantId", guest));
            api.call("RemoveParticipantOutOfCall", with(outside, "participantId", guest));
            String joined = api.call(
                            "JoinCall", outside, Map.of("source", number(OWN_NUMBER), "callbackUri", uri("/joined")))
                    .path("callConnectionId")
                    .asText();
            api.call("HangUpCall", Map.of("callConnectionId", joined));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> api.call("ListParticipants", connection).size() == 1);
        }

        private void terminatedCall() throws Exception {
            String connection = create("+16125550100").path("callConnectionId").asText();
            api.call("TerminateCall", Map.of("callConnectionId", connection));
        }

        /** A receiver that takes only what somebody else has signed answers 401, and nothing is sent to it again. */
        private void deadLetters() throws Exception {
            try (CallbackReceiver stranger = CallbackReceiver.start()) {
                stranger.expectSignatures("whsec_" + "c3RyYW5n".repeat(5));
                create("+18125550110", stranger.uri("/stranger").toString());
                Awaitility.await().atMost(PATIENCE).until(() -> !deadLetter().isEmpty());
                api.call("RedriveDeadLetter", Map.of("deadLetterId", deadLetter()));
                api.call("RedriveAllDeadLetters", Map.of());
            }
        }

        private String deadLetter() throws Exception {
            return api.call("ListDeadLetters", Map.of())
                    .at("/deadLetters/0/deadLetterId")
                    .asText();
        }

        private void incomingCalls(String gateway, Path home) throws Exception {
            Map<String, String> subscription = Map.of(
                    "subscriptionId",
                    api.call(
                                    "CreateEventSubscription",
                                    Map.of(),
                                    Map.of("endpoint", uri("/hotline"), "to", List.of(HOTLINE)))
                            .path("subscriptionId")
                            .asText());
            api.call("ListEventSubscriptions", Map.of());
            api.call("GetEventSubscription", subscription);
            JsonNode user = api.call("CreateIdentity", Map.of(), Map.of("displayName", "Dora"));
            Map<String, String> identity =
                    Map.of("id", user.path("identifier").path("rawId").asText());
            api.call("ListIdentities", Map.of());
            api.call("GetIdentity", identity);
            String hotline =
                    "sip:" + HOTLINE + "@" + user.path("sip").path("domain").asText();
            try (Baresip dora = Softphone.registered(user.path("sip"), gateway, 500, home)) {
                api.call("RejectCall", Map.of(), Map.of("incomingCallContext", call(dora, hotline, 1)));
                dora.awaitEvents("CALL_CLOSED", 1);
                api.call(
                        "RedirectCall",
                        Map.of(),
                        Map.of("incomingCallContext", call(dora, hotline, 2), "target", number("+17125550100")));
                dora.awaitEvents("CALL_ESTABLISHED", 1);
                dora.hangUp();
                dora.awaitEvents("CALL_CLOSED", 2);
                api.call(
                        "AnswerCall",
                        Map.of(),
                        Map.of("incomingCallContext", call(dora, hotline, 3), "callbackUri", uri("/answered")));
                dora.awaitEvents("CALL_ESTABLISHED", 2);
            }
            api.call("DeleteEventSubscription", subscription);
            api.call("DeleteIdentity", identity);
        }

        /** The context of the caller's next call. */
        private String call(Baresip caller, String hotline, int count) throws Exception {
            caller.dial(hotline);
            Awaitility.await().atMost(PATIENCE).until(() -> contexts().size() == count);
            return contexts().get(count - 1);
        }

        private List<String> contexts() {
            return receiver.events().stream()
                    .filter(event -> event.type().equals("IncomingCall"))
                    .map(event -> event.data().path("incomingCallContext").asText())
                    .toList();
        }

        private JsonNode create(String target) throws Exception {
            JsonNode created = create(target, uri("/call"));
            receiver.await(
                    "CallConnectionStateChanged",
                    data -> data.path("callConnectionId").equals(created.path("callConnectionId"))
                            && data.path("callConnectionState").asText().equals("established"),
                    "established",
                    PATIENCE);
            return created;
        }

        private JsonNode create(String target, String callbackUri) throws Exception {
            return api.call(
                    "CreateCall",
                    Map.of(),
                    Map.of(
                            "targets", List.of(number(target)),
                            "source", number(OWN_NUMBER),
                            "callbackUri", callbackUri,
                            "requestedCallEvents", List.of("participantsUpdated", "dtmfReceived")));
        }

        private void play(String operation, Map<String, String> path, Map<String, String> more) throws Exception {
            Map<String, String> body = with(more, "audioFileUri", prompt);
            String id = api.call(operation, path, body).path("operationId").asText();
            await("PlayAudioResult", "operationId", id);
        }

        private void joins(String participantId) throws Exception {
            JsonNode result = receiver.await(
                            "InviteParticipantResult",
                            data -> data.path("participantId").asText().equals(participantId),
                            participantId,
                            PATIENCE)
                    .data();
            assertThat(result.path("status").asText()).isEqualTo("completed");
        }

        private void await(String type, String member, String value) throws Exception {
            receiver.await(type, data -> data.path(member).asText().equals(value), value, PATIENCE);
        }

        private String uri(String path) {
            return receiver.uri(path).toString();
        }

        private static Map<String, ?> number(String e164) {
            return Map.of("phoneNumber", Map.of("value", e164));
        }

        private static Map<String, String> with(Map<String, String> values, String name, String value) {
            Map<String, String> more = new HashMap<>(values);
            more.put(name, value);
            return more;
        }
    }
}
