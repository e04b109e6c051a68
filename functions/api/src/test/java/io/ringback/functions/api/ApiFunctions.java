package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.RandomIds;
import io.ringback.core.port.Ids;
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
import io.ringback.webhooks.WebhookSecret;
import io.ringback.webhooks.WebhookSigner;
import io.ringback.wire.access.Access;
import io.ringback.wire.outbound.OutboundPolicy;
import io.ringback.wire.repeat.AnswerSeal;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Every function of the API over the storage of a bench, wired as a deployment wires them. */
final class ApiFunctions {
    private static final WebhookSigner SIGNER =
            new WebhookSigner(List.of(WebhookSecret.parse(ApiBench.WEBHOOK_SECRET)));

    private static final DialPolicy POLICY =
            DialPolicy.parse("+15555550199,+12025550191", "+1,!+1900,sip:pbx.example.com");

    private final ApiBench bench;
    private final Map<String, RequestStreamHandler> functions = new TreeMap<>();

    ApiFunctions(ApiBench bench) {
        this.bench = bench;
        fill();
    }

    /** @param operation as its samples are named, e.g. {@code create-call} */
    RequestStreamHandler of(String operation) {
        return Objects.requireNonNull(functions.get(operation), operation);
    }

    private void fill() {
        ContentLinks links = new ContentLinks(bench.liveKeys(), bench.clock);
        functions.put(
                "create-call",
                new CreateCallFunction(
                        edgeOnce("CreateCall"),
                        bench.processor,
                        new GatewayChoice(bench.gateways, bench.clock),
                        new RecentSubscriptions(bench.subscriptions, bench.clock),
                        POLICY,
                        OutboundPolicy.PUBLIC));
        functions.put("get-call", new GetCallFunction(edge("GetCall"), bench.calls));
        functions.put("hang-up-call", new HangUpCallFunction(edgeOnce("HangUpCall"), bench.processor));
        functions.put("terminate-call", new TerminateCallFunction(edgeOnce("TerminateCall"), bench.processor));
        functions.put(
                "play-audio", new PlayAudioFunction(edgeOnce("PlayAudio"), bench.processor, OutboundPolicy.PUBLIC));
        functions.put(
                "play-audio-to-participant",
                new PlayAudioToParticipantFunction(
                        edgeOnce("PlayAudioToParticipant"), bench.processor, OutboundPolicy.PUBLIC));
        functions.put("send-dtmf", new SendDtmfFunction(edgeOnce("SendDtmf"), bench.processor));
        functions.put(
                "invite-participants",
                new InviteParticipantsFunction(
                        edgeOnce("InviteParticipants"),
                        bench.processor,
                        new CallerIds(bench.calls, POLICY),
                        OutboundPolicy.PUBLIC));
        functions.put("list-participants", new ListParticipantsFunction(edge("ListParticipants"), bench.calls));
        functions.put("get-participant", new GetParticipantFunction(edge("GetParticipant"), bench.calls));
        functions.put("remove-participant", new RemoveParticipantFunction(edge("RemoveParticipant"), bench.processor));
        functions.put("mute-participant", new MuteParticipantFunction(edgeOnce("MuteParticipant"), bench.processor));
        functions.put(
                "unmute-participant", new UnmuteParticipantFunction(edgeOnce("UnmuteParticipant"), bench.processor));
        functions.put(
                "hold-participant",
                new HoldParticipantFunction(edgeOnce("HoldParticipant"), bench.processor, OutboundPolicy.PUBLIC));
        functions.put(
                "unhold-participant", new UnholdParticipantFunction(edgeOnce("UnholdParticipant"), bench.processor));
        functions.put(
                "transfer-call",
                new TransferCallFunction(
                        edgeOnce("TransferCall"), bench.processor, new CallerIds(bench.calls, POLICY)));
        functions.put("join-call", new JoinCallFunction(edgeOnce("JoinCall"), bench.processor, OutboundPolicy.PUBLIC));
        functions.put(
                "cancel-all-media-operations",
                new CancelAllMediaOperationsFunction(edgeOnce("CancelAllMediaOperations"), bench.processor));
        functions.put(
                "start-recording",
                new StartRecordingFunction(edgeOnce("StartRecording"), bench.processor, OutboundPolicy.PUBLIC));
        functions.put("get-recording", new GetRecordingFunction(edge("GetRecording"), bench.calls));
        functions.put("pause-recording", new PauseRecordingFunction(edgeOnce("PauseRecording"), bench.processor));
        functions.put("resume-recording", new ResumeRecordingFunction(edgeOnce("ResumeRecording"), bench.processor));
        functions.put("stop-recording", new StopRecordingFunction(edge("StopRecording"), bench.processor));
        functions.put(
                "get-recording-content",
                new GetRecordingContentFunction(
                        edge("GetRecordingContent", new LinkAuthentication(links, keyAuthentication())),
                        bench.calls,
                        bench.files,
                        links));
        functions.put(
                "delete-recording-content",
                new DeleteRecordingContentFunction(
                        edge("DeleteRecordingContent"), bench.calls, bench.processor, bench.files));
        fillIncoming(new IncomingCalls(bench.processor, bench.contexts));
        fillDirectory(new RandomIds());
        functions.put("list-calls", new ListCallsFunction(edge("ListCalls"), bench.callLog));
        functions.put("get-timeline", new GetTimelineFunction(edge("GetTimeline"), bench.timelines));
        functions.put("list-dead-letters", new ListDeadLettersFunction(edge("ListDeadLetters"), bench.deadLetters));
        functions.put(
                "redrive-dead-letter",
                new RedriveDeadLetterFunction(edgeOnce("RedriveDeadLetter"), bench.deadLetters, bench.pokes));
        functions.put(
                "redrive-all-dead-letters",
                new RedriveAllDeadLettersFunction(edgeOnce("RedriveAllDeadLetters"), bench.deadLetters, bench.pokes));
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
        functions.put(
                "redirect-call", new RedirectCallFunction(edgeOnce("RedirectCall"), incoming, bench.calls, POLICY));
    }

