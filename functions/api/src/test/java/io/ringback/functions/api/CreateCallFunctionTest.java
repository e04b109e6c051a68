package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Connection;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.directory.Subscription;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.StreamRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateCallFunctionTest {
    private static final URI CALLBACK = URI.create("https://app.example.com/events?tenant=7");

    private static final String TARGET = "{\\\"phoneNumber\\\": {\\\"value\\\": \\\"+12025550101\\\"}}";

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @Test
    void aCallIsPlacedAndItsConsumersAreWoken() {
        Reply reply = bench.invoke("create-call/ok");

        assertThat(reply.status()).isEqualTo(201);
        String serverCallId = reply.at("/serverCallId");
        ServerCall call = bench.call(serverCallId);
        Connection connection = call.connection(reply.at("/callConnectionId")).orElseThrow();
        assertThat(call.gateway()).isEqualTo(ApiBench.GATEWAY);
        assertThat(call.state()).isEqualTo(CallState.ESTABLISHING);
        assertThat(connection.callback()).isEqualTo(new Callback(CALLBACK, "2021-06-15-preview"));
        assertThat(connection.source()).isEqualTo(new Identifier("8:acs:example_reminders"));
        assertThat(connection.operationContext()).isEqualTo("reminder-4711");
        assertThat(connection.requestedEvents()).containsExactlyInAnyOrder(Connection.RequestedEvent.values());
        assertThat(bench.pokes.take())
                .containsExactlyInAnyOrder(
                        new StreamRef(serverCallId, Target.MEDIA),
                        new StreamRef(serverCallId, Target.ofCallback(CALLBACK)));
    }

    @Test
    void theDialShowsTheAlternateCallerIdAndRingsAsLongAsAsked() {
        bench.invoke("create-call/ok");

        assertThat(bench.calls.commits())
                .singleElement()
                .satisfies(commit -> assertThat(commit.effects())
                        .filteredOn(Effect.Command.class::isInstance)
                        .extracting(effect -> ((Effect.Command) effect).command())
                        .singleElement()
                        .isInstanceOfSatisfying(MediaCommand.DialLeg.class, dial -> {
                            assertThat(dial.target()).isEqualTo(Identifier.ofPhoneNumber("+12025550101"));
                            assertThat(dial.callerId()).isEqualTo("+15555550199");
                            assertThat(dial.ringTimeout()).isEqualTo(Duration.ofSeconds(30));
                        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-caller-id     | 400 | 8523  | alternateCallerId            | is missing",
                "not-a-number     | 400 | 8523  | targets[0].phoneNumber.value | like +14255550123",
                "no-callback      | 400 | 8523  | callbackUri                  | is missing",
                "video            | 400 | 8523  | requestedMediaTypes[1]       | audio only",
                "ring-too-long    | 400 | 8523  | ringTimeoutInSeconds         | from 5 to 180",
                "group-forbidden-number | 403 | 10300 | targets[2]             | RINGBACK_DIAL_PREFIXES",
                "forbidden-number | 403 | 10300 | targets[0]                   | RINGBACK_DIAL_PREFIXES",
                "foreign-caller-id | 403 | 10300 | alternateCallerId.value     | RINGBACK_OWN_NUMBERS",
                "wrong-content-type | 415 | 415 | Content-Type                 | accepted: application/json",
                "unknown-version  | 400 | 8523  | api-version                  | accepted: 2021-06-15-preview"
            })
    void aBadRequestPlacesNoCall(String sample, int status, String code, String target, String message) {
        Reply reply = bench.invoke("create-call/" + sample);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.target()).contains(target);
        assertThat(reply.message()).contains(message);
        assertNothingDialled();
    }

    @Test
    void aGroupIsDialledAllAtOnceInItsOrder() {
        Reply reply = bench.invoke("create-call/group");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(bench.calls.commits())
                .singleElement()
                .satisfies(commit -> assertThat(commit.effects())
                        .filteredOn(Effect.Command.class::isInstance)
                        .extracting(effect -> ((Effect.Command) effect).command())
                        .extracting(command ->
                                ((MediaCommand.DialLeg) command).target().rawId())
                        .containsExactly("4:+12025550101", "4:+12025550102", "8:acs:ringback_ada"));
    }

    @Test
    void aUserNeedsNeitherCallerIdNorPolicy() {
        String event = bench.events
                .read("create-call/ok")
                .replace(TARGET, "{\\\"rawId\\\": \\\"8:acs:ringback_ada\\\"}")
                .replace("alternateCallerId", "nobody");

        assertThat(bench.invokeWith("create-call", event).status()).isEqualTo(201);
    }

    @Test
    void aGatewayNeedsRoomForTheWholeGroup() {
        bench.gateways.heartbeat(bench.gateway(8));

        assertThat(bench.invoke("create-call/group").status()).isEqualTo(429);
        assertNothingDialled();
        assertThat(bench.invoke("create-call/ok").status()).isEqualTo(201);
    }

    @Test
    void theCallIsAnnouncedToWhoeverSubscribedToItsTargets() {
        subscribe("all", List.of());
        subscribe("hers", List.of(new Identifier("8:acs:ringback_ada")));
        subscribe("another", List.of(Identifier.ofPhoneNumber("+12025550177")));

        String call = bench.invoke("create-call/group").at("/serverCallId");

        assertThat(bench.call(call).subscribers())
                .extracting(Subscriber::subscriptionId)
                .containsExactly("all", "hers");
    }

    @Test
    void whatFiftySubscriptionsAreToldOfHasFewerTargets() {
        for (int i = 0; i < Subscription.MOST; i++) {
            subscribe("subscription-" + i, List.of());
        }
        bench.gateways.heartbeat(new Gateways.Gateway(
                ApiBench.GATEWAY, URI.create("http://10.0.0.1:8090"), 0, 100, false, false, bench.clock.instant()));
        String targets = IntStream.rangeClosed(1, 17)
                .mapToObj(i -> TARGET.replace("0101", String.format("01%02d", i)))
                .collect(Collectors.joining(", "));
        String event = bench.events.read("create-call/ok").replace(TARGET, targets);
        Reply reply = bench.invokeWith("create-call", event);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8528");
        assertThat(reply.target()).contains("targets");
        assertNothingDialled();
    }

    @Test
    void whoIsNamedTwiceIsNotRungTwice() {
        String event = bench.events.read("create-call/ok").replace(TARGET, TARGET + ", " + TARGET);
        Reply reply = bench.invokeWith("create-call", event);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8523");
        assertThat(reply.target()).contains("targets[1]");
        assertNothingDialled();
    }

    @Test
    void aSubscriptionIsHeardOfAfter5SecondsAtMost() {
        bench.placeCall();
        subscribe("late", List.of());

        bench.clock.advance(Duration.ofMillis(4_999));
        assertThat(bench.placeCall().subscribers()).isEmpty();
        bench.clock.advance(Duration.ofMillis(1));
        assertThat(bench.placeCall().subscribers()).hasSize(1);
    }

    @Test
    void withoutAVersionTheNativeApiIsMeant() {
        String event = bench.events
                .read("create-call/ok")
                .replace("\"api-version\": \"2021-06-15-preview\"", "")
                .replace("api-version=2021-06-15-preview", "");

        assertThat(bench.invokeWith("create-call", event).status()).isEqualTo(201);
    }

    @Test
    void aFullGatewayIsNoCapacity() {
        bench.gateways.heartbeat(bench.gateway(10));

        assertNoCapacity();
    }

    @Test
    void aGatewayThatIsSilentFor15SecondsIsNoCapacity() {
        bench.clock.advance(Duration.ofSeconds(15));

        assertNoCapacity();
    }

    @Test
    void aFencedGatewayIsNoCapacity() {
        bench.gateways.fence(bench.gateways.all().get(0), bench.clock.instant());

        assertNoCapacity();
    }

    @Test
    void theGatewayWithMostFreeSlotsIsChosenOfThoseThatTakeCalls() {
        bench.gateways.heartbeat(gateway("gw-2", 3, 20, false));
        bench.gateways.heartbeat(gateway("gw-3", 0, 16, false));
        bench.gateways.heartbeat(gateway("gw-4", 0, 99, true));

        bench.placeCall();

        assertThat(bench.calls.commits())
                .singleElement()
                .satisfies(commit ->
                        assertThat(commit.next().gateway().gatewayId()).isEqualTo("gw-2"));
    }

    @Test
    void whereSomebodyElseTookTheLastPlacesTheNextGatewayIsTried() {
        bench.gateways.heartbeat(gateway("gw-2", 0, 20, false));
        bench.calls.beforeTheNextCommit(() -> bench.gateways.heartbeat(gateway("gw-2", 20, 20, false)));

        bench.placeCall();

        assertThat(bench.calls.commits())
                .singleElement()
                .satisfies(commit ->
                        assertThat(commit.next().gateway().gatewayId()).isEqualTo("gw-1"));
    }

    @Test
    void whereSomebodyElseTookTheLastPlacesOfAllThereIsNoCapacity() {
        bench.calls.beforeTheNextCommit(bench::fillGateway);

        assertNoCapacity();
    }

    @Test
    void aTenthLegIsDialledAndAnEleventhIsNot() {
        for (int i = 0; i < 10; i++) {
            bench.placeCall();
        }

        assertThat(bench.invoke("create-call/ok").status()).isEqualTo(429);
        assertThat(bench.calls.commits()).hasSize(10);
    }

    @Test
    void sipTargetsAreDialledAtAllowedHostsOnly() {
        String event = bench.events.read("create-call/ok");
        assertThat(event).contains(TARGET);

        Reply allowed = bench.invokeWith(
                "create-call", event.replace(TARGET, "{\\\"rawId\\\": \\\"sip:desk@PBX.example.com\\\"}"));
        int commits = bench.calls.commits().size();
        Reply foreign = bench.invokeWith(
                "create-call", event.replace(TARGET, "{\\\"rawId\\\": \\\"sip:desk@evil.example\\\"}"));

        assertThat(allowed.status()).isEqualTo(201);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.code()).isEqualTo("10300");
        assertThat(foreign.message()).contains("sip:pbx.example.com");
        assertThat(bench.calls.commits()).hasSize(commits);
    }

    private void subscribe(String id, List<Identifier> to) {
        assertThat(bench.subscriptions.add(new Subscription(
                        id,
                        new Callback(CALLBACK, "2021-06-15-preview"),
                        Set.of(Subscriber.Announcement.CALL_STARTED),
                        to,
                        bench.clock.instant())))
                .isTrue();
    }

    private void assertNoCapacity() {
        Reply reply = bench.invoke("create-call/ok");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.code()).isEqualTo("429");
        assertThat(reply.message()).contains("nothing was dialled");
        assertThat(reply.headers()).containsEntry("retry-after", "5");
        assertNothingDialled();
    }

    private void assertNothingDialled() {
        assertThat(bench.calls.commits()).isEmpty();
        assertThat(bench.pokes.take()).isEqualTo(List.of());
    }

    private Gateways.Gateway gateway(String id, int load, int capacity, boolean draining) {
        return new Gateways.Gateway(
                new GatewayRef(id, "01JD8X0000000000000000000A"),
                URI.create("http://10.0.0.2:8090"),
                load,
                capacity,
                draining,
                false,
                bench.clock.instant());
    }
}
