package io.ringback.core.directory;

import io.ringback.core.call.Identifier;
import java.time.Instant;

/**
 * Where a user's softphone can be reached (RFC 3261 §10).
 *
 * @param gatewayId the gateway that took the REGISTER
 * @param contact the Contact URI that was registered
 * @param flow {@code udp:host:port} or {@code tcp:host:port} from which the REGISTER came: a phone behind a NAT is
 *     reached there only
 * @param callId Call-ID of the REGISTER, with {@code cseq} the guard against one that comes out of order
 */
public record Registration(
        Identifier user, String gatewayId, String contact, String flow, String callId, long cseq, Instant expiresAt) {}
