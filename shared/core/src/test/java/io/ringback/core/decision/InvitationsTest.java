package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.ringback.core.Samples;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Operation.Status;
import io.ringback.core.command.CallCommand;
import io.ringback.core.event.CallEvent;
import io.ringback.core.event.CallEvent.InviteParticipantResult;
import io.ringback.core.media.MediaCommand.DialLeg;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvitationsTest {
    private static final String ANN = "4:+15555550101";
    private static final String BEN = "8:acs:ringback_ben";

    @Test
    void eachInvitedPartyIsDialledAndHasAResultOfItsOwn() {
        Scene scene = Scene.established(1, 1);
        List<String> invited = scene.invites(Samples.invite(scene.connection(), null, ANN, BEN));
        assertThat(scene.ordered(DialLeg.class).subList(1, 3))
                .extracting(DialLeg::participantId, dial -> dial.target().rawId(), DialLeg::notAfter)
                .containsExactly(
                        tuple(invited.get(0), ANN, scene.now().plusSeconds(30)),
                        tuple(invited.get(1), BEN, scene.now().plusSeconds(30)));
        scene.connects(invited.get(1));
        scene.ends(invited.get(0), EndReason.BUSY);
        scene.ends(invited.get(1), EndReason.HUNG_UP_BY_PARTICIPANT);
        assertThat(scene.told(InviteParticipantResult.class))
                .extracting(
                        InviteParticipantResult::participantId,
                        r -> r.identifier().rawId(),
                        InviteParticipantResult::operationContext,
                        InviteParticipantResult::status,
                        r -> r.resultInfo().reason())
                .containsExactly(
                        tuple(invited.get(1), BEN, "invite-context", Status.COMPLETED, EndReason.COMPLETED),
                        tuple(invited.get(0), ANN, "invite-context", Status.FAILED, EndReason.BUSY));
    }

    @Test
    void somebodyOutsideIsToldAtTheCallbackOfTheRequest() {
        Scene scene = Scene.established(1, 1);
        String invited =
                scene.invites(Samples.invite(null, Samples.OUTSIDE, ANN)).get(0);
        scene.connects(invited);
        assertThat(results(scene)).singleElement().satisfies(notify -> {
            assertThat(notify.callback()).isEqualTo(Samples.OUTSIDE);
            assertThat(notify.callConnectionId()).isNull();
        });
    }

    @Test
    void fromOutsideACallbackIsRequired() {
        Scene scene = Scene.established(2, 2);
        Decision.Rejected rejected = scene.rejected(Samples.invite(null, null, ANN));
        assertThat(rejected.code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(rejected.target()).isEqualTo("callbackUri");
    }

    @Test
    void aCallHasAtMost64DeliveryStreams() {
        Scene scene = Scene.established(2, 2);
        int streams = scene.call().nextSequence().size();
        for (int i = streams; i < Limits.STREAMS; i++) {
            Callback callback = new Callback(URI.create("https://desk.example/" + i), "2021-06-15-preview");
            String invited = scene.invites(Samples.invite(null, callback, ANN)).get(0);
            // Whether its result was told or is still owed, it has a stream.
            if (i % 2 == 0) {
                scene.ends(invited, EndReason.BUSY);
            }
        }
        Decision.Rejected rejected = scene.rejected(Samples.invite(null, Samples.OUTSIDE, ANN));
        assertThat(rejected.code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(rejected.target()).isEqualTo("callbackUri");
        assertThat(scene.wants(Samples.invite(scene.connection(), null, ANN))).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void thereIsRoomFor50LegsRingingOnesIncluded() {
        Scene scene = Scene.established(2, 1);
        String[] many = new String[Limits.LIVE_PARTICIPANTS - 2];
        Arrays.fill(many, ANN);
        scene.accepted(Samples.invite(scene.connection(), null, many));
        Decision.Rejected full = scene.rejected(Samples.invite(scene.connection(), null, BEN));
        assertThat(full.code().status()).isEqualTo(400);
        assertThat(full.message()).contains("at most 50 participants").contains("50 are there");
        scene.ends(scene.leg(1), EndReason.NO_ANSWER);
        scene.accepted(Samples.invite(scene.connection(), null, BEN));
    }

    @Test
    void nobodyAtAllIsMalformed() {
        Scene scene = Scene.established(1, 1);
        assertThat(scene.rejected(Samples.invite(scene.connection(), null)).code())
                .isEqualTo(ErrorCode.MALFORMED);
    }

    @Test
    void neitherBeforeTheCallIsEstablishedNorAfterItsEnd() {
        Scene scene = Scene.established(1, 0);
        assertThat(scene.rejected(Samples.invite(scene.connection(), null, ANN)).code())
                .isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(scene.rejected(Samples.invite(null, Samples.OUTSIDE, ANN)).code())
                .isEqualTo(ErrorCode.WRONG_STATE);
        scene.connects(scene.leg(0));
        scene.wants(new CallCommand.Terminate(scene.connection()));
        assertThat(scene.rejected(Samples.invite(scene.connection(), null, ANN)).code())
                .isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(scene.rejected(Samples.invite(null, Samples.OUTSIDE, ANN)).target())
                .isEqualTo("serverCallId");
    }

    @Test
    void anApplicationThatLeftCannotInviteButIsStillToldOfWhomItInvited() {
        Scene scene = Scene.established(1, 1);
        String invited =
                scene.invites(Samples.invite(scene.connection(), null, ANN)).get(0);
        scene.wants(new CallCommand.HangUp(scene.connection()));
        assertThat(scene.rejected(Samples.invite(scene.connection(), null, BEN)).code())
                .isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
        scene.connects(invited);
        assertThat(results(scene)).singleElement().satisfies(notify -> {
            assertThat(notify.callback()).isEqualTo(Samples.CALLBACK);
            assertThat(notify.callConnectionId()).isNull();
        });
    }

    @Test
    void inAGroupEveryTargetHasAResultButTheOneThatEstablishesTheCall() {
        Scene scene = Scene.established(3, 0);
        scene.ends(scene.leg(0), EndReason.BUSY);
        scene.connects(scene.leg(1));
        scene.connects(scene.leg(2));
        scene.ends(scene.leg(1), EndReason.HUNG_UP_BY_PARTICIPANT);
        assertThat(scene.told(InviteParticipantResult.class))
                .extracting(
                        InviteParticipantResult::participantId,
                        InviteParticipantResult::status,
                        InviteParticipantResult::operationContext)
                .containsExactly(
                        tuple(scene.leg(0), Status.FAILED, "context"),
                        tuple(scene.leg(2), Status.COMPLETED, "context"));
    }

    @Test
    void aGroupOfWhomNobodyAnswersIsToldOfEachBeforeTheEnd() {
        Scene scene = Scene.established(2, 0);
        scene.ends(scene.leg(0), EndReason.DECLINED);
        scene.ends(scene.leg(1), EndReason.NO_ANSWER);
        List<CallEvent> events = scene.told().stream().map(Effect.Notify::event).toList();
        assertThat(events.subList(events.size() - 2, events.size()))
                .allSatisfy(event -> assertThat(event).isInstanceOf(CallEvent.ConnectionStateChanged.class));
        assertThat(scene.told(InviteParticipantResult.class))
                .extracting(r -> r.resultInfo().reason())
                .containsExactly(EndReason.DECLINED, EndReason.NO_ANSWER);
        assertThat(scene.call().endReason())
                .satisfies(info -> assertThat(info.reason()).isEqualTo(EndReason.DECLINED));
    }

    @Test
    void aSingleTargetHasNoResultBesidesTheConnectionsOwn() {
        Scene answered = Scene.established(1, 1);
        Scene failed = Scene.established(1, 0);
        failed.ends(failed.leg(0), EndReason.BUSY);
        assertThat(results(answered)).isEmpty();
        assertThat(results(failed)).isEmpty();
    }

    @Test
    void whoAnswersAGroupCallThatItsApplicationLeftIsStillReported() {
        Scene scene = Scene.established(2, 0);
        scene.wants(new CallCommand.HangUp(scene.connection()));
        scene.connects(scene.leg(0));
        assertThat(scene.call().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(results(scene)).hasSize(1);
    }

    @Test
    void anAnswerThatCrossesTheEndIsACancelledInvitation() {
        Scene scene = Scene.established(1, 1);
        String invited =
                scene.invites(Samples.invite(scene.connection(), null, ANN)).get(0);
        scene.wants(new CallCommand.Terminate(scene.connection()));
        scene.connects(invited);
        assertThat(results(scene)).isEmpty();
        scene.ends(invited, EndReason.HUNG_UP_BY_APPLICATION);
        assertThat(scene.told(InviteParticipantResult.class)).singleElement().satisfies(result -> {
            assertThat(result.status()).isEqualTo(Status.FAILED);
            assertThat(result.resultInfo().reason()).isEqualTo(EndReason.CANCELLED);
        });
    }

    private static List<Effect.Notify> results(Scene scene) {
        return scene.told().stream()
                .filter(notify -> notify.event() instanceof InviteParticipantResult)
                .toList();
    }
}
