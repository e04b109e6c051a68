package io.ringback.media.jitter;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue from one thread to one other that drops its oldest entry when it is full. Neither side ever waits:
 * both move the head by compare-and-set, and a reader whose entry was dropped while it copied throws its copy away.
 */
final class PieceQueue {
    private final Piece[] slots;
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    PieceQueue(int capacity, int samplesPerPiece) {
        slots = new Piece[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Piece(samplesPerPiece);
        }
    }

    /** The piece to fill before {@link #publish}; on the writer's thread. */
    Piece claim() {
        long oldest = tail.get() - slots.length;
        if (head.get() == oldest && head.compareAndSet(oldest, oldest + 1)) {
            dropped.lazySet(dropped.get() + 1);
        }
        return slots[(int) (tail.get() % slots.length)];
    }

    void publish() {
        tail.set(tail.get() + 1);
    }

    /** Copies the oldest piece; on the reader's thread. Returns false if there is none. */
    boolean poll(Piece into) {
        long oldest = head.get();
        while (oldest < tail.get()) {
            into.copyFrom(slots[(int) (oldest % slots.length)]);
            if (head.compareAndSet(oldest, oldest + 1)) {
                return true;
            }
            oldest = head.get();
        }
        return false;
    }

    /** Pieces that were dropped unread. */
    long dropped() {
        return dropped.get();
    }
}
