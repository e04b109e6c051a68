package io.ringback.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.DeadLetterId;
import io.ringback.aws.RandomIds;
import io.ringback.aws.files.FolderRecordingFiles;
import io.ringback.aws.memory.MemoryPokes;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Target;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.RecordingFiles;
import io.ringback.core.port.Registrations;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Subscriptions;
import io.ringback.core.port.Timelines;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.access.AccessKeys;
import io.ringback.wire.access.CallContexts;
import io.ringback.wire.access.LiveKeys;
import io.ringback.wire.effect.WireEffectEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every function of the API over one storage, driven by the sample invocations. */
final class ApiBench {
    /** {@code made-up key of a test} in base64. */
    static final String KEY = "bWFkZS11cCBrZXkgb2YgYSB0ZXN0";

    static final String WEBHOOK_SECRET = "whsec_" + "dGVz".repeat(16);

    static final GatewayRef GATEWAY = new GatewayRef("gw-1", "01JD8X0000000000000000000A");
    static final String SIP_DOMAIN = "sip.example.com";

    final FakeClock clock;
    final Events events = new Events(KEY);
    final List<String> log = new ArrayList<>();
    final MemoryPokes pokes = new MemoryPokes();
    final CommitLog calls;
    final Gateways gateways;
    final Subscriptions subscriptions;
    final Identities identities;
    final Registrations registrations;
    final Outbox outbox;
    final FirstAnswerLog firstAnswers;
    final CallLog callLog;
    final Timelines timelines;
    final DeadLetters deadLetters;
    final RecordingFiles files;
    final CallContexts contexts;
    final CallProcessor processor;
    private final Path folder;
    private final ApiFunctions functions;
    private AccessKeys keys = new AccessKeys(List.of(KEY));

    private ApiBench(FakeClock clock, Path folder) {
        this.clock = clock;
        this.folder = folder;
        this.contexts = new CallContexts(liveKeys(), clock);
        MemoryStorage storage = new MemoryStorage(
                new WireEffectEncoder(URI.create("https://api.example.com"), contexts::context), clock);
        this.calls = new CommitLog(storage.calls());
        this.gateways = storage.gateways();
        this.subscriptions = storage.subscriptions();
        this.identities = storage.identities();
        this.registrations = storage.registrations();
        this.outbox = storage.outbox();
        this.firstAnswers = new FirstAnswerLog(storage.firstAnswers());
        this.callLog = storage.log();
        this.timelines = storage.timelines();
        this.deadLetters = storage.deadLetters();
        this.files = new FolderRecordingFiles(folder);
        this.processor = new CallProcessor(this.calls, pokes, new RandomIds(), clock, conflicts -> {});
        gateways.heartbeat(gateway(0));
        this.functions = new ApiFunctions(this);
    }

    /** Over the in-memory twin of the table. */
    static ApiBench inMemory(Path folder) {
        return new ApiBench(FakeClock.atNoon(), folder);
    }

    /** Invokes the function of the operation with one of its sample events. */
    Reply invoke(String operationAndCase) {
        return invokeWith(operationAndCase, events.read(operationAndCase));
    }

