package io.ringback.gateway.sip;

import io.ringback.core.directory.Registration;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gateway's SIP side: one stack, many legs. */
public interface SipEndpoint extends AutoCloseable {
    /**
     * Dials. Returns at once; everything else is told to the listener, on the leg's serial executor, never on a SIP
     * thread.
     */
    SipLeg dial(OutboundLeg leg, SipLegListener listener);

    /**
     * Dials all contacts of a registered user at once, each through the flow that it registered from. The first that
     * answers is the leg, the others are cancelled; if none does, the end tells the best of their refusals (RFC 3261
     * §16.7). One leg for the listener, whichever phone it is.
     */
    SipLeg dialUser(UserLeg leg, SipLegListener listener);

    /** Lets calls in. Before, an INVITE that comes in gets 503. */
    void open(InboundCalls calls);

    /**
     * Ends a leg of an earlier life: BYE, or CANCEL where no final answer was seen.
     *
     * @param done runs when an answer came or the attempts ran out
     */
    void endGhost(DialogRecord ghost, Runnable done);

    /** The address that Via, Contact and SDP show. */
    InetSocketAddress advertised();

    /** False when the watchdog's OPTIONS to our own socket missed twice (telephony: settings). */
    boolean ready();

    /**
     * For health and tests, by name; docs/operations.md says what each one counts. Gauges, 0 when the last call's
     * repetitions can no longer come (32 s after its end): {@code dialogs}, {@code pendingCalls}, {@code invites}, {@code
     * timers}, {@code clientTransactions}, {@code serverTransactions}, {@code stackDialogs}, {@code connections}. All
     * others are counters, and there once they are above 0. Of all {@code messages}, those are dropped without an
     * answer that are counted as {@code throttledMessages}, {@code refusedMessages} or {@code emptyMessages}; the
     * {@code malformedMessages} that can be answered get 400.
     */
    Map<String, Long> gauges();

    @Override
    void close();

    /**
     * A leg to dial.
     *
     * @param legId goes out as {@code X-Ringback-Leg}
     * @param callId the server call, for logs and the journal
     * @param target an E.164 number with {@code +}, or a whole {@code sip:} URI
     * @param route where to send it; null sends a number to the trunk of the settings and a {@code sip:} URI to its own
     *     host
     * @param callerId E.164 number for From and P-Asserted-Identity; null shows the default of the settings
     * @param rtpPort our even RTP port; RTCP is the next one
     * @param ringTimeout from the INVITE on; its end gives {@code NO_ANSWER}
     */
    record OutboundLeg(
            String legId,
            String callId,
            String target,
            @Nullable SipRoute route,
            @Nullable String callerId,
            int rtpPort,
            Duration ringTimeout) {}

    /**
     * A registered user to dial.
     *
     * @param legId goes out as {@code X-Ringback-Leg}
     * @param callId the server call, for logs and the journal
     * @param contacts those of this gateway that have not expired; none ends the leg as UNREACHABLE
     * @param caller a number, or the name of a user, for From; null shows {@code anonymous}
     * @param displayName shown beside it
     * @param rtpPort our even RTP port; RTCP is the next one
     * @param ringTimeout from the INVITE on; its end gives {@code NO_ANSWER}
     */
    record UserLeg(
            String legId,
            String callId,
            List<Registration> contacts,
            @Nullable String caller,
            @Nullable String displayName,
            int rtpPort,
            Duration ringTimeout) {
        public UserLeg {
            contacts = List.copyOf(contacts);
        }
    }
}
