package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.phones.CallTrace;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import io.ringback.testkit.baresip.Baresip;
import io.ringback.testkit.sound.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two people talk to each other with no application in the call. Server-side code learns the {@code serverCallId}, brings
 * in a third, plays an announcement to all, records them with a pause, mutes one and takes one out again. Everybody says
 * a tone of an own frequency, so that a spectrum tells who hears whom.
 */
class ThreePeopleIT {
    private static final int ALICE = 440;
    private static final int BOB = 620;
    private static final int CAROL = 1300;
    private static final int ANNOUNCEMENT = 1900;
    private static final String CAROLS_NUMBER = "+15555550124";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private LocalStack stack;
    private CallbackReceiver receiver;
    private Announcement announcement;
    private DocumentedClient api;
    private Baresip alice;
    private Baresip bob;
    private String bobsName = "";

    @BeforeEach
    void begin() throws Exception {
        assumeTrue(Baresip.installed(), "baresip is not installed");
        stack = opened(LocalStack.start(TestStacks.options(folder.resolve("data"))));
        receiver = opened(TestStacks.receiver());
        announcement = opened(Announcement.ofTone(ANNOUNCEMENT, Duration.ofSeconds(3)));
        api = new DocumentedClient(stack.ready().http(), stack.ready().accessKey());
        api.call(
                "CreateEventSubscription",
                Map.of(),
                Map.of(
                        "endpoint",
                        receiver.uri("/calls").toString(),
                        "eventTypes",
                        List.of(
                                "Microsoft.Communication.CallStarted",
                                "Microsoft.Communication.CallEnded",
                                "Microsoft.Communication.CallParticipantAdded",
                                "Microsoft.Communication.CallParticipantRemoved")));
        alice = softphone("alice", ALICE);
        bob = softphone("bob", BOB);
    }

    @AfterEach
    void end() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private Baresip softphone(String name, int hertz) throws IOException, InterruptedException {
        JsonNode sip = api.call("CreateIdentity", Map.of(), Map.of("displayName", name))
                .path("sip");
        bobsName = sip.path("username").asText();
        return opened(Softphone.registered(sip, stack.ready().sip(), hertz, folder.resolve(name)));
    }

    @Test
    void theApplicationHelpsWithoutEverJoiningThemUntilItMutes() throws Exception {
        Phases phases = new Phases();
        alice.dial("sip:" + bobsName + "@ringback");
        String call = data("CallStarted", "of the two").path("serverCallId").asText();
        Map<String, String> path = Map.of("serverCallId", call);
        alice.awaitEvent("CALL_ESTABLISHED");
        bob.awaitEvent("CALL_ESTABLISHED");

        phases.spend("two", Duration.ofSeconds(3));
        Map<String, String> carol = Map.of(
                "serverCallId",
                call,
                "participantId",
                invite(path).path("participantId").asText());
        CallTrace carolsPhone = stack.phones().calls().get(0);
        phases.spend("three", Duration.ofSeconds(3));

        String mixed = record(path, "mixed");
        phases.spend("recorded", Duration.ofSeconds(2));
        play(path, phases, "announcement");
        Map<String, String> mixedPath = Map.of("serverCallId", call, "recordingId", mixed);
        api.call("PauseRecording", mixedPath);
        recordingIs("pause");
        phases.spend("paused", Duration.ofSeconds(3));
        api.call("ResumeRecording", mixedPath);
        recordingIs("resume");
        phases.spend("recorded again", Duration.ofSeconds(2));
        api.call("StopRecording", mixedPath);
        WavFile mixedFile = file(mixedPath);

        String unmixed = record(path, "unmixed");
        phases.spend("recorded unmixed", Duration.ofSeconds(2));
        play(path, phases, "announcement again");
        Map<String, String> unmixedPath = Map.of("serverCallId", call, "recordingId", unmixed);
        api.call("StopRecording", unmixedPath);
        WavFile unmixedFile = file(unmixedPath);

        String connection = api.call(
                        "JoinCall",
                        path,
                        Map.of(
                                "source", Map.of("communicationUser", Map.of("id", "8:acs:ringback_supervisor")),
                                "callbackUri", receiver.uri("/connection").toString()))
                .path("callConnectionId")
                .asText();
        String bobsId = participant(path, "8:acs:ringback_" + bobsName);
        api.call("MuteParticipant", Map.of("callConnectionId", connection, "participantId", bobsId));
        phases.spend("bob muted", Duration.ofSeconds(3));
        api.call("UnmuteParticipant", Map.of("callConnectionId", connection, "participantId", bobsId));
        api.call("HangUpCall", Map.of("callConnectionId", connection));

        api.call("RemoveParticipantOutOfCall", carol);
        data("CallParticipantRemoved", "of Carol");
        int whenRemoved = carolsPhone.heard().length;
        phases.spend("carol gone", Duration.ofSeconds(3));
        alice.hangUp();
        data("CallEnded", "at the end");
        bob.awaitEvent("CALL_CLOSED");

        Heard aliceHeard = phases.heardBy(WavFile.read(alice.decodedWav()));
        Heard bobHeard = phases.heardBy(WavFile.read(bob.decodedWav()));
        aliceHeard.in("two").exactly(BOB);
        bobHeard.in("two").exactly(ALICE);
        aliceHeard.in("three").exactly(BOB, CAROL);
        bobHeard.in("three").exactly(ALICE, CAROL);
        aliceHeard.in("announcement").hears(ANNOUNCEMENT);
        bobHeard.in("announcement").hears(ANNOUNCEMENT);
        aliceHeard.in("paused").exactly(BOB, CAROL);
        aliceHeard.in("bob muted").exactly(CAROL);
        bobHeard.in("bob muted").exactly(ALICE, CAROL);
        aliceHeard.in("carol gone").exactly(BOB);
        bobHeard.in("carol gone").exactly(ALICE);
        Heard.of(carolsPhone.heard(), 8000).somewhere(ALICE, BOB, ANNOUNCEMENT).nowhere(CAROL);
        assertThat(carolsPhone.heard().length - whenRemoved).isLessThan(8000);
        judgeMixed(mixedFile);
        judgeUnmixed(unmixedFile);
    }

