package io.ringback.functions.workers;

import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.AnswerLeg;
import io.ringback.core.media.MediaCommand.CancelMedia;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.HangUpLeg;
import io.ringback.core.media.MediaCommand.Play;
import io.ringback.core.media.MediaCommand.RejectLeg;
import io.ringback.core.media.MediaCommand.SendTones;
import io.ringback.core.media.MediaCommand.SetLeg;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import java.util.List;

/**
 * Which orders that still wait are superseded by a later one (telephony §3). An order that ends something names it, and
 * the gateway reports the end of what is named even if it never heard of it; so what the later order names need not be
 * sent any more, and the later one goes out at once. What is left is sent in ascending order: the gateway ignores
 * numbers that it has passed.
 */
final class Overtaking {
    private Overtaking() {}

    /** Whether one of the orders behind it makes this one void. */
    static boolean isVoid(MediaCommand order, List<MediaCommand> behind) {
        return behind.stream().anyMatch(later -> supersedes(later, order));
    }

    /** Whether the order is worth telling however late: it ends something, lets a recording rest, or says how a leg sounds. */
    static boolean holdsHoweverLate(MediaCommand order) {
        return order instanceof EndCall
                || order instanceof SetLeg
                || order instanceof HangUpLeg
                || order instanceof RejectLeg
                || order instanceof CancelMedia
                || (order instanceof SetRecording recording && recording.wanted() != Wanted.RECORDING);
    }

    private static boolean supersedes(MediaCommand later, MediaCommand earlier) {
        if (later instanceof EndCall end) {
            return endedWith(end, earlier);
        } else if (later instanceof HangUpLeg hangUp) {
            return hangUp.participantId().equals(livingLeg(earlier))
                    || hangUp.participantId().equals(endingLeg(earlier));
        } else if (later instanceof CancelMedia cancel) {
            return cancel.canceledOperationIds().contains(operation(earlier))
                    || (earlier instanceof CancelMedia same
                            && same.operationId().equals(cancel.operationId()));
        }
        return false;
    }

    /**
     * The end of a call ends its legs; with the last leg every open operation gets its result, whatever the gateway
     * knows of it. A recording's file is asked for all the same.
     */
    private static boolean endedWith(EndCall end, MediaCommand earlier) {
        return end.participantIds().contains(livingLeg(earlier))
                || end.participantIds().contains(endingLeg(earlier))
                || !operation(earlier).isEmpty()
                || earlier instanceof CancelMedia
                || (earlier instanceof EndCall same && end.participantIds().containsAll(same.participantIds()));
    }

    /** The leg that the order ends; else empty. */
    private static String endingLeg(MediaCommand command) {
        return command instanceof HangUpLeg hangUp ? hangUp.participantId() : "";
    }

    /** The leg for which the order wants something while it lives: its beginning, or how it sounds; else empty. */
    private static String livingLeg(MediaCommand command) {
        if (command instanceof DialLeg dial) {
            return dial.participantId();
        } else if (command instanceof AnswerLeg answer) {
            return answer.participantId();
        }
        return command instanceof SetLeg set ? set.participantId() : "";
    }

    /** The operation that the order begins; else empty. */
    private static String operation(MediaCommand command) {
        if (command instanceof Play play) {
            return play.operationId();
        }
        return command instanceof SendTones tones ? tones.operationId() : "";
    }
}
