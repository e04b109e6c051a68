package io.ringback.aws.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Gateways.Reserved;
import io.ringback.core.port.Gateways.Slots;
import io.ringback.core.port.StreamRef;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What commits that dial take of a gateway's room, and how it comes back (telephony §11). */
public abstract class ReservationContract extends StorageContract {
    private static final GatewayRef LIFE = CallSamples.GATEWAY;
    private static final GatewayRef NEXT_LIFE = new GatewayRef(LIFE.gatewayId(), "01JEPOCH0000000000000000C3");
    private static final String NUMBER = "4:+15555550101";
    private static final String USER = "8:acs:ringback_bob";

    @Test
    void aCommitThatDialsTakesPlacesAndOneTooManyWritesNothing() {
        beat(0, 3, 3, Reserved.NONE);
        assertThat(create(1, NUMBER, NUMBER)).isEqualTo(CommitResult.STORED);
        assertThat(free()).isEqualTo(1);

        assertThat(create(2, NUMBER, NUMBER)).isEqualTo(CommitResult.NO_ROOM);
        assertThat(free()).isEqualTo(1);
        assertNothingOf(2);
        assertThat(create(3, NUMBER)).isEqualTo(CommitResult.STORED);
        assertThat(free()).isZero();
    }

    @Test
    void aCommitThatDialsNobodyNeedsNoGateway() {
        assertThat(create(1)).isEqualTo(CommitResult.STORED);
    }

    @Test
    void theTrunkHasRoomOfItsOwnThatUsersDoNotNeed() {
        beat(0, 10, 1, Reserved.NONE);
        assertThat(create(1, NUMBER, USER)).isEqualTo(CommitResult.STORED);
        assertThat(create(2, "sip:bob@elsewhere.example")).isEqualTo(CommitResult.NO_ROOM);
        assertThat(create(3, USER, USER)).isEqualTo(CommitResult.STORED);

        assertThat(found().trunk().free()).isZero();
        assertThat(free()).isEqualTo(6);
    }

    @Test
    void ofManyAtOnceAsManyAreStoredAsThereIsRoomFor() throws Exception {
        int rivals = 24;
        int room = 7;
        beat(0, room, room, Reserved.NONE);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Integer> stored = new ArrayList<>();
        try {
            List<Callable<CommitResult>> creates = IntStream.range(0, rivals)
                    .mapToObj(i -> (Callable<CommitResult>) () -> createPatiently(i))
                    .toList();
            List<Future<CommitResult>> results = threads.invokeAll(creates);
            for (int i = 0; i < rivals; i++) {
                CommitResult result = results.get(i).get();
                assertThat(result).isIn(CommitResult.STORED, CommitResult.NO_ROOM);
                if (result == CommitResult.STORED) {
                    stored.add(i);
                } else {
                    assertNothingOf(i);
                }
            }
        } finally {
            threads.shutdown();
        }
        assertThat(stored).hasSize(room);
        assertThat(free()).isZero();
    }

    @Test
    void whatIsReservedWhileAHeartbeatIsOnItsWayIsNotForgotten() {
        beat(0, 3, 3, Reserved.NONE);
        // The gateway counts its legs; then a call is created; then the heartbeat is written.
        create(1, NUMBER, NUMBER);
        beat(0, 3, 3, Reserved.NONE);

        assertThat(free()).isEqualTo(1);
        assertThat(create(2, NUMBER, NUMBER)).isEqualTo(CommitResult.NO_ROOM);
    }

    @Test
    void aDialThatHasComeIsALegAndNoReservationAnyMore() {
        beat(0, 3, 3, Reserved.NONE);
        create(1, NUMBER, NUMBER);
        assertThat(beat(2, 3, 3, new Reserved(2, 2))).isEqualTo(new Reserved(2, 2));
        assertThat(free()).isEqualTo(1);

        // Both hang up.
        beat(0, 3, 3, new Reserved(2, 2));
        assertThat(free()).isEqualTo(3);
    }

