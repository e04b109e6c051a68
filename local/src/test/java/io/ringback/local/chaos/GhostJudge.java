package io.ringback.local.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Ten seconds after a gateway is back no phone is left in a leg of the life before, and at the end none in any. */
final class GhostJudge {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private GhostJudge() {}

    static List<String> complaints(List<Leg> legs, List<Life> lives) {
        List<String> complaints = new ArrayList<>();
        for (Life life : lives) {
            Instant late = life.restartedAt().plus(PATIENCE);
            legs.stream()
                    .filter(leg -> leg.livesAt(life.killedAt()) && leg.livesAt(late))
                    .forEach(leg -> complaints.add("a ghost 10 s after the restart at " + life.restartedAt() + ": "
                            + leg + leg.end().map(end -> " until " + end).orElse("")));
        }
        legs.stream().filter(leg -> leg.end().isEmpty()).forEach(leg -> complaints.add("still there: " + leg));
        return complaints;
    }

    /** How long the slowest end of a leg took after the next process was launched. */
    static Duration slowest(List<Leg> legs, List<Life> lives) {
        return lives.stream()
                .flatMap(life -> legs.stream()
                        .filter(leg -> leg.livesAt(life.killedAt()) && leg.end().isPresent())
                        .map(leg ->
                                Duration.between(life.launchedAt(), leg.end().orElseThrow())))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
