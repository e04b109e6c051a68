package io.ringback.local.chaos;

import io.ringback.local.chaos.DialJudge.Fate;
import io.ringback.local.chaos.PersistentClient.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was asked for, and what everybody who asked has to be told. */
final class Requests {
    private final Map<String, Fate> dials = new TreeMap<>();
    private final List<Owed> owed = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, Integer> answers = new TreeMap<>();
    private int numbers;

    /** A number that nobody has dialled and no other request will. */
    synchronized String number(String phone) {
        String number = String.format("+4930%06d%s", ++numbers, phone);
        dials.put(number, Fate.OPEN);
        return number;
    }

    /** The request that dials this number got its answer. */
    synchronized void answered(String number, Reply reply) {
        dials.put(number, reply.accepted() ? Fate.ACCEPTED : Fate.REFUSED);
    }

    synchronized void owe(Owed debt) {
        owed.add(debt);
    }

    /** For the statistics. */
    synchronized void note(String what, Reply reply) {
        answers.merge(what + " " + reply.status(), 1, Integer::sum);
    }

    synchronized Map<String, Fate> dials() {
        return Map.copyOf(dials);
    }

    synchronized List<Owed> owed() {
        return List.copyOf(owed);
    }

    synchronized void complain(String complaint) {
        complaints.add(complaint);
    }

    /** What went wrong in asking. */
    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Forgets what was asked for and done. */
    synchronized void clear() {
        dials.clear();
        owed.clear();
    }

    synchronized String statistics() {
        return answers.toString();
    }
}
