package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Participant;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaCommand;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operations on participants order, and what they tell of them. */
class ParticipantFunctionsTest {
    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @Test
    void theInvitedAreDialledAndNamedInTheirOrder() {
        ServerCall call = bench.placeAnsweredCall();

        Reply reply = bench.invoke("invite-participants/several");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.at("/operationContext")).isEqualTo("experts");
        assertThat(reply.at("/participants/0/identifier/phoneNumber/value")).isEqualTo("+12025550102");
        assertThat(reply.at("/participants/1/identifier/rawId")).isEqualTo("8:acs:ringback_ada");
        assertThat(participant(call, reply.at("/participants/1/participantId")).state())
                .isEqualTo(Participant.State.RINGING);
        assertThat(bench.calls.lastOrder(MediaCommand.DialLeg.class).target())
                .isEqualTo(new Identifier("8:acs:ringback_ada"));
    }

    @Test
    void theNumberThatWasAskedForIsShownForAsLongAsAsked() {
        bench.placeAnsweredCall();

        bench.succeed("invite-participants/ok");

        MediaCommand.DialLeg dial = bench.calls.lastOrder(MediaCommand.DialLeg.class);
        assertThat(dial.callerId()).isEqualTo("+15555550199");
        assertThat(dial.ringTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(dial.coupling()).isNull();
    }

    @Test
    void whoIsInvitedFromOutsideIsOwedToTheCallbackOfTheRequest() {
        ServerCall call = bench.placeAnsweredCall();

        Reply reply = bench.invoke("invite-participants/out-of-call");

        assertThat(participant(call, reply.at("/participants/0/participantId")).invitation())
                .isEqualTo(new Participant.Invitation(
                        null,
                        new Callback(URI.create("https://desk.example.com/invitations"), "2021-06-15-preview"),
                        "expert"));
    }

    @ParameterizedTest
    @CsvSource({
        "invite-participants/forbidden-number, 403, 10300, participants[1], RINGBACK_DIAL_PREFIXES",
        "invite-participants/foreign-caller-id, 403, 10300, alternateCallerId.value, RINGBACK_OWN_NUMBERS",
        "invite-participants/out-of-call-no-callback, 400, 8523, callbackUri, is missing",
        "transfer-call/forbidden-number, 403, 10300, targetParticipant, RINGBACK_DIAL_PREFIXES",
        "play-audio/out-of-call-no-callback, 400, 8523, callbackUri, is missing",
        "join-call/no-callback, 400, 8523, callbackUri, is missing"
    })
    void whatMayNotBeIsRefusedAndNobodyDialled(String sample, int status, String code, String target, String message) {
        bench.placeAnsweredCall();
        int commits = bench.calls.commits().size();

        Reply reply = bench.invoke(sample);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.target()).contains(target);
        assertThat(reply.message()).contains(message);
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    @ParameterizedTest
    @CsvSource({"invite-participants/ok", "invite-participants/out-of-call", "transfer-call/ok"})
    void withoutANumberTheCallsOwnIsShown(String sample) {
        placeCall("\\\"source\\\": {\\\"phoneNumber\\\": {\\\"value\\\": \\\"+12025550191\\\"}}");

        Reply reply = bench.invokeWith(sample, withoutCallerId(sample));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(bench.calls.lastOrder(MediaCommand.DialLeg.class).callerId()).isEqualTo("+12025550191");
    }

    @ParameterizedTest
    @CsvSource({"invite-participants/ok", "invite-participants/out-of-call", "transfer-call/ok"})
    void withoutANumberOfItsOwnTheCallNeedsOne(String sample) {
        placeCall("\\\"source\\\": {\\\"rawId\\\": \\\"8:acs:example_desk\\\"}");

        Reply reply = bench.invokeWith(sample, withoutCallerId(sample));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8523");
        assertThat(reply.target()).contains("alternateCallerId");
    }

    @Test
    void aNumberThatSomebodyJoinedWithIsNotShownUnlessItMayBe() {
        placeCall("\\\"source\\\": {\\\"rawId\\\": \\\"8:acs:example_desk\\\"}");
        String join = bench.events
                .read("join-call/ok")
                .replace(
                        "{\\\"communicationUser\\\": {\\\"id\\\": \\\"8:acs:example_desk\\\"}}",
                        "{\\\"rawId\\\": \\\"4:+12025550666\\\"}");
        bench.events.set(Events.CONNECTION, bench.invokeWith("join-call", join).at("/callConnectionId"));

        Reply reply = bench.invokeWith("invite-participants", withoutCallerId("invite-participants/ok"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.target()).contains("alternateCallerId");
    }

    @Test
    void theRosterHasWhoRingsOrIsConnectedAndAPartyThatLeftIsStillRead() {
        ServerCall call = bench.placeAnsweredCall();
        bench.join(call, 2);
        String first = call.participants().get(0).participantId();
        bench.leave(call, first);
        bench.succeed("invite-participants/ok");

        Reply roster = bench.invoke("list-participants/out-of-call");

        assertThat(roster.json()).hasSize(3);
        assertThat(roster.text()).doesNotContain(first);
        assertThat(roster.at("/0/state")).isEqualTo("connected");
        assertThat(roster.at("/2/state")).isEqualTo("ringing");
        assertThat(bench.invoke("get-participant/ok").at("/state")).isEqualTo("left");
    }

    @Test
    void aRemovedPartyIsHungUp() {
        bench.placeAnsweredCall();

        bench.succeed("remove-participant/out-of-call");

        assertThat(bench.calls.lastOrder(MediaCommand.HangUpLeg.class).participantId())
                .isEqualTo(bench.events.word(Events.PARTICIPANT));
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERED, mute-participant/ok, true, false",
        "MUTED, unmute-participant/ok, false, false",
        "ANSWERED, hold-participant/ok, false, true",
        "ANSWERED, hold-participant/silence, false, true",
        "MUTED, hold-participant/ok, true, true",
        "HELD, unhold-participant/ok, false, false"
    })
    void mutingAndHoldingOrderTheWholeStateAndShowInTheRoster(Scene scene, String sample, boolean muted, boolean held) {
        scene.set(bench);

        bench.succeed(sample);

        MediaCommand.SetLeg order = bench.calls.lastOrder(MediaCommand.SetLeg.class);
        assertThat(order.participantId()).isEqualTo(bench.events.word(Events.PARTICIPANT));
        assertThat(order.muted()).isEqualTo(muted);
        assertThat(order.held()).isEqualTo(held);
        assertThat(order.music())
                .isEqualTo(
                        sample.equals("hold-participant/ok")
                                ? new PromptSource.File(URI.create("https://media.example.com/waltz.wav"), null)
                                : null);
        Reply shown = bench.invoke("get-participant/ok");
        assertThat(shown.at("/isMuted")).isEqualTo(Boolean.toString(muted));
        assertThat(shown.at("/isOnHold")).isEqualTo(Boolean.toString(held));
        assertThat(shown.json().path("heldBy").asText("")).isEqualTo(held ? "application" : "");
    }

    @Test
    void tonesAreSentInTheirOrder() {
        bench.placeAnsweredCall();

        Reply reply = bench.invoke("send-dtmf/ok");

        MediaCommand.SendTones order = bench.calls.lastOrder(MediaCommand.SendTones.class);
        assertThat(order.operationId()).isEqualTo(reply.at("/operationId"));
        assertThat(order.participantId()).isEqualTo(bench.events.word(Events.PARTICIPANT));
        assertThat(order.tones()).containsExactly(Tone.TONE4, Tone.TONE2, Tone.POUND);
    }

    @Test
    void aPlayToOneNamesItsListener() {
        bench.placeAnsweredCall();

        bench.succeed("play-audio-to-participant/ok");

        MediaCommand.Play order = bench.calls.lastOrder(MediaCommand.Play.class);
        assertThat(order.participantId()).isEqualTo(bench.events.word(Events.PARTICIPANT));
        assertThat(order.stopOnTones()).isEqualTo(Set.of(Tone.POUND));
    }

    @Test
    void aPlayFromOutsideIsForAllAndItsResultForTheCallbackOfTheRequest() {
        ServerCall call = bench.placeAnsweredCall();

        Reply reply = bench.invoke("play-audio/out-of-call");

        assertThat(bench.calls.lastOrder(MediaCommand.Play.class).participantId())
                .isNull();
        assertThat(bench.call(call.serverCallId())
                        .operation(reply.at("/operationId"))
                        .orElseThrow()
                        .callback()
                        .uri())
                .isEqualTo(URI.create("https://desk.example.com/plays"));
    }

    @Test
    void aTransferLetsTheOtherPartyHearTheRinging() {
        bench.placeAnsweredCall();

        Reply reply = bench.invoke("transfer-call/transferee");

        assertThat(reply.status()).isEqualTo(202);
        MediaCommand.DialLeg dial = bench.calls.lastOrder(MediaCommand.DialLeg.class);
        assertThat(dial.target()).isEqualTo(Identifier.ofPhoneNumber("+12025550102"));
        assertThat(dial.ringTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(dial.coupling())
                .isEqualTo(new MediaCommand.DialLeg.Coupling(
                        bench.events.word(Events.PARTICIPANT), MediaCommand.DialLeg.Coupling.Kind.RINGBACK));
        assertThat(bench.invoke("get-call/ok").at("/callConnectionState")).isEqualTo("transferring");
    }

    @Test
    void withTwoOthersATransferHasToSayWho() {
        ServerCall call = bench.placeAnsweredCall();
        bench.join(call, 1);

        assertThat(bench.invoke("transfer-call/ok").code()).isEqualTo("8585");
        assertThat(bench.invoke("transfer-call/transferee").status()).isEqualTo(202);
    }

    @Test
    void whoJoinsIsAttachedAtOnceAndNoParty() {
        ServerCall call = bench.placeAnsweredCall();

        Reply reply = bench.invoke("join-call/ok");

        bench.events.set(Events.CONNECTION, reply.at("/callConnectionId"));
        Reply connection = bench.invoke("get-call/ok");
        assertThat(connection.at("/serverCallId")).isEqualTo(call.serverCallId());
        assertThat(connection.at("/callConnectionState")).isEqualTo("established");
        assertThat(connection.at("/callbackUri")).isEqualTo("https://desk.example.com/events");
        assertThat(connection.at("/subject")).isEqualTo("Support");
        assertThat(bench.invoke("list-participants/ok").json()).hasSize(1);
    }

    /** Places a call from this source to a user, with no number to show; it is answered. */
    private void placeCall(String source) {
        String event = bench.events
                .read("create-call/ok")
                .replace(
                        "{\\\"phoneNumber\\\": {\\\"value\\\": \\\"+12025550101\\\"}}",
                        "{\\\"rawId\\\": \\\"8:acs:ringback_ada\\\"}")
                .replace(
                        "\\\"source\\\": {\\\"communicationUser\\\": {\\\"id\\\": \\\"8:acs:example_reminders\\\"}}",
                        source)
                .replace("alternateCallerId", "nobody");
        bench.answered(bench.placed(bench.invokeWith("create-call", event)));
    }

    private String withoutCallerId(String sample) {
        return bench.events.read(sample).replace("alternateCallerId", "nobody");
    }

    private Participant participant(ServerCall call, String id) {
        return bench.call(call.serverCallId()).participant(id).orElseThrow();
    }
}
