package io.ringback.local.chaos;

import io.ringback.local.phones.PhoneEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one phone, or one caller, saw of one leg.
 *
 * @param number that was dialled
 * @param id {@code X-Ringback-Leg}; empty at a caller
 * @param moments in order
 */
record Leg(String number, String id, List<Moment> moments) {
    private static final Set<PhoneEvent.Kind> ENDS = Set.of(
            PhoneEvent.Kind.BYE_RECEIVED,
            PhoneEvent.Kind.HUNG_UP,
            PhoneEvent.Kind.REJECTED,
            PhoneEvent.Kind.CANCELLED,
            PhoneEvent.Kind.NETWORK_GONE,
            PhoneEvent.Kind.LOST);

    /** Something that the phone noted. */
    record Moment(Instant at, PhoneEvent.Kind kind) {}

    /** How often it was asked to ring. */
    long invites() {
        return moments.stream()
                .filter(moment -> moment.kind() == PhoneEvent.Kind.INVITED)
                .count();
    }

    Optional<Instant> first(PhoneEvent.Kind kind) {
        return moments.stream()
                .filter(moment -> moment.kind() == kind)
                .map(Moment::at)
                .findFirst();
    }

    /** When the phone knew that it was over. */
    Optional<Instant> end() {
        return moments.stream()
                .filter(moment -> ENDS.contains(moment.kind()))
                .map(Moment::at)
                .findFirst();
    }

    /** Whether it had begun by then and had not ended. */
    boolean livesAt(Instant then) {
        return !moments.get(0).at().isAfter(then)
                && end().map(end -> end.isAfter(then)).orElse(true);
    }

    @Override
    public String toString() {
        return "leg " + id + " to " + number + " "
                + moments.stream().map(Moment::kind).toList();
    }
}