    @Test
    void legsFromOutsideTakeRoomToo() {
        beat(0, 3, 3, Reserved.NONE);
        create(1, NUMBER, NUMBER);
        beat(3, 3, 3, Reserved.NONE);

        assertThat(free()).isEqualTo(-2);
        assertThat(create(2, NUMBER)).isEqualTo(CommitResult.NO_ROOM);
    }

    @Test
    void aGatewayThatIsDrainedTakesNoNewCallsButFinishesThoseItHas() {
        beat(0, 9, 9, Reserved.NONE);
        create(1, NUMBER);
        heartbeat(LIFE, Slots.of(1, 9), Slots.of(1, 9), true, new Reserved(1, 1));

        assertThat(create(2, NUMBER)).isEqualTo(CommitResult.NO_ROOM);
        ServerCall call = storage.calls().load(id(1)).orElseThrow();
        assertThat(commit(call, NUMBER)).isEqualTo(CommitResult.STORED);
    }

    @Test
    void aLifeThatIsOverDialsNobody() {
        assertThat(create(1, NUMBER)).isEqualTo(CommitResult.GATEWAY_LOST);
        beat(0, 9, 9, Reserved.NONE);
        storage.gateways().fence(found(), clock.instant());
        assertThat(create(2, NUMBER)).isEqualTo(CommitResult.GATEWAY_LOST);

        heartbeat(NEXT_LIFE, Slots.of(0, 9), Slots.of(0, 9), false, Reserved.NONE);
        assertThat(create(3, NUMBER)).isEqualTo(CommitResult.GATEWAY_LOST);
        assertThat(free()).isEqualTo(9);
    }

    @Test
    void aNewLifeBeginsWithNothingReserved() {
        beat(0, 3, 3, Reserved.NONE);
        create(1, NUMBER, NUMBER);

        assertThat(heartbeat(NEXT_LIFE, Slots.of(1, 3), Slots.of(0, 3), false, new Reserved(7, 7)))
                .isEqualTo(Reserved.NONE);
        assertThat(free()).isEqualTo(2);
        assertThat(found().trunk().free()).isEqualTo(3);
    }

    private Reserved beat(int load, int capacity, int trunkCapacity, Reserved settled) {
        return heartbeat(LIFE, Slots.of(load, capacity), Slots.of(load, trunkCapacity), false, settled);
    }

    private Reserved heartbeat(GatewayRef life, Slots legs, Slots trunk, boolean draining, Reserved settled) {
        clock.advance(Duration.ofSeconds(5));
        Gateway gateway =
                new Gateway(life, URI.create("http://10.0.0.1:8090"), legs, trunk, draining, false, clock.instant());
        return storage.gateways().heartbeat(gateway, settled).orElseThrow();
    }

    private CommitResult createPatiently(int number) {
        CommitResult result = create(number, NUMBER);
        for (int tries = 1; result == CommitResult.CROWDED && tries < 100; tries++) {
            result = create(number, NUMBER);
        }
        return result;
    }

    private CommitResult create(int number, String... targets) {
        return commit(CallSamples.fresh(id(number), clock.instant()), targets);
    }

    private CommitResult commit(ServerCall call, String... targets) {
        long next = call.nextSequence().getOrDefault(Target.MEDIA.key(), 1L);
        List<Effect> dials = new ArrayList<>();
        for (String target : targets) {
            dials.add(new Effect.Command(
                    next + dials.size(),
                    new DialLeg(
                            "participant-" + dials.size(),
                            new Identifier(target),
                            null,
                            Duration.ofSeconds(60),
                            null,
                            clock.instant().plusSeconds(60))));
        }
        return storage.calls().commit(CallSamples.commit(call, dials, clock.instant()));
    }

    private void assertNothingOf(int number) {
        assertThat(storage.calls().load(id(number))).isEmpty();
        assertThat(storage.outbox()
                        .read(new StreamRef(id(number), Target.MEDIA), 1)
                        .rows())
                .isEmpty();
    }

    private int free() {
        return found().legs().free();
    }

    private Gateway found() {
        return storage.gateways().find(LIFE.gatewayId()).orElseThrow();
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "call%016d", number);
    }
}
