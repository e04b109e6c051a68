package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.phones.CallTrace;
import io.ringback.local.phones.PhoneEvent.Kind;
import io.ringback.local.stack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/** A call that an application placed to a simulated phone: what it does to it, what it and the phones learn of it. */
final class PhoneCall {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> SOURCE = number("99");

    private final LocalStack stack;
    private final DocumentedClient api;
    private final CallbackReceiver receiver;
    private final String connection;
    private final String serverCall;

    private PhoneCall(
            LocalStack stack, DocumentedClient api, CallbackReceiver receiver, String connection, String serverCall) {
        this.stack = stack;
        this.api = api;
        this.receiver = receiver;
        this.connection = connection;
        this.serverCall = serverCall;
    }

    /**
     * Places a call.
     *
     * @param phone the last two digits of its number
     */
    static PhoneCall to(String phone, LocalStack stack, DocumentedClient api, CallbackReceiver receiver)
            throws IOException, InterruptedException {
        JsonNode created = api.call(
                "CreateCall",
                Map.of(),
                Map.of(
                        "targets", List.of(target(phone)),
                        "source", Map.of("phoneNumber", SOURCE),
                        "callbackUri", receiver.uri("/application").toString()));
        return new PhoneCall(
                stack,
                api,
                receiver,
                created.path("callConnectionId").asText(),
                created.path("serverCallId").asText());
    }

    /** Asks for what event subscriptions are told of every call. */
    static void subscribe(DocumentedClient api, CallbackReceiver receiver) throws IOException, InterruptedException {
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
    }

    static Map<String, Object> target(String phone) {
        return Map.of("phoneNumber", number(phone));
    }

    private static Map<String, String> number(String phone) {
        return Map.of("value", "+155555501" + phone);
    }

    String connection() {
        return connection;
    }

    String serverCall() {
        return serverCall;
    }

    Map<String, String> path() {
        return Map.of("callConnectionId", connection);
    }

    Map<String, String> outOfCall() {
        return Map.of("serverCallId", serverCall);
    }

    /** The participant that the call was placed to. */
    String first() throws IOException, InterruptedException {
        return api.call("ListParticipants", path()).get(0).path("participantId").asText();
    }

    /** Brings somebody in, whose phone rings for at most 5 s. */
    String invite(String phone) throws IOException, InterruptedException {
        return api.call(
                        "InviteParticipants",
                        path(),
                        Map.of("participants", List.of(target(phone)), "ringTimeoutInSeconds", 5))
                .path("participants")
                .get(0)
                .path("participantId")
                .asText();
    }

    /** Another application comes. @return its connection */
    String joined() throws IOException, InterruptedException {
        String other = api.call(
                        "JoinCall",
                        outOfCall(),
                        Map.of(
                                "source", Map.of("communicationUser", Map.of("id", "8:acs:ringback_supervisor")),
                                "callbackUri", receiver.uri("/joined").toString()))
                .path("callConnectionId")
                .asText();
        awaitState(other, "established");
        return other;
    }

    JsonNode awaitState(String callConnectionId, String state) throws InterruptedException {
        return receiver.await(
                        "CallConnectionStateChanged",
                        data -> isOf(data, callConnectionId)
                                && data.path("callConnectionState").asText().equals(state),
                        state,
                        PATIENCE)
                .data();
    }

    /** What a connection was told of its state, in order. */
    List<String> states(String callConnectionId) {
        return receiver.events().stream()
                .filter(event ->
                        event.type().equals("CallConnectionStateChanged") && isOf(event.data(), callConnectionId))
                .map(event -> event.data().path("callConnectionState").asText())
                .toList();
    }

    void awaitConnected(String participantId) throws InterruptedException {
        awaitParticipant("CallParticipantAdded", participantId);
    }

    void awaitGone(String participantId) throws InterruptedException {
        awaitParticipant("CallParticipantRemoved", participantId);
    }

    private void awaitParticipant(String type, String participantId) throws InterruptedException {
        receiver.await(
                type,
                data -> data.path("participant").path("participantId").asText().equals(participantId),
                "of " + participantId,
                PATIENCE);
    }

    /** The ringing one is no more. */
    void awaitNotReached(String participantId) throws InterruptedException {
        receiver.await(
                "InviteParticipantResult",
                data -> data.path("participantId").asText().equals(participantId)
                        && data.path("status").asText().equals("failed"),
                "of " + participantId,
                PATIENCE);
    }

    JsonNode result(String type, String operationId) throws InterruptedException {
        return receiver.await(
                        type,
                        data -> data.path("operationId").asText().equals(operationId),
                        "of " + operationId,
                        PATIENCE)
                .data();
    }

    JsonNode awaitEnd() throws InterruptedException {
        return receiver.await("CallEnded", this::isOfThisCall, "of " + serverCall, PATIENCE)
                .data();
    }

    /** How often an event of this type told of this call. */
    long count(String type) {
        return receiver.events().stream()
                .filter(event -> event.type().equals(type) && isOfThisCall(event.data()))
                .count();
    }

    /** Plays to all, from outside, to the end. */
    void play(URI audio) throws IOException, InterruptedException {
        String operationId = api.call(
                        "PlayAudioOutOfCall",
                        outOfCall(),
                        Map.of(
                                "audioFileUri",
                                audio.toString(),
                                "callbackUri",
                                receiver.uri("/play").toString()))
                .path("operationId")
                .asText();
        assertThat(result("PlayAudioResult", operationId).path("status").asText())
                .isEqualTo("completed");
    }

    /** Who rings or is connected, as seen from outside. */
    Set<String> roster() throws IOException, InterruptedException {
        Set<String> roster = new TreeSet<>();
        for (JsonNode participant : api.call("ListParticipantsOutOfCall", outOfCall())) {
            roster.add(participant.path("participantId").asText());
        }
        return roster;
    }

    CallTrace awaitPhone(String participantId, Kind kind) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> phone(participantId)
                        .filter(trace -> trace.first(kind).isPresent())
                        .isPresent());
        return phone(participantId).orElseThrow();
    }

    private Optional<CallTrace> phone(String participantId) {
        return stack.phones().call(participantId);
    }

    private boolean isOfThisCall(JsonNode data) {
        return data.path("serverCallId").asText().equals(serverCall);
    }

    private static boolean isOf(JsonNode data, String callConnectionId) {
        return data.path("callConnectionId").asText().equals(callConnectionId);
    }
}
