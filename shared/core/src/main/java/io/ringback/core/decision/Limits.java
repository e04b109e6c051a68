package io.ringback.core.decision;

import java.time.Duration;

/**
 * How much one call may hold, so that its item stays below the 400 KB that DynamoDB takes and its end fits one
 * transaction (docs: storage).
 */
final class Limits {
    static final int LIVE_PARTICIPANTS = 50;
    /**
     * Event subscriptions of a call times its live participants: if all are lost, each subscription is told of each one in
     * the same transaction, which takes 4 MB.
     */
    static final int ANNOUNCEMENTS = 800;

    static final int PAST_PARTICIPANTS = 50;
    static final int OPERATIONS = 32;
    /** Cancellations that may run beside them, whatever the call weighs. */
    static final int CANCELS = 8;

    /** Applications attached at a time; of those that left, only as many are kept as there is room for. */
    static final int CONNECTIONS = 10;

    /** Tones of one sending. */
    static final int TONES = 32;

    /** Channels of an unmixed recording (telephony §9). */
    static final int CHANNELS = 32;

    static final int RECORDINGS = 16;
    /** Of one recording. */
    static final int PAUSES = 32;

    static final int STREAMS = 64;

    /**
     * Bytes of the texts that others gave the call ({@link Weight}), beyond which nothing is taken that brings more.
     * What comes without being asked for (media events, a call that comes in) and cancellations have the rest of the item.
     */
    static final long WEIGHT = 160 * 1024;

    /** How long the target of a redirect rings, as for a call that is created without saying. */
    static final Duration REDIRECT_RING_TIME = Duration.ofSeconds(60);

    /** How long an order other than a dial may wait for the gateway. */
    static final Duration ORDER_LIFETIME = Duration.ofSeconds(30);

    /** The most that a request may ask for: longer than this no phone rings. */
    static final Duration LONGEST_RINGING = Duration.ofMinutes(3);

    /** After so long a gateway ends a call by itself (telephony §6). */
    static final Duration LONGEST_CALL = Duration.ofHours(4);

    private Limits() {}

    /** How many participants a call may have at a time that so many event subscriptions are told of. */
    static int liveParticipants(int subscribers) {
        return subscribers == 0 ? LIVE_PARTICIPANTS : Math.min(LIVE_PARTICIPANTS, ANNOUNCEMENTS / subscribers);
    }
}
