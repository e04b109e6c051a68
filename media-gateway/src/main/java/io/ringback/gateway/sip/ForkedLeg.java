package io.ringback.gateway.sip;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Tone;
import io.ringback.gateway.sdp.NegotiatedMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * All phones of one user as one leg: the first that answers is it, the others are cancelled. What a phone does after its
 * CANCEL, an answer that crosses it included, is its own {@link Leg}'s affair. Runs on the one executor of all of them.
 */
final class ForkedLeg implements SipLeg {
    private final String legId;
    private final Executor executor;
    private final SipLegListener listener;
    private final List<Phone> phones = new ArrayList<>();
    private volatile @Nullable Phone chosen;
    private @Nullable Phone earlyMedia;
    private @Nullable Failure best;
    private boolean over;

    /** Makes the leg to one phone, which tells its story to this listener. */
    interface Dialer {
        Leg leg(LegOrder order, SipLegListener listener);
    }

    private record Failure(EndReason reason, @Nullable Integer status, String message) {}

    ForkedLeg(String legId, List<LegOrder> orders, Executor executor, Dialer dialer, SipLegListener listener) {
        this.legId = legId;
        this.executor = executor;
        this.listener = listener;
        for (LegOrder order : orders) {
            Phone phone = new Phone();
            phone.leg = dialer.leg(order, phone);
            phones.add(phone);
        }
    }

    void start() {
        if (phones.isEmpty()) {
            executor.execute(this::endIfAllFailed);
        }
        phones.forEach(phone -> phone.leg().start());
    }

    @Override
    public String legId() {
        return legId;
    }

    @Override
    public void hangUp(EndReason reason) {
        executor.execute(() -> {
            Phone answered = chosen;
            if (answered != null) {
                answered.leg().hangUp(reason);
            } else {
                phones.forEach(phone -> phone.leg().hangUp(reason));
            }
        });
    }

    @Override
    public void probe() {
        executor.execute(() -> {
            Phone answered = chosen;
            if (answered != null) {
                answered.leg().probe();
            }
        });
    }

    @Override
    public boolean takesInfoTones() {
        Phone answered = chosen;
        return answered != null && answered.leg().takesInfoTones();
    }

    @Override
    public void sendTone(Tone tone) {
        executor.execute(() -> {
            Phone answered = chosen;
            if (answered != null) {
                answered.leg().sendTone(tone);
            }
        });
    }

    private void cancelOthers(Phone than) {
        phones.stream()
                .filter(phone -> phone != than && !phone.ended)
                .forEach(phone -> phone.leg().hangUp(EndReason.CANCELLED));
    }

    private void endIfAllFailed() {
        if (!over && chosen == null && phones.stream().allMatch(phone -> phone.ended)) {
            end(best != null ? best : new Failure(EndReason.UNREACHABLE, null, "the user has no phone registered"));
        }
    }

    private void end(Failure how) {
        over = true;
        listener.ended(how.reason(), how.status(), how.message());
    }

    /** One phone's part of the story. */
    private final class Phone implements SipLegListener {
        private @Nullable Leg leg;
        private @Nullable NegotiatedMedia lastMedia;
        private boolean ended;

        Leg leg() {
            if (leg == null) {
                throw new IllegalStateException("told before it was dialled");
            }
            return leg;
        }

        @Override
        public void ringing(int sipStatus) {
            if (chosen == null) {
                listener.ringing(sipStatus);
            }
        }

        /** One phone's early media can be heard at a time: the first that sends any. */
        @Override
        public void media(NegotiatedMedia media) {
            lastMedia = media;
            if (chosen == this || (chosen == null && (earlyMedia == null || earlyMedia == this))) {
                earlyMedia = this;
                listener.media(media);
            }
        }

        @Override
        public void connected() {
            if (chosen != null) {
                leg().hangUp(EndReason.CANCELLED);
                return;
            }
            chosen = this;
            cancelOthers(this);
            if (earlyMedia != this && lastMedia != null) {
                listener.media(lastMedia);
            }
            listener.connected();
        }

        @Override
        public void infoTone(Tone tone) {
            if (chosen == this) {
                listener.infoTone(tone);
            }
        }

        @Override
        public void ended(EndReason reason, @Nullable Integer sipStatus, String message) {
            ended = true;
            Failure failure = new Failure(reason, sipStatus, message);
            if (chosen == this) {
                end(failure);
                return;
            }
            if (best == null || Refusals.isBetter(sipStatus, best.status())) {
                best = failure;
            }
            if (sipStatus != null && sipStatus >= 600 && chosen == null) {
                // The user refuses the call on every phone (RFC 3261 §16.7, step 5).
                cancelOthers(this);
            }
            endIfAllFailed();
        }
    }
}
