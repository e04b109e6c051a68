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
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Target;
import io.ringback.core.directory.Subscription;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.DeadLetters;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Ids;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.RecordingFiles;
import io.ringback.core.port.Registrations;
import io.ringback.core.port.StreamRef;
import io.ringback.core.port.Subscriptions;
import io.ringback.core.port.Timelines;
import io.ringback.functions.api.admission.DialPolicy;
import io.ringback.functions.api.admission.GatewayChoice;
import io.ringback.functions.api.admission.RecentSubscriptions;
import io.ringback.functions.api.content.ContentLinks;
import io.ringback.functions.api.content.LinkAuthentication;
import io.ringback.functions.api.directory.EndpointConsent;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.Authentication;
import io.ringback.functions.api.edge.KeyAuthentication;
import io.ringback.functions.api.edge.Repetitions;
import io.ringback.functions.api.edge.RequestLog;
import io.ringback.functions.api.routes.TemplateRoutes;
import io.ringback.testkit.FakeClock;
import io.ringback.webhooks.WebhookSecret;
import io.ringback.webhooks.WebhookSigner;
import io.ringback.wire.access.Access;
import io.ringback.wire.access.AccessKeys;
import io.ringback.wire.access.CallContexts;
import io.ringback.wire.access.LiveKeys;
import io.ringback.wire.effect.WireEffectEncoder;
import io.ringback.wire.outbound.OutboundPolicy;
import io.ringback.wire.repeat.AnswerSeal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Every function of the API over one storage, driven by the sample invocations. */
final class ApiBench {
    /** {@code made-up key of a test} in base64. */
    static final String KEY = "bWFkZS11cCBrZXkgb2YgYSB0ZXN0";

    static final String WEBHOOK_SECRET = "whsec_" + "dGVz".repeat(16);

    private static final WebhookSigner SIGNER = new WebhookSigner(List.of(WebhookSecret.parse(WEBHOOK_SECRET)));

    static final GatewayRef GATEWAY = new GatewayRef("gw-1", "01JD8X0000000000000000000A");
    private static final DialPolicy POLICY =
            DialPolicy.parse("+15555550199,+12025550191", "+1,!+1900,sip:pbx.example.com");

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
    private final CallLog callLog;
    private final Timelines timelines;
    private final DeadLetters deadLetters;
    final RecordingFiles files;
    private final CallContexts contexts;
    private final Path folder;
    private final CallProcessor processor;
    private final Map<String, RequestStreamHandler> functions = new TreeMap<>();
    private AccessKeys keys = new AccessKeys(List.of(KEY));

    private ApiBench(FakeClock clock, Path folder) {
        this.clock = clock;
        this.folder = folder;
        this.contexts = new CallContexts(new LiveKeys(() -> keys, () -> keys), clock);
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
        fill();
    }

    /** Over the in-memory twin of the table. */
    static ApiBench inMemory(Path folder) {
        return new ApiBench(FakeClock.atNoon(), folder);
    }

