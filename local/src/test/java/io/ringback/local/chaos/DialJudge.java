package io.ringback.local.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each request dials a number of its own, so the phones tell how often it was carried out. */
final class DialJudge {
    /** What became of a request that dials. */
    enum Fate {
        OPEN,
        ACCEPTED,
        REFUSED
    }

    private DialJudge() {}

    /**
     * Judges.
     *
     * @param legs what the phones saw
     * @param requests by the number that they dial
     */
    static List<String> complaints(List<Leg> legs, Map<String, Fate> requests) {
        List<String> complaints = new ArrayList<>();
        Map<String, Long> rung = new HashMap<>();
        for (Leg leg : legs) {
            rung.merge(leg.number(), leg.invites(), Long::sum);
            if (leg.invites() > 1) {
                complaints.add("rung " + leg.invites() + " times: " + leg);
            }
        }
        rung.forEach((number, times) -> {
            Fate fate = requests.get(number);
            if (fate == null) {
                complaints.add(number + " was rung, and nobody asked for it");
            } else if (fate == Fate.REFUSED) {
                complaints.add(number + " was rung by a request that was refused");
            } else if (times > 1) {
                complaints.add(number + " was rung " + times + " times for one request");
            }
        });
        requests.forEach((number, fate) -> {
            if (fate == Fate.OPEN) {
                complaints.add("the request that dials " + number + " never got an answer");
            }
        });
        return complaints;
    }
}
