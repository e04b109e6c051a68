package io.ringback.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PieceQueueTest {
    private static final int LAST = 300_000;

    private static void write(PieceQueue queue, int value) {
        Piece piece = queue.claim();
        piece.length = 160;
        piece.timestamp = value;
        Arrays.fill(piece.samples, (short) value);
        queue.publish();
    }

    @Test
    void aFullQueueLosesItsOldest() {
        PieceQueue queue = new PieceQueue(4, 160);
        for (int value = 1; value <= 6; value++) {
            write(queue, value);
        }
        Piece piece = new Piece(160);
        for (int value = 3; value <= 6; value++) {
            assertThat(queue.poll(piece)).isTrue();
            assertThat(piece.timestamp).isEqualTo(value);
        }
        assertThat(queue.poll(piece)).isFalse();
        assertThat(queue.dropped()).isEqualTo(2);
    }

    @Test
    void betweenTwoThreadsNothingIsTornAndNothingComesTwice() throws InterruptedException {
        PieceQueue queue = new PieceQueue(4, 160);
        Thread writer = new Thread(() -> {
            for (int value = 1; value <= LAST; value++) {
                write(queue, value);
            }
        });
        writer.start();
        Piece piece = new Piece(160);
        int before = 0;
        int read = 0;
        while (before < LAST) {
            if (queue.poll(piece)) {
                read++;
                assertThat(piece.timestamp).isGreaterThan(before);
                before = piece.timestamp;
                for (int i = 0; i < 160; i++) {
                    if (piece.samples[i] != (short) before) {
                        throw new AssertionError("torn at " + before);
                    }
                }
            }
        }
        writer.join();
        assertThat(read + queue.dropped()).isEqualTo(LAST);
    }
}
