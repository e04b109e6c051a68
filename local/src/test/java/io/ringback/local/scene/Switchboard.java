package io.ringback.local.scene;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.phones.CallTrace;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.StackOptions.Trunk;
import io.ringback.local.stack.TestStacks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A stack that takes calls from a trunk, and an application that is told of those to some numbers. */
final class Switchboard implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Every sender on loopback is this trunk; nothing is dialled there. */
    private static final Trunk TRUNK = new Trunk(URI.create("sip:127.0.0.1:9"), null, null);

    private final Path folder;
    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final LocalStack stack;
    private final CallbackReceiver receiver;
    private final DocumentedClient api;

    /** @param numbers about whose calls the application decides */
    Switchboard(Path folder, List<String> numbers) throws Exception {
        this.folder = folder;
        this.stack = LocalStack.start(TestStacks.options(folder.resolve("data")).withTrunk(TRUNK));
        endings.push(stack::close);
        this.receiver = TestStacks.receiver();
        endings.push(receiver::close);
        this.api = new DocumentedClient(stack.ready().http(), stack.ready().accessKey());
        api.call(
                "CreateEventSubscription",
                Map.of(),
                Map.of("endpoint", receiver.uri("/incoming").toString(), "to", numbers));
    }

    private Caller opened(Caller caller) {
        endings.push(caller::close);
        return caller;
    }

    DocumentedClient api() {
        return api;
    }

    /** Where a connection's events are to be sent. */
    String callbackUri() {
        return receiver.uri("/connection").toString();
    }

    /** Somebody calls; see {@link Caller#calling}. */
    Caller calls(String scenario, String called) throws Exception {
        return opened(Caller.calling(scenario, called, stack.ready().sip(), folder));
    }

    /** Somebody calls and expects to be refused with this status. */
    Caller callsAndIsRefused(int status, String called) throws Exception {
        return opened(Caller.refused(status, called, stack.ready().sip(), folder));
    }

    /** The simulated phone of this number, once it was called. */
    CallTrace phone(String number) {
        return stack.phones().calls().stream()
                .filter(call -> call.number().equals(number))
                .findFirst()
                .orElseThrow();
    }

    /** The question about the call to this number. */
    JsonNode incoming(String called) throws InterruptedException {
        return receiver.await(
                        "IncomingCall",
                        data -> data.at("/to/phoneNumber/value").asText().equals(called),
                        "to " + called,
                        PATIENCE)
                .data();
    }

    /** An event of the server call. */
    JsonNode ofCall(String type, JsonNode incoming) throws InterruptedException {
        String serverCallId = incoming.path("serverCallId").asText();
        return receiver.await(
                        type,
                        data -> data.path("serverCallId").asText().equals(serverCallId),
                        "of " + serverCallId,
                        PATIENCE)
                .data();
    }

    /** Why the call ended, by the event that the subscribers get. */
    String endReason(JsonNode incoming) throws InterruptedException {
        return ofCall("CallEnded", incoming).at("/resultInfo/reason").asText();
    }

    /** A change of the connection's state. */
    JsonNode state(String callConnectionId, String state) throws InterruptedException {
        return receiver.await(
                        "CallConnectionStateChanged",
                        data -> data.path("callConnectionId").asText().equals(callConnectionId)
                                && data.path("callConnectionState").asText().equals(state),
                        state,
                        PATIENCE)
                .data();
    }

    @Override
    public void close() {
        while (!endings.isEmpty()) {
            endings.pop().run();
        }
    }
}
