package io.ringback.functions.workers;

import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.Play;
import java.util.List;

/**
 * Which orders that still wait are superseded by a later one (telephony §3). An order that ends something names it, and
 * the gateway reports the end of what is named even if it never heard of it; so what the later order names need not be
 * sent any more, and the later one goes out at once. What is left is sent in ascending order: the gateway ignores
 * numbers that it has passed.
 */
final class Overtaking {
    private Overtaking() {}

    /** Whether an order later in the list makes the one at {@code index} void. */
    static boolean isVoid(List<MediaCommand> pending, int index) {
        MediaCommand earlier = pending.get(index);
        return pending.subList(index + 1, pending.size()).stream().anyMatch(later -> supersedes(later, earlier));
    }

    private static boolean supersedes(MediaCommand later, MediaCommand earlier) {
        if (later instanceof EndCall end) {
            return endedWith(end, earlier);
        } else if (later instanceof HangUpLeg hangUp) {
            return earlier instanceof DialLeg dial && dial.participantId().equals(hangUp.participantId());
        } else if (later instanceof CancelMedia cancel) {
            return earlier instanceof Play play && cancel.canceledOperationIds().contains(play.operationId());
        }
        return false;
    }

    /**
     * The end of a call ends its legs; with the last leg every open operation gets its result, whatever the gateway
     * knows of it. A recording's file is asked for all the same.
     */
    private static boolean endedWith(EndCall end, MediaCommand earlier) {
        if (earlier instanceof DialLeg dial) {
            return end.participantIds().contains(dial.participantId());
        } else if (earlier instanceof HangUpLeg hangUp) {
            return end.participantIds().contains(hangUp.participantId());
        }
        return earlier instanceof Play || earlier instanceof CancelMedia;
    }
}
