package io.ringback.wire.callingserver;

import static io.ringback.wire.callingserver.Reading.body;
import static io.ringback.wire.callingserver.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the requests about the parties of a call accept. */
class ParticipantRequestsTest {
    private static final String INVITE = "{'participants':[{'rawId':'8:acs:ringback_ada'}]}";

    @Test
    void anInvitationNamesPartiesAndHowTheyAreCalled() {
        assertThat(InviteParticipantsRequest.read(
                        body("{'participants':[{'rawId':'4:+12025550101'},{'rawId':'8:acs:ringback_ada'}],"
                                + "'alternateCallerId':{'value':'+12025550100'},'ringTimeoutInSeconds':20,"
                                + "'operationContext':'ctx','callbackUri':'https://b.example'}"),
                        OutboundPolicy.PUBLIC))
                .isEqualTo(new InviteParticipantsRequest(
                        List.of(Identifier.ofPhoneNumber("+12025550101"), new Identifier("8:acs:ringback_ada")),
                        "+12025550100",
                        Duration.ofSeconds(20),
                        "ctx",
                        URI.create("https://b.example")));
        assertThat(InviteParticipantsRequest.read(body(INVITE), OutboundPolicy.PUBLIC))
                .isEqualTo(new InviteParticipantsRequest(
                        List.of(new Identifier("8:acs:ringback_ada")), null, Duration.ofSeconds(60), null, null));
    }

    @Test
    void outOfCallAnInvitationNamesItsCallback() {
        assertThat(refusal(() -> InviteParticipantsRequest.readOutOfCall(body(INVITE), OutboundPolicy.PUBLIC))
                        .target())
                .isEqualTo("callbackUri");
    }

    @Test
    void nobodyIsInvitedTwice() {
        String twice =
                "{'participants':[{'rawId':'8:acs:ringback_ada'},{'communicationUser':{'id':'8:acs:ringback_ada'}}]}";

        assertThat(refusal(() -> InviteParticipantsRequest.read(body(twice), OutboundPolicy.PUBLIC))
                        .target())
                .isEqualTo("participants[1]");
    }

    @Test
    void aHoldHasMusicOrSilence() {
        assertThat(HoldParticipantRequest.read(JsonBody.parseOptional(new byte[0]), OutboundPolicy.PUBLIC)
                        .music())
                .isNull();
        assertThat(HoldParticipantRequest.read(
                                body("{'audioFileUri':'https://a.example/waltz.wav'}"), OutboundPolicy.PUBLIC)
                        .music())
                .isEqualTo(new PromptSource.File(URI.create("https://a.example/waltz.wav"), null));
    }

    @Test
    void aTransferNamesItsTargetAndPerhapsWhoIsTransferred() {
        assertThat(TransferCallRequest.read(body("{'targetParticipant':{'rawId':'8:acs:ringback_ada'}}")))
                .isEqualTo(new TransferCallRequest(
                        new Identifier("8:acs:ringback_ada"), null, null, Duration.ofSeconds(60), null));
        assertThat(TransferCallRequest.read(body("{'targetParticipant':{'rawId':'4:+12025550101'},"
                        + "'alternateCallerId':{'value':'+12025550100'},'transferee':'p1',"
                        + "'ringTimeoutInSeconds':20,'operationContext':'ctx'}")))
                .isEqualTo(new TransferCallRequest(
                        Identifier.ofPhoneNumber("+12025550101"), "+12025550100", "p1", Duration.ofSeconds(20), "ctx"));
    }

    @Test
    void aJoinNamesItsCallback() {
        assertThat(JoinCallRequest.read(
                        body("{'source':{'rawId':'8:acs:res_bob'},'callbackUri':'https://a.example/','subject':'s',"
                                + "'requestedMediaTypes':['audio'],'requestedCallEvents':['dtmfReceived'],"
                                + "'operationContext':'ctx'}"),
                        OutboundPolicy.PUBLIC))
                .isEqualTo(new JoinCallRequest(
                        new Identifier("8:acs:res_bob"),
                        URI.create("https://a.example/"),
                        "s",
                        Set.of(RequestedEvent.DTMF_RECEIVED),
                        "ctx"));
    }
}
