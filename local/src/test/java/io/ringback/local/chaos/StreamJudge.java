package io.ringback.local.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What receivers saw of each stream: every number from 1 on and none before its predecessor was taken, a number always
 * with the same event, nothing of a connection behind its last word.
 */
final class StreamJudge {
    /** Not worth telling once the ringing is over, so its number may be missing (telephony §5). */
    private static final Set<String> MAY_LAPSE = Set.of("IncomingCall");

    /** Recordings outlive a call; what was asked of others is told to whoever asked, who may have left before. */
    private static final Set<String> AFTER_THE_LAST = Set.of(
            "CallRecordingStateChanged", "RecordingFileStatusUpdated", "InviteParticipantResult", "TransferCallResult");

    private final List<String> complaints = new ArrayList<>();

    private StreamJudge() {}

    /** @param arrivals in order of arrival */
    static List<String> complaints(List<Arrival> arrivals) {
        StreamJudge judge = new StreamJudge();
        Map<String, List<Arrival>> streams = new LinkedHashMap<>();
        arrivals.forEach(arrival -> streams.computeIfAbsent(arrival.stream(), key -> new ArrayList<>())
                .add(arrival));
        streams.forEach((stream, attempts) -> {
            judge.identity(attempts);
            judge.order(attempts);
            judge.end(attempts);
        });
        return judge.complaints;
    }

    /** A number is one event and an event one number. */
    private void identity(List<Arrival> attempts) {
        Map<Long, Arrival> byNumber = new HashMap<>();
        Map<String, Arrival> byId = new HashMap<>();
        for (Arrival attempt : attempts) {
            Arrival sameNumber = byNumber.putIfAbsent(attempt.sequence(), attempt);
            Arrival sameId = byId.putIfAbsent(attempt.id(), attempt);
            if (sameNumber != null
                    && !(sameNumber.id().equals(attempt.id())
                            && sameNumber.data().equals(attempt.data()))) {
                complaints.add("two events under one number: " + sameNumber + " and " + attempt);
            }
            if (sameId != null && sameId.sequence() != attempt.sequence()) {
                complaints.add("one event under two numbers: " + sameId + " and " + attempt);
            }
        }
    }

    /** None comes before the one before it was taken; so none is missing, either. */
    private void order(List<Arrival> attempts) {
        Map<Long, Arrival> firsts = new TreeMap<>();
        Map<Long, Arrival> taken = new HashMap<>();
        for (Arrival attempt : attempts) {
            firsts.putIfAbsent(attempt.sequence(), attempt);
            if (attempt.taken()) {
                taken.merge(
                        attempt.sequence(),
                        attempt,
                        (one, other) -> one.answeredNanos() <= other.answeredNanos() ? one : other);
            }
        }
        long last = firsts.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        LongStream.rangeClosed(1, last).forEach(number -> {
            Arrival before = taken.get(number);
            Arrival next = firsts.get(number + 1);
            if (before == null) {
                if (!mayLapse(number, firsts)) {
                    complaints.add(
                            "number " + number + " never came through, of " + last + " in " + attempts.get(0).stream());
                }
            } else if (next != null && next.arrivedNanos() < before.answeredNanos()) {
                complaints.add(next + " came before " + before + " was taken");
            }
        });
    }

    private static boolean mayLapse(long number, Map<Long, Arrival> firsts) {
        Arrival attempted = firsts.get(number);
        boolean announcements = firsts.values().stream()
                .anyMatch(arrival ->
                        arrival.type().equals("CallStarted") || arrival.type().equals("CallEnded"));
        return attempted == null ? number == 1 && announcements : MAY_LAPSE.contains(attempted.type());
    }

    private void end(List<Arrival> attempts) {
        long last = attempts.stream()
                .filter(Owed::isLast)
                .mapToLong(Arrival::sequence)
                .min()
                .orElse(Long.MAX_VALUE);
        attempts.stream()
                .filter(attempt -> attempt.sequence() > last && !AFTER_THE_LAST.contains(attempt.type()))
                .forEach(attempt -> complaints.add("behind the last word of its connection: " + attempt));
    }
}
