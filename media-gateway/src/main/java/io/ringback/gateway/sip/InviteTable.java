package io.ringback.gateway.sip;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The INVITEs that came in, by what stays the same in their repetitions, their CANCEL and their forks. Bounds how many
 * may wait for an answer. Thread-safe.
 */
final class InviteTable {
    private final SipSettings.Access limits;
    private final Map<IncomingInvite.Key, PendingInvite> known = new HashMap<>();
    private final Map<InetAddress, Integer> waitingBySource = new HashMap<>();
    private int waiting;

    InviteTable(SipSettings.Access limits) {
        this.limits = limits;
    }

    synchronized @Nullable PendingInvite find(IncomingInvite.Key key) {
        return known.get(key);
    }

    /**
     * A place in the queue of those that wait.
     *
     * @param source whose share counts; null for a trunk, which has none of its own
     * @return empty when there is no room
     */
    synchronized Optional<Place> enter(@Nullable InetAddress source) {
        int ofSource = source == null ? 0 : waitingBySource.getOrDefault(source, 0);
        if (waiting >= limits.pendingCalls() || (source != null && ofSource >= limits.pendingPerSource())) {
            return Optional.empty();
        }
        waiting++;
        if (source != null) {
            waitingBySource.put(source, ofSource + 1);
        }
        return Optional.of(new Place(source));
    }

    synchronized long waiting() {
        return waiting;
    }

    synchronized long size() {
        return known.size();
    }

    /** One INVITE's. */
    final class Place {
        private final @Nullable InetAddress source;
        private IncomingInvite.@Nullable Key key;
        private boolean waits = true;

        private Place(@Nullable InetAddress source) {
            this.source = source;
        }

        void take(PendingInvite invite) {
            synchronized (InviteTable.this) {
                key = invite.invite().key();
                known.put(key, invite);
            }
        }

        /** It waits no more; doing so twice changes nothing. */
        void leaveQueue() {
            synchronized (InviteTable.this) {
                if (waits) {
                    waits = false;
                    waiting--;
                    if (source != null) {
                        waitingBySource.computeIfPresent(source, (unused, count) -> count == 1 ? null : count - 1);
                    }
                }
            }
        }

        /** It waits no more and is not known any more. */
        void leave() {
            leaveQueue();
            synchronized (InviteTable.this) {
                if (key != null) {
                    known.remove(key);
                    key = null;
                }
            }
        }
    }
}