    private void judgeMixed(WavFile file) {
        assertThat(file.channels()).isEqualTo(1);
        Heard.of(file.channel(0), file.sampleRate()).somewhere(ALICE, BOB, CAROL, ANNOUNCEMENT);
        // 2 s, the announcement's 3 s and 2 s again, with what lies between; the 2 s of the pause are not in it.
        assertThat(file.channel(0).length / (double) file.sampleRate()).isBetween(6.8, 10.5);
    }

    private void judgeUnmixed(WavFile file) {
        assertThat(file.channels()).isEqualTo(4);
        // In the order of joining: Bob answered before Alice was told so.
        int[] tones = {BOB, ALICE, CAROL, ANNOUNCEMENT};
        for (int channel = 0; channel < tones.length; channel++) {
            int own = tones[channel];
            int[] others = IntStream.of(tones).filter(tone -> tone != own).toArray();
            Heard.of(file.channel(channel), file.sampleRate()).somewhere(own).nowhere(others);
        }
    }

    private JsonNode invite(Map<String, String> path) throws Exception {
        JsonNode invited = api.call(
                "InviteParticipantsOutOfCall",
                path,
                Map.of(
                        "participants", List.of(Map.of("phoneNumber", Map.of("value", CAROLS_NUMBER))),
                        "alternateCallerId", Map.of("value", "+15555550199"),
                        "operationContext", "the expert",
                        "callbackUri", receiver.uri("/invitation").toString()));
        JsonNode result = data("InviteParticipantResult", "of Carol");
        assertThat(result.path("status").asText()).isEqualTo("completed");
        assertThat(result.path("operationContext").asText()).isEqualTo("the expert");
        return invited.path("participants").get(0);
    }

    private String record(Map<String, String> path, String channels) throws Exception {
        String recordingId = api.call(
                        "StartRecording",
                        path,
                        Map.of(
                                "recordingStateCallbackUri",
                                receiver.uri("/recording").toString(),
                                "recordingChannelType",
                                channels))
                .path("recordingId")
                .asText();
        receiver.await(
                "CallRecordingStateChanged",
                data -> data.path("recordingId").asText().equals(recordingId)
                        && data.path("operation").asText().equals("start"),
                "of the start",
                PATIENCE);
        return recordingId;
    }

    private void recordingIs(String operation) throws Exception {
        receiver.await(
                "CallRecordingStateChanged",
                data -> data.path("operation").asText().equals(operation),
                "of the " + operation,
                PATIENCE);
    }

    private WavFile file(Map<String, String> path) throws Exception {
        receiver.await(
                "RecordingFileStatusUpdated",
                data -> data.path("recordingId").asText().equals(path.get("recordingId"))
                        && data.path("status").asText().equals("available"),
                "of the file",
                PATIENCE);
        Path file = folder.resolve(path.get("recordingId") + ".wav");
        Files.write(file, api.download("GetRecordingContent", path));
        return WavFile.read(file);
    }

    private void play(Map<String, String> path, Phases phases, String phase) throws Exception {
        phases.begin(phase);
        String operationId = api.call(
                        "PlayAudioOutOfCall",
                        path,
                        Map.of(
                                "audioFileUri", announcement.uri().toString(),
                                "callbackUri", receiver.uri("/play").toString()))
                .path("operationId")
                .asText();
        receiver.await(
                "PlayAudioResult",
                data -> data.path("operationId").asText().equals(operationId)
                        && data.path("status").asText().equals("completed"),
                "of the announcement",
                PATIENCE);
        phases.end();
    }

    private String participant(Map<String, String> path, String rawId) throws Exception {
        for (JsonNode participant : api.call("ListParticipantsOutOfCall", path)) {
            if (participant.path("identifier").path("rawId").asText().equals(rawId)) {
                return participant.path("participantId").asText();
            }
        }
        throw new AssertionError(rawId + " is not in the call");
    }

    private JsonNode data(String type, String what) throws Exception {
        return receiver.await(type, data -> true, what, PATIENCE).data();
    }
}
