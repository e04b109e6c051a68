package io.ringback.local.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every attempt at every receiver, in order of arrival. */
final class ReceiverLog {
    private final List<Arrival> arrivals = new ArrayList<>();

    synchronized void add(Arrival arrival) {
        arrivals.add(arrival);
    }

    synchronized List<Arrival> arrivals() {
        return arrivals.stream()
                .sorted((one, other) -> Long.compare(one.arrivedNanos(), other.arrivedNanos()))
                .toList();
    }

    synchronized void clear() {
        arrivals.clear();
    }

    /** How often each answer was given. */
    synchronized Map<Arrival.Answer, Integer> answers() {
        Map<Arrival.Answer, Integer> answers = new LinkedHashMap<>();
        arrivals.forEach(arrival -> answers.merge(arrival.answer(), 1, Integer::sum));
        return answers;
    }
}
