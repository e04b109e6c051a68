package io.ringback.local.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that is owed was told, in one event: sent again, perhaps, but never as a second event. */
final class OwedJudge {
    private OwedJudge() {}

    static List<String> complaints(Collection<Owed> owed, List<Arrival> arrivals) {
        List<String> complaints = new ArrayList<>();
        for (Owed debt : owed) {
            Set<String> told = arrivals.stream()
                    .filter(Arrival::taken)
                    .filter(debt.event())
                    .map(Arrival::id)
                    .collect(Collectors.toSet());
            if (told.size() != 1) {
                complaints.add(debt.what() + " was told " + told.size() + " times " + told);
            }
        }
        return complaints;
    }
}
