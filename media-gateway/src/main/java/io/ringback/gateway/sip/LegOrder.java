package io.ringback.gateway.sip;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One INVITE to send.
 *
 * @param legId goes out as {@code X-Ringback-Leg}
 * @param journalId the leg's, or its own for each phone of a user
 * @param callId the server call
 * @param destination null when nothing leads to the target
 * @param rtpPort our even RTP port
 */
record LegOrder(
        String legId,
        String journalId,
        String callId,
        @Nullable Destination destination,
        Caller caller,
        int rtpPort,
        Duration ringTimeout) {}