    private void fillDirectory(Ids ids) {
        functions.put(
                "create-event-subscription",
                new CreateEventSubscriptionFunction(
                        edgeOnce("CreateEventSubscription"),
                        bench.subscriptions,
                        // Endpoints on this machine, as a laptop's operator allows them.
                        new EndpointConsent(OutboundPolicy.LOCAL, () -> SIGNER, ids, bench.clock),
                        OutboundPolicy.LOCAL,
                        ids,
                        bench.clock));
        functions.put(
                "list-event-subscriptions",
                new ListEventSubscriptionsFunction(edge("ListEventSubscriptions"), bench.subscriptions));
        functions.put(
                "get-event-subscription",
                new GetEventSubscriptionFunction(edge("GetEventSubscription"), bench.subscriptions));
        functions.put(
                "delete-event-subscription",
                new DeleteEventSubscriptionFunction(edge("DeleteEventSubscription"), bench.subscriptions));
        functions.put(
                "create-identity",
                new CreateIdentityFunction(
                        edgeOnce("CreateIdentity"), bench.identities, ApiBench.SIP_DOMAIN, ids, bench.clock));
        functions.put(
                "list-identities",
                new ListIdentitiesFunction(edge("ListIdentities"), bench.identities, ApiBench.SIP_DOMAIN));
        functions.put(
                "get-identity", new GetIdentityFunction(edge("GetIdentity"), bench.identities, ApiBench.SIP_DOMAIN));
        functions.put(
                "delete-identity",
                new DeleteIdentityFunction(edge("DeleteIdentity"), bench.identities, bench.registrations));
    }

    private ApiEdge edgeOnce(String operation) {
        Repetitions repetitions = new Repetitions(bench.firstAnswers, bench.pokes, new AnswerSeal(new SecureRandom()));
        return new ApiEdge(operation, keyAuthentication(), new Lines(bench.log), bench.clock, repetitions);
    }

    private ApiEdge edge(String operation) {
        return edge(operation, keyAuthentication());
    }

    private ApiEdge edge(String operation, Authentication authentication) {
        return new ApiEdge(operation, authentication, new Lines(bench.log), bench.clock);
    }

    private Authentication keyAuthentication() {
        return new KeyAuthentication(bench.liveKeys(), bench.clock);
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
