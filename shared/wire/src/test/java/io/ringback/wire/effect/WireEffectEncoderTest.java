package io.ringback.wire.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.jackson.JsonFormat;
import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Operation;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Participant;
import io.ringback.core.call.Pause;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Tone;
import io.ringback.core.decision.Effect;
import io.ringback.core.event.CallEvent;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.port.Outbox;
import io.ringback.testkit.openapi.ApiDocument;
import io.ringback.wire.callingserver.Envelope;
import io.ringback.wire.callingserver.EventType;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WireEffectEncoderTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.125Z");
    private static final String CALL = "call_567890123456789";
    private static final String CONNECTION = CALL + "conn56789012";
    private static final String RECORDING = CALL + "reco56789012";
    private static final URI CALLBACK = URI.create("https://app.example.com/events?tenant=a%2Fb");
    private static final ResultInfo OK = ResultInfo.of(EndReason.COMPLETED, "done");
    private static final String OK_JSON = "{\"code\":200,\"subcode\":0,\"reason\":\"completed\",\"message\":\"done\"}";

    private final ApiDocument document = ApiDocument.yaml(Path.of("..", "..", "docs", "openapi.yaml"));
    private final WireEffectEncoder encoder = new WireEffectEncoder(
            URI.create("https://calls.example.com/"),
            (call, subscription, until) -> call + " " + subscription + " " + until);

    WireEffectEncoderTest() throws IOException {}

    static Stream<Arguments> events() {
        Pause pause = new Pause(AT, AT.plusSeconds(2));
        return Stream.of(
                event(
                        new CallEvent.ConnectionStateChanged(CallState.ESTABLISHING, null, null),
                        "CallConnectionStateChanged",
                        "{'serverCallId':'CALL','callConnectionId':'CONN','callConnectionState':'establishing'}"),
                event(
                        new CallEvent.ConnectionStateChanged(
                                CallState.TERMINATED, ResultInfo.of(EndReason.BUSY, 600, "busy everywhere"), "ctx"),
                        "CallConnectionStateChanged",
                        "{'serverCallId':'CALL','callConnectionId':'CONN','callConnectionState':'terminated',"
                                + "'resultInfo':{'code':486,'subcode':560486,'reason':'busy','sipStatus':600,"
                                + "'message':'busy everywhere'},'operationContext':'ctx'}"),
                event(
                        new CallEvent.DtmfReceived("p1", 3, Tone.POUND),
                        "DtmfReceived",
                        "{'callConnectionId':'CONN','participantId':'p1','toneInfo':{'sequenceId':3,'tone':'pound'}}"),
                event(
                        new CallEvent.PlayResult("op1", "ctx", Operation.Status.COMPLETED, OK),
                        "PlayAudioResult",
                        "{'operationId':'op1','operationContext':'ctx','status':'completed','resultInfo':OK}"),
                event(
                        new CallEvent.CancelMediaResult("op2", null, Operation.Status.COMPLETED, OK, List.of("op1")),
                        "CancelMediaProcessing",
                        "{'operationId':'op2','status':'completed','resultInfo':OK,'canceledOperationIds':['op1']}"),
                event(
                        new CallEvent.SendDtmfResult("op3", "ctx", Operation.Status.COMPLETED, OK),
                        "SendDtmfResult",
                        "{'operationId':'op3','operationContext':'ctx','status':'completed','resultInfo':OK}"),
                event(
                        new CallEvent.TransferResult("op4", null, Operation.Status.COMPLETED, OK),
                        "TransferCallResult",
                        "{'operationId':'op4','status':'completed','resultInfo':OK}"),
                event(
                        new CallEvent.InviteParticipantResult(
                                "p2", new Identifier("sip:a@b"), "ctx", Operation.Status.COMPLETED, OK),
                        "InviteParticipantResult",
                        "{'participantId':'p2','identifier':{'rawId':'sip:a@b'},'operationContext':'ctx',"
                                + "'status':'completed','resultInfo':OK}"),
                event(
                        new CallEvent.ParticipantsUpdated(List.of(
                                participant(Identifier.ofPhoneNumber("+12025550101"), null),
                                participant(new Identifier("8:acs:r_u"), Participant.HeldBy.PARTICIPANT))),
                        "ParticipantsUpdated",
                        "{'callConnectionId':'CONN','participants':[{'identifier':{'rawId':'4:+12025550101',"
                                + "'phoneNumber':{'value':'+12025550101'}},'participantId':'p1','isMuted':false,"
                                + "'isOnHold':false,'state':'connected'},{'identifier':{'rawId':'8:acs:r_u',"
                                + "'communicationUser':{'id':'8:acs:r_u'}},'participantId':'p1','isMuted':false,"
                                + "'isOnHold':true,'heldBy':'participant','state':'connected'}]}"),
                event(
                        new CallEvent.RecordingStateChanged(
                                RECORDING, true, CallEvent.RecordingStateChanged.Change.RESUME, AT, OK),
                        "CallRecordingStateChanged",
                        "{'recordingId':'REC','serverCallId':'CALL','state':'active','operation':'resume',"
                                + "'startDateTime':'2026-11-22T10:00:00.125Z','resultInfo':OK}"),
                event(
                        new CallEvent.RecordingFileStatusUpdated(
                                RECORDING, Recording.Status.AVAILABLE, 1500, 24044, 1, List.of(pause), OK),
                        "RecordingFileStatusUpdated",
                        "{'recordingId':'REC','serverCallId':'CALL','status':'available',"
                                + "'contentUri':'https://calls.example.com/calling/serverCalls/CALL/recordings/REC/content',"
                                + "'durationMs':1500,'sizeBytes':24044,'channels':1,'pauses':[{"
                                + "'start':'2026-11-22T10:00:00.125Z','end':'2026-11-22T10:00:02.125Z'}],'resultInfo':OK}"),
                event(
                        new CallEvent.RecordingFileStatusUpdated(
                                RECORDING, Recording.Status.FAILED, 0, 0, 0, List.of(), OK),
                        "RecordingFileStatusUpdated",
                        "{'recordingId':'REC','serverCallId':'CALL','status':'failed','durationMs':0,'sizeBytes':0,"
                                + "'channels':0,'pauses':[],'resultInfo':OK}"));
    }

    /** What subscriptions are told. */
    static Stream<Arguments> announcements() {
        Identifier ada = new Identifier("sip:ada@b");
        Identifier bob = new Identifier("sip:bob@b");
        String participant = "'participant':{'identifier':{'rawId':'sip:bob@b'},'participantId':'p1',"
                + "'isMuted':false,'isOnHold':false,'state':'connected'}";
        return Stream.of(
                event(
                        new CallEvent.IncomingCallOffered("sub1", ada, bob, "Ada", AT),
                        "IncomingCall",
                        "{'from':{'rawId':'sip:ada@b'},'to':{'rawId':'sip:bob@b'},'callerDisplayName':'Ada',"
                                + "'serverCallId':'CALL','incomingCallContext':'CALL sub1 2026-11-22T10:00:00.125Z'}"),
                event(
                        new CallEvent.CallStarted(ada, List.of(bob), AT),
                        "CallStarted",
                        "{'serverCallId':'CALL','startedBy':{'rawId':'sip:ada@b'},'to':[{'rawId':'sip:bob@b'}],"
                                + "'startedAt':'2026-11-22T10:00:00.125Z'}"),
                event(
                        new CallEvent.CallParticipantAdded(participant(bob, null)),
                        "CallParticipantAdded",
                        "{'serverCallId':'CALL'," + participant + "}"),
                event(
                        new CallEvent.CallParticipantRemoved(participant(bob, null), OK),
                        "CallParticipantRemoved",
                        "{'serverCallId':'CALL'," + participant + ",'resultInfo':OK}"),
                event(
                        new CallEvent.CallEnded(ada, 1500, OK),
                        "CallEnded",
                        "{'serverCallId':'CALL','startedBy':{'rawId':'sip:ada@b'},'durationMs':1500,"
                                + "'resultInfo':OK}"));
    }

    @ParameterizedTest
    @MethodSource({"events", "announcements"})
    void anEventIsABatchOfOneCloudEvent(CallEvent event, String type, String data) {
        Outbox.Item item = encoder.encode(call(), notify(event, CONNECTION, "2021-06-15-preview"), AT.plusSeconds(1));

        assertThat(item.body())
                .isEqualTo("[{\"specversion\":\"1.0\",\"id\":\"ev1\",\"type\":\"Microsoft.Communication." + type
                        + "\",\"source\":\"calling/callConnections/" + CONNECTION
                        + "\",\"subject\":\"calling/callConnections/" + CONNECTION
                        + "\",\"time\":\"2026-11-22T10:00:00.125Z\",\"datacontenttype\":\"application/json\","
                        + "\"sequence\":\"000000000007\",\"partitionkey\":\"" + CALL + "\",\"data\":" + data + "}]");
        assertThat(document.ofEvent("application/cloudevents-batch+json", item.body()))
                .isEmpty();
        assertThat(item)
                .isEqualTo(new Outbox.Item(
                        7,
                        "ev1",
                        "Microsoft.Communication." + type,
                        CALLBACK,
                        AT,
                        AT.plus(event.deliverFor()),
                        item.body()));
    }

    @ParameterizedTest
    @MethodSource("announcements")
    void aSubscriptionMayHaveTheEventGridEnvelope(CallEvent event, String type, String data) {
        Outbox.Item item = encoder.encode(call(), notify(event, null, Callback.EVENT_GRID), AT.plusSeconds(1));

        assertThat(item.body())
                .isEqualTo("[{\"id\":\"ev1\",\"topic\":\"ringback\",\"subject\":\"calling/serverCalls/" + CALL
                        + "\",\"eventType\":\"Microsoft.Communication." + type
                        + "\",\"eventTime\":\"2026-11-22T10:00:00.125Z\",\"dataVersion\":\"1.0\","
                        + "\"metadataVersion\":\"1\",\"data\":"
                        + data.replaceFirst("}$", ",\"sequence\":\"000000000007\"}") + "}]");
        assertThat(document.ofEvent("application/json", item.body())).isEmpty();
        assertThat(item.type()).isEqualTo("Microsoft.Communication." + type);
    }

    @Test
    void theBodyTellsItsEnvelope() {
        CallEvent event = new CallEvent.CallEnded(new Identifier("sip:a@b"), 1500, OK);

        assertThat(Envelope.of(encoder.encode(call(), notify(event, null), AT).body()))
                .isEqualTo(Envelope.CLOUD_EVENTS);
        assertThat(Envelope.of(encoder.encode(call(), notify(event, null, Callback.EVENT_GRID), AT)
                        .body()))
                .isEqualTo(Envelope.EVENT_GRID);
    }

    @Test
    void theSamplesMissNoEvent() {
        List<CallEvent> samples = Stream.concat(events(), announcements())
                .map(arguments -> (CallEvent) arguments.get()[0])
                .toList();

        assertThat(samples.stream().<Class<?>>map(CallEvent::getClass).distinct())
                .containsExactlyInAnyOrder(CallEvent.class.getPermittedSubclasses());
        assertThat(samples.stream().map(EventType::of).distinct()).containsExactlyInAnyOrder(EventType.values());
    }

    @Test
    void theCloudEventsLibraryReadsIt() {
        String body = encoder.encode(call(), notify(new CallEvent.DtmfReceived("p1", 1, Tone.STAR), CONNECTION), AT)
                .body();
        byte[] one = body.substring(1, body.length() - 1).getBytes(StandardCharsets.UTF_8);

        CloudEvent event = new JsonFormat().deserialize(one);

        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo("ev1");
        assertThat(Objects.requireNonNull(event.getTime())
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant())
                .isEqualTo(AT);
        assertThat(event.getExtension("sequence")).isEqualTo("000000000007");
        assertThat(event.getExtension("partitionkey")).isEqualTo(CALL);
    }

    @Test
    void anEventOfNoConnectionNamesTheServerCall() {
        CallEvent event = new CallEvent.RecordingStateChanged(
                RECORDING, false, CallEvent.RecordingStateChanged.Change.STOP, AT, OK);

        assertThat(encoder.encode(call(), notify(event, null), AT).body())
                .contains("\"source\":\"calling/serverCalls/" + CALL + "\",\"subject\":\"calling/serverCalls/" + CALL
                        + "\"");
    }

    @Test
    void aMediaCommandIsItsWholeEnvelope() {
        MediaCommand command = new MediaCommand.CancelMedia("op2", List.of("op1"), AT.plusSeconds(30));

        Outbox.Item item = encoder.encode(call(), new Effect.Command(4, command), AT);

        assertThat(item)
                .isEqualTo(new Outbox.Item(4, "CancelMedia", "CancelMedia", null, AT, command.notAfter(), item.body()));
        assertThat(GatewayProtocol.decodeCommand(item.body()))
                .isEqualTo(new CommandEnvelope(CALL, new GatewayRef("gw", "e1"), 4, command));
    }

    @Test
    void whoHasNoKeysOffersNoCall() {
        CallEvent offered = new CallEvent.IncomingCallOffered(
                "sub1", new Identifier("sip:a@b"), new Identifier("sip:c@d"), null, AT);

        assertThatIllegalStateException()
                .isThrownBy(() -> new WireEffectEncoder().encode(call(), notify(offered, null), AT))
                .withMessageContaining("access keys");
    }

    @Test
    void aCallbackOfAnUnknownVersionIsABug() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        encoder.encode(call(), notify(new CallEvent.DtmfReceived("p1", 1, Tone.A), null, "1999"), AT))
                .withMessageContaining("1999");
    }

    private static Arguments event(CallEvent event, String type, String data) {
        return Arguments.of(
                event,
                type,
                data.replace('\'', '"')
                        .replace("OK", OK_JSON)
                        .replace("CALL", CALL)
                        .replace("CONN", CONNECTION)
                        .replace("REC", RECORDING));
    }

    private static Effect.Notify notify(CallEvent event, @Nullable String connection) {
        return notify(event, connection, "2021-06-15-preview");
    }

    private static Effect.Notify notify(CallEvent event, @Nullable String connection, String apiVersion) {
        return new Effect.Notify(7, "ev1", new Callback(CALLBACK, apiVersion), connection, AT, event);
    }

    private static Participant participant(Identifier identifier, Participant.@Nullable HeldBy heldBy) {
        return new Participant(
                "p1",
                identifier,
                Participant.State.CONNECTED,
                false,
                false,
                heldBy == null ? Set.of() : Set.of(heldBy),
                null,
                null,
                0,
                AT,
                AT,
                null,
                null);
    }

    private static ServerCall call() {
        return new ServerCall(
                CALL,
                3,
                CallState.ESTABLISHED,
                new GatewayRef("gw", "e1"),
                new Origin(Origin.Kind.OUTBOUND, new Identifier("8:acs:res_bob"), List.of()),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                0,
                AT,
                AT,
                null,
                null);
    }
}
