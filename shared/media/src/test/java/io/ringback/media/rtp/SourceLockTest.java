package io.ringback.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class SourceLockTest {
    private static final InetSocketAddress SIGNALLED = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress BEHIND_NAT = new InetSocketAddress("198.51.100.7", 61000);
    private static final InetSocketAddress ATTACKER = new InetSocketAddress("203.0.113.9", 666);

    private final SourceLock lock = new SourceLock(SIGNALLED);

    @Test
    void theDescribedAddressIsAcceptedAtOnceAndCannotBeDisplaced() {
        for (int i = 0; i < 3; i++) {
            assertThat(lock.accept(SIGNALLED, 1)).isTrue();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(lock.accept(ATTACKER, 1)).isFalse();
        }
        assertThat(lock.destination()).isEqualTo(SIGNALLED);
        assertThat(lock.dropped()).isEqualTo(10);
    }

    @Test
    void threeInARowFromElsewhereMoveTheLegOnce() {
        assertThat(lock.accept(BEHIND_NAT, 1)).isFalse();
        assertThat(lock.accept(BEHIND_NAT, 1)).isFalse();
        assertThat(lock.destination()).isEqualTo(SIGNALLED);
        assertThat(lock.accept(BEHIND_NAT, 1)).isTrue();
        assertThat(lock.destination()).isEqualTo(BEHIND_NAT);
        for (int i = 0; i < 5; i++) {
            assertThat(lock.accept(ATTACKER, 2)).isFalse();
            assertThat(lock.accept(SIGNALLED, 1)).isFalse();
        }
        assertThat(lock.destination()).isEqualTo(BEHIND_NAT);
        assertThat(lock.dropped()).isEqualTo(12);
    }

    @Test
    void threeThatAreNotInARowOrNotOfOneSourceDoNot() {
        for (int i = 0; i < 6; i++) {
            lock.accept(BEHIND_NAT, i);
        }
        assertThat(lock.destination()).isEqualTo(SIGNALLED);
        for (int i = 0; i < 2; i++) {
            lock.accept(ATTACKER, 1);
            lock.accept(ATTACKER, 1);
            lock.accept(SIGNALLED, 1);
        }
        assertThat(lock.destination()).isEqualTo(SIGNALLED);
    }

    @Test
    void aNewAnswerLetsItLearnAgain() {
        for (int i = 0; i < 3; i++) {
            lock.accept(BEHIND_NAT, 1);
        }
        lock.renegotiated(SIGNALLED);
        assertThat(lock.destination()).as("a refresh keeps what was learned").isEqualTo(BEHIND_NAT);
        InetSocketAddress moved = new InetSocketAddress("192.0.2.1", 5000);
        lock.renegotiated(moved);
        assertThat(lock.destination()).isEqualTo(moved);
        for (int i = 0; i < 3; i++) {
            lock.accept(BEHIND_NAT, 1);
        }
        assertThat(lock.destination()).isEqualTo(BEHIND_NAT);
    }
}
