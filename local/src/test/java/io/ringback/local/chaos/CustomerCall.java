package io.ringback.local.chaos;

import io.ringback.local.chaos.PersistentClient.Reply;
import io.ringback.local.chaos.Script.Action;
import io.ringback.local.chaos.Script.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One call of the application: knows what it was told, and follows its script. */
final class CustomerCall {
    private final Customer customer;
    private final Script script;
    private final Instant begun = Instant.now();
    private String connection = "";
    private String serverCall = "";
    private String recording = "";
    private boolean established;
    private boolean over;
    private boolean ending;

    CustomerCall(Customer customer, Script script) {
        this.customer = customer;
        this.script = script;
    }

    /** The request that began it was accepted. */
    void accepted(Reply reply) {
        accepted(reply.text("callConnectionId"), reply.text("serverCallId"));
    }

    /** Its ids are known. */
    synchronized void accepted(String callConnectionId, String serverCallId) {
        connection = callConnectionId;
        serverCall = serverCallId;
        customer.requests().owe(Owed.terminated(callConnectionId));
    }

    synchronized void told(Arrival arrival) {
        if (!arrival.type().equals("CallConnectionStateChanged")) {
            return;
        }
        connection = arrival.text("callConnectionId");
        serverCall = arrival.text("serverCallId");
        switch (arrival.text("callConnectionState")) {
            case "established" -> {
                if (!established) {
                    established = true;
                    customer.schedule(this, script.steps());
                }
            }
            case "terminated" -> over = true;
            default -> {
                // What it waits for comes later.
            }
        }
    }

    /** Ends it, if it is not over. */
    synchronized void end() {
        if (!over && !ending && !connection.isEmpty()) {
            // One request is enough: it is repeated until it is answered.
            ending = true;
            ask("terminate", customer.api().post(connectionPath() + "/:terminate", Map.of()), reply -> {});
        }
    }

    /** Ends it, if it is not over by now. */
    void endIfOlder(Duration age) {
        if (Instant.now().isAfter(begun.plus(age))) {
            end();
        }
    }

    /** Takes the next step, unless the call is over. */
    synchronized void take(Step step) {
        if (!over) {
            ask(step.action(), step.phone());
        }
    }

    private void ask(Action action, String phone) {
        switch (action) {
            case PLAY -> operation(action, connectionPath() + "/:playAudio", Map.of("audioFileUri", customer.prompt()));
            case PLAY_FOREVER ->
                operation(
                        action,
                        connectionPath() + "/:playAudio",
                        Map.of("audioFileUri", customer.prompt(), "loop", true));
            case PLAY_TO_ALL ->
                operation(
                        action,
                        serverCallPath() + "/:playAudio",
                        Map.of("audioFileUri", customer.prompt(), "callbackUri", customer.uniqueCallback("/plays")));
            case CANCEL_ALL -> operation(action, connectionPath() + "/:cancelAllMediaOperations", Map.of());
            case RECORD ->
                ask(
                        "record",
                        post(
                                serverCallPath() + "/recordings",
                                Map.of("recordingStateCallbackUri", customer.uniqueCallback("/recordings"))),
                        this::recording);
            case PAUSE_RECORDING -> {
                if (!recording.isEmpty()) {
                    ask("pause", post(recordingPath() + "/:pause", Map.of()), reply -> {});
                }
            }
            case STOP_RECORDING -> {
                if (!recording.isEmpty()) {
                    ask("stop", customer.api().delete(recordingPath()), reply -> {});
                }
            }
            case INVITE -> invite(customer.requests().number(phone));
            case TRANSFER -> transfer(customer.requests().number(phone));
            case SEND_TONES ->
                ofSomebody(participant ->
                        operation(action, participant + "/:sendDtmf", Map.of("tones", List.of("tone1", "pound"))));
            case MUTE -> ofSomebody(participant -> ask("mute", post(participant + "/:mute", Map.of()), reply -> {}));
            case HOLD -> ofSomebody(participant -> ask("hold", post(participant + "/:hold", Map.of()), reply -> {}));
            case JOIN ->
                ask(
                        "join",
                        post(
                                serverCallPath() + "/:join",
                                Map.of(
                                        "source",
                                        Map.of("communicationUser", Map.of("id", "8:acs:ringback_expert")),
                                        "callbackUri",
                                        customer.uniqueCallback("/joined"))),
                        reply -> customer.joined(reply, serverCall));
            case HANG_UP -> ask("hangup", post(connectionPath() + "/:hangup", Map.of()), reply -> {});
            case TERMINATE -> ask("terminate", post(connectionPath() + "/:terminate", Map.of()), reply -> {});
        }
    }

    private void invite(String number) {
        Map<String, ?> body = Map.of("participants", List.of(Customer.phone(number)), "ringTimeoutInSeconds", 6);
        customer.dial(
                "invite",
                number,
                post(connectionPath() + "/participants", body),
                reply -> reply.body()
                        .path("participants")
                        .forEach(participant -> customer.requests()
                                .owe(Owed.invitation(
                                        participant.path("participantId").asText()))));
    }

    private void transfer(String number) {
        Map<String, ?> body = Map.of("targetParticipant", Customer.phone(number));
        customer.dial(
                "transfer",
                number,
                post(connectionPath() + "/:transfer", body),
                reply -> customer.requests().owe(Owed.result(reply.text("operationId"))));
    }

    private void operation(Action action, String request, Map<String, ?> body) {
        ask(
                action.name(),
                post(request, body),
                reply -> customer.requests().owe(Owed.result(reply.text("operationId"))));
    }

    /** Something about the first of those who are there. */
    private void ofSomebody(Consumer<String> participantPath) {
        ask("list", customer.api().get(connectionPath() + "/participants"), reply -> {
            String id = reply.body().path(0).path("participantId").asText();
            if (!id.isEmpty()) {
                participantPath.accept(connectionPath() + "/participants/" + id);
            }
        });
    }

    private synchronized void recording(Reply reply) {
        recording = reply.text("recordingId");
        customer.requests().owe(Owed.recordingFile(recording));
    }

    private CompletableFuture<Reply> post(String request, Map<String, ?> body) {
        return customer.api().post(request, body);
    }

    private void ask(String what, CompletableFuture<Reply> answer, Consumer<Reply> accepted) {
        customer.ask(what, answer, accepted);
    }

    private synchronized String connectionPath() {
        return "/calling/callConnections/" + connection;
    }

    private synchronized String serverCallPath() {
        return "/calling/serverCalls/" + serverCall;
    }

    private synchronized String recordingPath() {
        return serverCallPath() + "/recordings/" + recording;
    }
}
