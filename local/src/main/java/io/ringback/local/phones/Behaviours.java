package io.ringback.local.phones;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Which behaviour the last two digits of a number choose. */
final class Behaviours {
    private static final Map<String, Behaviour> BY_LAST_DIGITS = Map.ofEntries(
            entry("00", new Behaviour.Listens(Behaviour.SHORT_RING)),
            entry("01", new Behaviour.PressesAfterPrompt("1")),
            entry("02", new Behaviour.PressesAfterPrompt("2")),
            entry("03", new Behaviour.HangsUp(Duration.ofSeconds(2))),
            entry("04", new Behaviour.PressesAfterPrompt("1234#")),
            entry("05", new Behaviour.PressesDuringPrompt("1", Duration.ofMillis(500))),
            entry("06", new Behaviour.Listens(Behaviour.SHORT_RING)),
            entry("07", new Behaviour.Listens(Duration.ofSeconds(5))),
            entry("10", new Behaviour.Rejects(486)),
            entry("11", new Behaviour.RingsForever()),
            entry("12", new Behaviour.RingsThenRejects(603)),
            entry("13", new Behaviour.Rejects(480)),
            entry("14", new Behaviour.Rejects(404)),
            entry(
                    "20",
                    new Behaviour.Voicemail(
                            Sound.babble(Duration.ofMillis(5500)),
                            Sound.sines(Duration.ofMillis(500), -10, 1000),
                            Duration.ofMinutes(2))),
            entry("21", new Behaviour.Echoes()),
            entry("22", new Behaviour.Says(Sound.sines(Duration.ofSeconds(5), -10, 1004))),
            entry("23", new Behaviour.Vanishes(Duration.ofSeconds(2))),
            entry("24", new Behaviour.Says(Sound.sines(Duration.ofMinutes(2), -10, 1300))));

    private Behaviours() {}

    /** The behaviour of the phone with this number; empty when there is no such phone. */
    static Optional<Behaviour> ofNumber(String number) {
        String lastDigits = number.length() < 2 ? "" : number.substring(number.length() - 2);
        return Optional.ofNullable(BY_LAST_DIGITS.get(lastDigits));
    }
}
