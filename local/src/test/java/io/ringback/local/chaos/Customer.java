package io.ringback.local.chaos;

import io.ringback.local.chaos.PersistentClient.Reply;
import io.ringback.local.chaos.Script.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An application as a customer would write it: places calls, decides about callers, and does whatever else it does when
 * it is called back. Each call has a path of its own at one of the receivers.
 */
final class Customer {
    private static final String CONNECTIONS = "/calling/callConnections";
    private static final Duration LONGEST_CALL = Duration.ofSeconds(20);
    private static final String OWN_NUMBER = "+15555550199";

    private final PersistentClient api;
    private final Requests requests;
    private final ScheduledExecutorService timer;
    private final Random random;
    private final String prompt;
    private final List<MoodyReceiver> receivers = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<String, CustomerCall> byPath = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /** @param prompt the address of a sound */
    Customer(PersistentClient api, Requests requests, ScheduledExecutorService timer, Random random, String prompt) {
        this.api = api;
        this.requests = requests;
        this.timer = timer;
        this.random = random;
        this.prompt = prompt;
    }

    /** Where its callbacks come to. */
    void receives(List<MoodyReceiver> servers) {
        receivers.addAll(servers);
    }

    /** Asks to be told of every call, and to decide about those that come in. */
    void subscribe() {
        api.post("/eventSubscriptions", Map.of("endpoint", callback("/subscription")))
                .thenAccept(reply -> requests.note("subscribe", reply))
                .join();
    }

    PersistentClient api() {
        return api;
    }

    Requests requests() {
        return requests;
    }

    /** An address for the callbacks of a call, and for nothing else. */
    String callback(String path) {
        return receivers.get(Math.floorMod(path.hashCode(), receivers.size())).uri(path);
    }

    /** An address of its own, for a stream of its own. */
    String uniqueCallback(String kind) {
        return callback(kind + "/" + calls.incrementAndGet());
    }

    /** Places the next call. */
    void place() {
        Script script = script();
        String path = "/calls/" + calls.incrementAndGet();
        CustomerCall call = new CustomerCall(this, script);
        byPath.put(path, call);
        String number = requests.number(script.phone());
        dial(
                "create",
                number,
                api.post(
                        CONNECTIONS,
                        Map.of(
                                "targets", List.of(phone(number)),
                                "source", phone(OWN_NUMBER),
                                "ringTimeoutInSeconds", 20,
                                "requestedCallEvents", List.of("participantsUpdated", "dtmfReceived"),
                                "callbackUri", callback(path))),
                call::accepted);
    }

    /** Asks for something, and goes on when it is granted. */
    void ask(String what, CompletableFuture<Reply> answer, Consumer<Reply> accepted) {
        var unused = answer.thenAccept(reply -> {
                    requests.note(what, reply);
                    if (reply.accepted()) {
                        accepted.accept(reply);
                    }
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        requests.complain("the application failed: " + failure);
                    }
                });
    }

    /** Asks for something that dials this number. */
    void dial(String what, String number, CompletableFuture<Reply> answer, Consumer<Reply> accepted) {
        ask(
                what,
                answer.thenApply(reply -> {
                    requests.answered(number, reply);
                    return reply;
                }),
                accepted);
    }

    /** An event was taken, perhaps not for the first time. */
    void told(Arrival arrival) {
        if (!seen.add(arrival.id())) {
            return;
        }
        switch (arrival.type()) {
            case "IncomingCall" -> decide(arrival);
            case "CallStarted" -> requests.owe(Owed.callEnded(arrival.text("serverCallId")));
            default -> {
                CustomerCall call = byPath.get(arrival.stream().split(" ", 2)[0]);
                if (call != null) {
                    call.told(arrival);
                }
            }
        }
    }

    /** Of callers most are answered, some are rejected, some hear it ring. */
    private void decide(Arrival incoming) {
        int decision;
        synchronized (random) {
            decision = random.nextInt(6);
        }
        String context = incoming.text("incomingCallContext");
        if (decision == 0) {
            Map<String, ?> busy = Map.of("incomingCallContext", context, "callRejectReason", "busy");
            ask("reject", api.post(CONNECTIONS + "/:reject", busy), reply -> {});
        } else if (decision > 1) {
            String path = "/callers/" + calls.incrementAndGet();
            CustomerCall call = new CustomerCall(this, script());
            byPath.put(path, call);
            Map<String, ?> answer = Map.of("incomingCallContext", context, "callbackUri", callback(path));
            ask("answer", api.post(CONNECTIONS + "/:answer", answer), call::accepted);
        }
    }

    /** Another connection to a call: leaves it when everything ends. */
    void joined(Reply reply, String serverCallId) {
        String path = "/joined/" + calls.incrementAndGet();
        CustomerCall call = new CustomerCall(this, new Script("", List.of()));
        call.accepted(reply.text("callConnectionId"), serverCallId);
        byPath.put(path, call);
        var unused = timer.schedule(call::end, 5, TimeUnit.SECONDS);
    }

    /** Does the steps of an established call when their time has come. */
    void schedule(CustomerCall call, List<Step> steps) {
        for (Step step : steps) {
            var unused = timer.schedule(() -> call.take(step), step.after().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends whatever should be over, whether it was told or not. */
    void endOld() {
        byPath.values().forEach(call -> call.endIfOlder(LONGEST_CALL));
    }

    /** Forgets what is over. */
    void clear() {
        byPath.clear();
        seen.clear();
    }

    private Script script() {
        synchronized (random) {
            return Script.random(random);
        }
    }

    String prompt() {
        return prompt;
    }

    static Map<String, ?> phone(String number) {
        return Map.of("phoneNumber", Map.of("value", number));
    }
}
