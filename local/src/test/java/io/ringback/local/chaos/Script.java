package io.ringback.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What an application does in a call once it is established.
 *
 * @param phone the last two digits of the number dialled, which choose how the phone behaves
 */
record Script(String phone, List<Step> steps) {
    private static final List<String> ANSWERING =
            List.of("00", "01", "02", "03", "04", "05", "06", "07", "21", "22", "24");
    private static final List<String> NOT_ANSWERING = List.of("10", "11", "12", "13", "14");
    private static final double ANSWERS = 0.8;

    /** Those that leave by themselves or never come: nobody has to hang them up when the application has left. */
    private static final List<String> LEAVING = List.of("03", "10", "11", "12", "13", "14");

    private static final List<Action> ACTIONS = List.of(
            Action.PLAY,
            Action.PLAY,
            Action.PLAY_FOREVER,
            Action.PLAY_TO_ALL,
            Action.RECORD,
            Action.RECORD,
            Action.PAUSE_RECORDING,
            Action.STOP_RECORDING,
            Action.INVITE,
            Action.INVITE,
            Action.TRANSFER,
            Action.SEND_TONES,
            Action.MUTE,
            Action.HOLD,
            Action.CANCEL_ALL,
            Action.JOIN);

    /** What can be asked for. */
    enum Action {
        PLAY,
        PLAY_FOREVER,
        PLAY_TO_ALL,
        RECORD,
        PAUSE_RECORDING,
        STOP_RECORDING,
        INVITE,
        TRANSFER,
        SEND_TONES,
        MUTE,
        HOLD,
        CANCEL_ALL,
        JOIN,
        HANG_UP,
        TERMINATE
    }

    /**
     * One request.
     *
     * @param after the call was established
     * @param phone whom it dials, if anybody
     */
    record Step(Duration after, Action action, String phone) {}

    /** Up to four things, the last of them the end. */
    static Script random(Random random) {
        List<Step> steps = new ArrayList<>();
        int millis = 200;
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            steps.add(new Step(Duration.ofMillis(millis), one(ACTIONS, random), one(LEAVING, random)));
            millis += 300 + random.nextInt(2500);
        }
        Action end = random.nextInt(3) == 0 ? Action.TERMINATE : Action.HANG_UP;
        steps.add(new Step(Duration.ofMillis(millis), end, ""));
        return new Script(one(random.nextDouble() < ANSWERS ? ANSWERING : NOT_ANSWERING, random), steps);
    }

    private static <T> T one(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
