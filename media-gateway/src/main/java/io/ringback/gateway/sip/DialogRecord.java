package io.ringback.gateway.sip;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to end a dialog without the process that began it (RFC 3261 §12).
 *
 * @param answered false: no 2xx was seen, so CANCEL is due
 * @param localCSeq the highest that we used
 * @param inviteCSeq of the INVITE, which a CANCEL has to repeat
 * @param branch of the INVITE's Via, which a CANCEL has to repeat
 * @param requestUri of the INVITE
 * @param routeSet of the dialog; before an answer, the Route headers of the INVITE
 * @param remoteTarget the peer's Contact; null before one was seen
 * @param nextHop host, port and transport that the INVITE was sent to, e.g. {@code 127.0.0.1:5060/udp}
 */
public record DialogRecord(
        String legId,
        String serverCallId,
        boolean answered,
        String sipCallId,
        String localUri,
        String localTag,
        String remoteUri,
        @Nullable String remoteTag,
        long localCSeq,
        long inviteCSeq,
        String branch,
        String requestUri,
        @Nullable String remoteTarget,
        List<String> routeSet,
        String nextHop) {}