    /** Invokes the function of the operation with this event. */
    Reply invokeWith(String operation, String event) {
        RequestStreamHandler function = functions.of(operation.replaceFirst("/.*", ""));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            function.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), answer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Reply reply = Reply.parse(answer.toByteArray());
        Documented.check(event, reply);
        return reply;
    }

    /** Places the call of the sample and lets the events name it. */
    ServerCall placeCall() {
        return placed(invoke("create-call/ok"));
    }

    /** Lets the events name the call that was placed. */
    ServerCall placed(Reply created) {
        events.set(Events.CONNECTION, created.at("/callConnectionId"));
        events.set(Events.SERVER_CALL, created.at("/serverCallId"));
        ServerCall call = call(created.at("/serverCallId"));
        events.set(Events.PARTICIPANT, call.participants().get(0).participantId());
        return call;
    }

    /** Places the call of the sample; it is answered. */
    ServerCall placeAnsweredCall() {
        return answered(placeCall());
    }

    /** The call's first participant answers. */
    ServerCall answered(ServerCall call) {
        happen(call, new MediaEvent.LegConnected(call.participants().get(0).participantId()));
        return call(call.serverCallId());
    }

    /** A context as the events have it. */
    String context(String serverCallId, String subscriptionId, Instant ringsUntil) {
        return contexts.context(serverCallId, subscriptionId, ringsUntil);
    }

    /** Invokes a sample that has to succeed. */
    void succeed(String operationAndCase) {
        assertThat(invoke(operationAndCase).status()).isBetween(200, 299);
    }

    /** So many more are invited and answer. */
    void join(ServerCall call, int parties) {
        for (int i = 0; i < parties; i++) {
            String participant = invoke("invite-participants/ok").at("/participants/0/participantId");
            happen(call, new MediaEvent.LegConnected(participant));
        }
    }

    /** A participant hangs up. */
    void leave(ServerCall call, String participant) {
        happen(call, new MediaEvent.LegEnded(participant, EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE", null));
    }

    /** The file of the first call's recording is there. */
    void finishRecording() {
        ServerCall call = firstCall();
        String recording = call.recordings().get(0).recordingId();
        try {
            Files.writeString(folder.resolve("r.wav"), "two words");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        happen(call, new MediaEvent.RecordingFile(recording, true, "r.wav", 10, 9, 1, List.of(), "done"));
    }

    /** The call's first event is given up, and the events name it. */
    void giveUp(ServerCall call, int attempts) {
        StreamRef stream = new StreamRef(
                call.serverCallId(),
                Target.ofCallback(call.connections().get(0).callback().uri()));
        Outbox.Row row = outbox.read(stream, 1).rows().get(0);
        Attempt failed = new Attempt(1, clock.instant(), Attempt.Outcome.FAILED, 503, "busy");
        List<Attempt> log = new ArrayList<>(Collections.nCopies(attempts - 1, failed));
        log.add(new Attempt(1, clock.instant(), Attempt.Outcome.DEAD, 410, "gone"));
        outbox.advance(row, 1, log, clock.instant());
        pokes.take();
        events.set(Events.DEAD_LETTER, new DeadLetterId(stream, 1, 1).text());
    }

    /** Lets this happen at the media gateway. */
    void happen(ServerCall call, MediaEvent event) {
        long number = call(call.serverCallId()).lastAppliedEvent() + 1;
        processor.apply(
                call.serverCallId(),
                List.of(new MediaReport(call.serverCallId(), GATEWAY, number, clock.instant(), event)));
        pokes.take();
    }

    ServerCall call(String serverCallId) {
        return calls.load(serverCallId).orElseThrow();
    }

    /** The call that was placed first, as it is now. */
    ServerCall firstCall() {
        return call(calls.commits().get(0).next().serverCallId());
    }

    /** The call changes into this, of which no operation would be capable. */
    void become(ServerCall changed) {
        assertThat(calls.commit(new CallStore.Commit(changed, List.of(), List.of(), clock.instant())))
                .isEqualTo(CallStore.CommitResult.STORED);
    }

    /** Those of this moment. */
    LiveKeys liveKeys() {
        return new LiveKeys(() -> keys, () -> keys);
    }

    /** From now on these are the live keys. */
    void rotate(AccessKeys next) {
        keys = next;
    }

    /** The calls' gateway has no room for another leg from here on. */
    void fillGateway() {
        gateways.heartbeat(gateway(10));
    }

    Gateways.Gateway gateway(int load) {
        return new Gateways.Gateway(
                GATEWAY, URI.create("http://10.0.0.1:8090"), load, 10, false, false, clock.instant());
    }
}
