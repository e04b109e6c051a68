package io.ringback.core.decision;

import io.ringback.core.call.Identifier;
import io.ringback.core.call.Participant;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.event.CallEvent;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What event subscriptions are told of a call: every server call has the same announcements, with an application in it
 * or without (native API §4 and §5).
 */
final class Announcements {
    private Announcements() {}

    static void started(CallDraft draft) {
        CallEvent started =
                new CallEvent.CallStarted(draft.origin().from(), draft.origin().to(), draft.now());
        tell(draft, wants(Announcement.CALL_STARTED), started);
    }

    /** Lets the applications know that one of them has to decide. */
    static void incoming(CallDraft draft) {
        draft.incoming().ifPresent(incoming -> {
            Identifier called = draft.origin().to().get(0);
            for (Subscriber subscriber : draft.subscribers()) {
                if (subscriber.wants(Announcement.INCOMING_CALL)) {
                    draft.tell(
                            subscriber.callback(),
                            null,
                            new CallEvent.IncomingCallOffered(
                                    subscriber.subscriptionId(),
                                    draft.origin().from(),
                                    called,
                                    incoming.callerDisplayName(),
                                    incoming.ringsUntil()));
                }
            }
        });
    }

    static void connected(CallDraft draft, Participant participant) {
        CallEvent added = new CallEvent.CallParticipantAdded(participant);
        tell(draft, wants(Announcement.CALL_PARTICIPANT_ADDED), added);
    }

    /** A party that was connected is gone. */
    static void gone(CallDraft draft, Participant participant, ResultInfo reason) {
        CallEvent removed = new CallEvent.CallParticipantRemoved(participant, reason);
        tell(draft, wants(Announcement.CALL_PARTICIPANT_REMOVED), removed);
    }

    /**
     * The last word about a call. If its ringing ended before anybody decided, those who were to decide hear it too:
     * their context is void from now on (telephony §5).
     */
    static void ended(CallDraft draft, ResultInfo reason) {
        long durationMs = Duration.between(draft.startedAt(), draft.now()).toMillis();
        CallEvent ended = new CallEvent.CallEnded(draft.origin().from(), durationMs, reason);
        Predicate<Subscriber> listeners = wants(Announcement.CALL_ENDED);
        if (IncomingCalls.isUndecided(draft)) {
            listeners = listeners.or(wants(Announcement.INCOMING_CALL));
        }
        tell(draft, listeners, ended);
    }

    private static Predicate<Subscriber> wants(Announcement announcement) {
        return subscriber -> subscriber.wants(announcement);
    }

    private static void tell(CallDraft draft, Predicate<Subscriber> listeners, CallEvent event) {
        draft.subscribers().stream()
                .filter(listeners)
                .forEach(subscriber -> draft.tell(subscriber.callback(), null, event));
    }
}