    private void fill() {
        ContentLinks links = new ContentLinks(new LiveKeys(() -> keys, () -> keys), clock);
        functions.put(
                "create-call",
                new CreateCallFunction(
                        edgeOnce("CreateCall"),
                        processor,
                        new GatewayChoice(gateways, clock),
                        new RecentSubscriptions(subscriptions, clock),
                        POLICY,
                        OutboundPolicy.PUBLIC));
        functions.put("get-call", new GetCallFunction(edge("GetCall"), calls));
        functions.put("hang-up-call", new HangUpCallFunction(edgeOnce("HangUpCall"), processor));
        functions.put("terminate-call", new TerminateCallFunction(edgeOnce("TerminateCall"), processor));
        functions.put("play-audio", new PlayAudioFunction(edgeOnce("PlayAudio"), processor, OutboundPolicy.PUBLIC));
        functions.put(
                "play-audio-to-participant",
                new PlayAudioToParticipantFunction(
                        edgeOnce("PlayAudioToParticipant"), processor, OutboundPolicy.PUBLIC));
        functions.put("send-dtmf", new SendDtmfFunction(edgeOnce("SendDtmf"), processor));
        functions.put(
                "invite-participants",
                new InviteParticipantsFunction(
                        edgeOnce("InviteParticipants"),
                        processor,
                        new CallerIds(calls, POLICY),
                        OutboundPolicy.PUBLIC));
        functions.put("list-participants", new ListParticipantsFunction(edge("ListParticipants"), calls));
        functions.put("get-participant", new GetParticipantFunction(edge("GetParticipant"), calls));
        functions.put("remove-participant", new RemoveParticipantFunction(edge("RemoveParticipant"), processor));
        functions.put("mute-participant", new MuteParticipantFunction(edgeOnce("MuteParticipant"), processor));
        functions.put("unmute-participant", new UnmuteParticipantFunction(edgeOnce("UnmuteParticipant"), processor));
        functions.put(
                "hold-participant",
                new HoldParticipantFunction(edgeOnce("HoldParticipant"), processor, OutboundPolicy.PUBLIC));
        functions.put("unhold-participant", new UnholdParticipantFunction(edgeOnce("UnholdParticipant"), processor));
        functions.put(
                "transfer-call",
                new TransferCallFunction(edgeOnce("TransferCall"), processor, new CallerIds(calls, POLICY)));
        functions.put("join-call", new JoinCallFunction(edgeOnce("JoinCall"), processor, OutboundPolicy.PUBLIC));
        functions.put(
                "cancel-all-media-operations",
                new CancelAllMediaOperationsFunction(edgeOnce("CancelAllMediaOperations"), processor));
        functions.put(
                "start-recording",
                new StartRecordingFunction(edgeOnce("StartRecording"), processor, OutboundPolicy.PUBLIC));
        functions.put("get-recording", new GetRecordingFunction(edge("GetRecording"), calls));
        functions.put("pause-recording", new PauseRecordingFunction(edgeOnce("PauseRecording"), processor));
        functions.put("resume-recording", new ResumeRecordingFunction(edgeOnce("ResumeRecording"), processor));
        functions.put("stop-recording", new StopRecordingFunction(edge("StopRecording"), processor));
        functions.put(
                "get-recording-content",
                new GetRecordingContentFunction(
                        edge("GetRecordingContent", new LinkAuthentication(links, keyAuthentication())),
                        calls,
                        files,
                        links));
        functions.put(
                "delete-recording-content",
                new DeleteRecordingContentFunction(edge("DeleteRecordingContent"), calls, processor, files));
        fillIncoming(new IncomingCalls(processor, contexts));
        fillDirectory(new RandomIds());
        functions.put("list-calls", new ListCallsFunction(edge("ListCalls"), callLog));
        functions.put("get-timeline", new GetTimelineFunction(edge("GetTimeline"), timelines));
        functions.put("list-dead-letters", new ListDeadLettersFunction(edge("ListDeadLetters"), deadLetters));
        functions.put(
                "redrive-dead-letter",
                new RedriveDeadLetterFunction(edgeOnce("RedriveDeadLetter"), deadLetters, pokes));
        functions.put(
                "redrive-all-dead-letters",
                new RedriveAllDeadLettersFunction(edgeOnce("RedriveAllDeadLetters"), deadLetters, pokes));
        functions.put(
                "health",
                new HealthFunction(edge("Health", request -> new Access.Granted(Access.Scheme.NONE)), "1.2.3"));
        functions.put(
                "get-open-api",
                new GetOpenApiFunction(edge("GetOpenApi", request -> new Access.Granted(Access.Scheme.NONE))));
        functions.put("no-such-operation", new NoSuchOperationFunction(edge("NoSuchOperation"), TemplateRoutes.load()));
    }

    private void fillIncoming(IncomingCalls incoming) {
        functions.put("answer-call", new AnswerCallFunction(edgeOnce("AnswerCall"), incoming, OutboundPolicy.PUBLIC));
        functions.put("reject-call", new RejectCallFunction(edgeOnce("RejectCall"), incoming));
        functions.put("redirect-call", new RedirectCallFunction(edgeOnce("RedirectCall"), incoming, calls, POLICY));
    }

