package io.ringback.local.phones;

import java.util.Optional;

/** Offer, answer and sound of one call. */
final class CallMedia {
    /** With the nat profile: loopback as well, but no socket of ours is bound there. */
    private static final String UNREACHABLE_HOST = "127.99.0.1";

    private final RtpSession session;
    private final LocalDescription local;
    private final boolean telephoneEvents;

    CallMedia(RtpSession session, SoundRoom room, long sessionId) {
        this.session = session;
        this.telephoneEvents = room.line().keys().negotiatesTelephoneEvent();
        String host = room.line().nat() ? UNREACHABLE_HOST : room.bind().getHostAddress();
        this.local = new LocalDescription(host, session.port(), telephoneEvents, sessionId);
    }

    /** Whether a phone could answer this offer. */
    static boolean acceptable(String offer) {
        try {
            return SessionDescription.parse(offer).audio(false).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Our answer to an offer, from now on in force; empty when nothing in it suits, and then nothing changes. */
    Optional<String> answer(String offer) {
        if (!acceptable(offer)) {
            return Optional.empty();
        }
        SessionDescription remote = SessionDescription.parse(offer);
        Optional<RemoteAudio> audio = remote.audio(telephoneEvents);
        audio.ifPresent(session::connect);
        return audio.map(chosen -> local.answer(remote, chosen));
    }

    /** Our offer, where the far side left it to us. */
    String offer() {
        return local.offer();
    }

    /** The far side's answer to our offer; false when it does not suit. */
    boolean accept(String answer) {
        if (!acceptable(answer)) {
            return false;
        }
        SessionDescription.parse(answer).audio(telephoneEvents).ifPresent(session::connect);
        return true;
    }

    RtpSession session() {
        return session;
    }
}
