package io.ringback.wire.callingserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Pause;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.decision.Reply;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final String CALL = "call_567890123456789";
    private static final Callback CALLBACK = new Callback(URI.create("https://a.example/e?x=1"), "2021-06-15-preview");

    @Test
    void aConnectionIsAnsweredWhole() {
        Connection connection = new Connection(
                CALL + "conn56789012",
                CALLBACK,
                new Identifier("8:acs:res_bob"),
                List.of(Identifier.ofPhoneNumber("+12025550101")),
                "+12025550100",
                "Bins",
                Set.of(Connection.RequestedEvent.DTMF_RECEIVED, Connection.RequestedEvent.PARTICIPANTS_UPDATED),
                "ctx",
                CallState.TERMINATED,
                AT,
                AT.plusSeconds(5),
                AT.plusSeconds(9),
                ResultInfo.of(EndReason.HUNG_UP_BY_PARTICIPANT, "BYE"));

        assertThat(Answers.connection(call(connection), connection))
                .isEqualTo(json("{'callConnectionId':'CALLconn56789012','serverCallId':'CALL','source':{'rawId':"
                        + "'8:acs:res_bob','communicationUser':{'id':'8:acs:res_bob'}},'targets':[{'rawId':"
                        + "'4:+12025550101','phoneNumber':{'value':'+12025550101'}}],'alternateCallerId':{'value':"
                        + "'+12025550100'},'callConnectionState':'terminated','subject':'Bins','callbackUri':"
                        + "'https://a.example/e?x=1','requestedMediaTypes':['audio'],'requestedCallEvents':"
                        + "['participantsUpdated','dtmfReceived'],'startedAt':'2026-11-22T10:00:00Z','establishedAt':"
                        + "'2026-11-22T10:00:05Z','endedAt':'2026-11-22T10:00:09Z','endReason':{'code':200,"
                        + "'subcode':7010,'reason':'hungUpByParticipant','message':'BYE'}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "RECORDING,active,recording,false",
        "PAUSED,active,paused,false",
        "STOPPED,inactive,stopped,false",
        "RECOVERING,inactive,recovering,false",
        "AVAILABLE,inactive,available,true",
        "FAILED,inactive,failed,false"
    })
    void aRecordingIsAnsweredAndItsContentOnceItIsThere(
            Recording.Status status, String state, String name, boolean content) {
        Recording recording = new Recording(
                CALL + "reco56789012",
                CALLBACK,
                Recording.Channels.MIXED,
                Recording.Format.WAV,
                status,
                AT,
                AT,
                1500,
                List.of(new Pause(AT, null)),
                content ? "key" : null,
                7,
                null);

        assertThat(Answers.recording(recording, new PublicUrl(URI.create("http://localhost:8080"))))
                .isEqualTo(json("{'recordingId':'CALLreco56789012','recordingState':'" + state
                        + "','recordingStatus':'" + name + "','startDateTime':'2026-11-22T10:00:00Z',"
                        + "'durationMs':1500,'pauses':[{'start':'2026-11-22T10:00:00Z'}]"
                        + (content
                                ? ",'contentUri':'http://localhost:8080/calling/serverCalls/CALL/recordings/"
                                        + "CALLreco56789012/content'"
                                : "")
                        + "}"));
    }

    @Test
    void smallAnswersReadAsInTheContract() {
        assertThat(Answers.callCreated(new Reply.CallCreated("c", "s")))
                .isEqualTo(json("{'callConnectionId':'c','serverCallId':'s'}"));
        assertThat(Answers.joined(new Reply.Connected("c", "s"))).isEqualTo(json("{'callConnectionId':'c'}"));
        assertThat(Answers.invited(new Reply.ParticipantsInvited(
                        List.of(new Reply.ParticipantsInvited.Invited("p1", new Identifier("sip:a@b"))), "ctx")))
                .isEqualTo(json("{'participants':[{'participantId':'p1','identifier':{'rawId':'sip:a@b'}}],"
                        + "'operationContext':'ctx'}"));
        assertThat(Answers.recordingStarted(new Reply.RecordingStarted("r"))).isEqualTo(json("{'recordingId':'r'}"));
        assertThat(Answers.operation(new Reply.OperationAccepted("o", Operation.Status.RUNNING, "ctx")))
                .startsWith(json("{'operationId':'o','status':'running','operationContext':'ctx','resultInfo':{"));
        assertThat(Answers.error(ErrorCode.MALFORMED, "no", "targets[0]"))
                .isEqualTo(json("{'error':{'code':'8523','message':'no','target':'targets[0]','details':[]}}"));
        assertThat(Answers.error(ErrorCode.INTERNAL, "no", null))
                .isEqualTo(json("{'error':{'code':'500','message':'no','details':[]}}"));
    }

    private static String json(String text) {
        return text.replace('\'', '"').replace("CALL", CALL);
    }

    private static ServerCall call(Connection connection) {
        return new ServerCall(
                CALL,
                1,
                CallState.TERMINATED,
                new GatewayRef("gw", "e"),
                new Origin(Origin.Kind.OUTBOUND, new Identifier("8:acs:res_bob"), List.of()),
                null,
                List.of(),
                List.of(connection),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                0,
                AT,
                AT,
                AT,
                null);
    }
}