    private void fillDirectory(Ids ids) {
        functions.put(
                "create-event-subscription",
                new CreateEventSubscriptionFunction(
                        edgeOnce("CreateEventSubscription"),
                        subscriptions,
                        // Endpoints on this machine, as a laptop's operator allows them.
                        new EndpointConsent(OutboundPolicy.LOCAL, () -> SIGNER, ids, clock),
                        OutboundPolicy.LOCAL,
                        ids,
                        clock));
        functions.put(
                "list-event-subscriptions",
                new ListEventSubscriptionsFunction(edge("ListEventSubscriptions"), subscriptions));
        functions.put(
                "get-event-subscription",
                new GetEventSubscriptionFunction(edge("GetEventSubscription"), subscriptions));
        functions.put(
                "delete-event-subscription",
                new DeleteEventSubscriptionFunction(edge("DeleteEventSubscription"), subscriptions));
        functions.put(
                "create-identity",
                new CreateIdentityFunction(edgeOnce("CreateIdentity"), identities, SIP_DOMAIN, ids, clock));
        functions.put("list-identities", new ListIdentitiesFunction(edge("ListIdentities"), identities, SIP_DOMAIN));
        functions.put("get-identity", new GetIdentityFunction(edge("GetIdentity"), identities, SIP_DOMAIN));
        functions.put("delete-identity", new DeleteIdentityFunction(edge("DeleteIdentity"), identities, registrations));
    }

    /** Invokes the function of the operation with one of its sample events. */
    Reply invoke(String operationAndCase) {
        return invokeWith(operationAndCase, events.read(operationAndCase));
    }

    /** Invokes the function of the operation with this event. */
    Reply invokeWith(String operation, String event) {
        RequestStreamHandler function = Objects.requireNonNull(functions.get(operation.replaceFirst("/.*", "")));
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

    /**
     * A call from a number to one of ours comes in; a subscription is told of it, and the events have the context.
     *
     * @param from who calls
     */
    ServerCall offerCall(Identifier from) {
        succeed("create-event-subscription/everything");
        Identifier to = Identifier.ofPhoneNumber("+12025550190");
        String serverCallId = new RandomIds().newServerCallId();
        Instant until = clock.instant().plusSeconds(60);
        MediaEvent offered =
                new MediaEvent.CallOffered(Origin.Kind.INCOMING, from, "Ada", to, "caller-leg", null, until);
        processor.begin(
                serverCallId,
                List.of(new MediaReport(serverCallId, GATEWAY, 1, clock.instant(), offered)),
                Subscription.subscribers(subscriptions.all(), List.of(to)));
        pokes.take();
        events.set(Events.SERVER_CALL, serverCallId);
        events.set(Events.CONTEXT, contextOf(serverCallId));
        return call(serverCallId);
    }

    /** A context as the events have it. */
    String context(String serverCallId, String subscriptionId, Instant ringsUntil) {
        return contexts.context(serverCallId, subscriptionId, ringsUntil);
    }

    /** The context in the IncomingCall event that the first subscription is sent. */
    private String contextOf(String serverCallId) {
        URI endpoint = subscriptions.all().get(0).callback().uri();
        List<Outbox.Row> rows = outbox.read(new StreamRef(serverCallId, Target.ofCallback(endpoint)), 1)
                .rows();
        return rows.get(0).items().stream()
                .filter(item -> item.type().endsWith(".IncomingCall"))
                .map(item -> item.body().replaceFirst(".*\"incomingCallContext\":\"([^\"]+)\".*", "$1"))
                .findFirst()
                .orElseThrow();
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

    /** How many dead letters there are. */
    int deadLetters() {
        DeadLetters.Answer all = deadLetters.list(new DeadLetters.Question(null, null, DeadLetters.MOST, null));
        return ((DeadLetters.Answer.Page) all).letters().size();
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

    private ApiEdge edgeOnce(String operation) {
        Repetitions repetitions = new Repetitions(firstAnswers, pokes, new AnswerSeal(new SecureRandom()));
        return new ApiEdge(operation, keyAuthentication(), new Lines(log), clock, repetitions);
    }

    private ApiEdge edge(String operation) {
        return edge(operation, keyAuthentication());
    }

    private ApiEdge edge(String operation, Authentication authentication) {
        return new ApiEdge(operation, authentication, new Lines(log), clock);
    }

    private Authentication keyAuthentication() {
        return new KeyAuthentication(new LiveKeys(() -> keys, () -> keys), clock);
    }

    private record Lines(List<String> lines) implements RequestLog {
        @Override
        public void request(String line) {
            lines.add(line);
        }

        @Override
        public void failure(String line, Throwable cause) {
            lines.add("FAILURE " + line + ": " + cause);
        }
    }
}
