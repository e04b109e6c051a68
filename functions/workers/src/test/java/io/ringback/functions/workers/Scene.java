package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.memory.MemoryPokes;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.Reply;
import io.ringback.core.decision.Target;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.effect.WireEffectEncoder;
import io.ringback.wire.gateway.GatewayProtocol;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A call, decided by the real rules and kept in memory, and the gateway that it is pinned to. */
final class Scene implements AutoCloseable {
    static final Deadline AMPLE = new Deadline(() -> 10_000);
    static final Callback CALLBACK = new Callback(URI.create("https://app.example/cb"), "2021-06-15-preview");

    final FakeClock clock = FakeClock.atNoon();
    final MemoryStorage storage = new MemoryStorage(
            new WireEffectEncoder(URI.create("https://calls.example.com"), (call, subscription, until) -> "context"),
            clock);
    private final CountedIds ids = new CountedIds();
    final MemoryPokes pokes = new MemoryPokes();
    final CallProcessor processor = processor(storage.calls());
    final FakeGateway gateway = new FakeGateway();
    final GatewayControl control = new HttpGatewayControl(new ControlToken() {
        @Override
        public String current() {
            return FakeGateway.TOKEN;
        }

        @Override
        public String fresh() {
            return FakeGateway.TOKEN;
        }
    });
    final String serverCallId;
    final String callConnectionId;

    Scene() throws IOException {
        heartbeat();
        Reply.CallCreated reply = create();
        serverCallId = reply.serverCallId();
        callConnectionId = reply.callConnectionId();
    }

    /** A call more, placed by an application. */
    Reply.CallCreated create() {
        Decision created = processor.create(new CallCommand.CreateCall(
                FakeGateway.LIFE,
                List.of(),
                List.of(Identifier.ofPhoneNumber("+15555550100")),
                Identifier.ofPhoneNumber("+15555550199"),
                null,
                "+15555550199",
                CALLBACK,
                null,
                Set.of(RequestedEvent.DTMF_RECEIVED),
                Duration.ofSeconds(60),
                null));
        return (Reply.CallCreated) ((Decision.Accepted) created).reply();
    }

    CallProcessor processor(CallStore calls) {
        return processor(calls, pokes);
    }

    private CallProcessor processor(CallStore calls, Pokes wake) {
        return new CallProcessor(calls, wake, ids, clock, conflicts -> {});
    }

    /** One that may die before and after everything that it does. */
    CallProcessor mortal(Crash crash) {
        return processor(crash.around(CallStore.class, storage.calls()), crash.around(Pokes.class, pokes));
    }

    void heartbeat() {
        assertThat(storage.gateways().heartbeat(gateway.row(clock.instant()))).isTrue();
    }

    StreamRef media() {
        return new StreamRef(serverCallId, Target.MEDIA);
    }

    StreamRef callbacks() {
        return new StreamRef(serverCallId, Target.ofCallback(CALLBACK.uri()));
    }

    ServerCall call() {
        return storage.calls().load(serverCallId).orElseThrow();
    }

    /** Why the call ended. */
    EndReason endReason() {
        return Objects.requireNonNull(call().endReason()).reason();
    }

    String participantId() {
        return call().participants().get(0).participantId();
    }

    /** The media commands that were committed so far, in order. */
    List<MediaCommand> committed() {
        return storage.outbox().items(media()).stream()
                .map(item -> GatewayProtocol.decodeCommand(item.body()).command())
                .toList();
    }

    /** The types of the events that were committed so far, without their common beginning. */
    List<String> events() {
        return storage.outbox().items(callbacks()).stream()
                .map(item -> item.type().replace("Microsoft.Communication.", ""))
                .toList();
    }

    /** The last event's body. */
    String lastEvent() {
        List<Outbox.Item> items = storage.outbox().items(callbacks());
        return items.get(items.size() - 1).body();
    }

    /** A report of this number, in the gateway's journal too. */
    MediaReport report(long number, MediaEvent event) {
        MediaReport report = new MediaReport(serverCallId, FakeGateway.LIFE, number, clock.instant(), event);
        gateway.report(report);
        return report;
    }

    MediaReport connected(long number) {
        return report(number, new MediaEvent.LegConnected(participantId()));
    }

    /** Answers the phone. */
    void connect() {
        processor.apply(serverCallId, List.of(connected(1)));
    }

    String play() {
        return operation(new CallCommand.Play(
                callConnectionId, null, new PromptSource.Text("hello", null), false, Set.of(), null, null));
    }

    String cancelAll() {
        return operation(new CallCommand.CancelAllMediaOperations(callConnectionId, null));
    }

    /** Starts one; its id. */
    String startRecording() {
        Reply reply = accept(new CallCommand.StartRecording(CALLBACK, Recording.Channels.MIXED, Recording.Format.WAV));
        return ((Reply.RecordingStarted) reply).recordingId();
    }

    void pauseRecording(String recordingId) {
        accept(new CallCommand.PauseRecording(recordingId));
    }

    /** Removes who was called. */
    void removeParticipant() {
        accept(new CallCommand.RemoveParticipant(callConnectionId, participantId()));
    }

    void mute() {
        accept(new CallCommand.MuteParticipant(callConnectionId, participantId(), true));
    }

    void terminate() {
        accept(new CallCommand.Terminate(callConnectionId));
    }

    private String operation(CallCommand command) {
        return ((Reply.OperationAccepted) accept(command)).operationId();
    }

    private Reply accept(CallCommand command) {
        return ((Decision.Accepted) processor.change(serverCallId, command)).reply();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
