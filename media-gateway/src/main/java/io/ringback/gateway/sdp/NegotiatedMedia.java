package io.ringback.gateway.sdp;

import java.net.InetSocketAddress;
import java.util.OptionalInt;

/**
 * What an offer and its answer agreed on, from our side.
 *
 * @param remoteRtp where we send RTP
 * @param remoteRtcp where we send RTCP (RFC 3605, else RTP's port + 1)
 * @param codec what we send
 * @param sendPayloadType the peer's number for that codec
 * @param receivePcmu the payload type on which PCMU may arrive (ours), or empty
 * @param receivePcma the payload type on which PCMA may arrive (ours), or empty
 * @param sendTelephoneEvent the peer's payload type for telephone events at 8 kHz, if negotiated
 * @param receiveTelephoneEvent our payload type for telephone events, if negotiated
 * @param receiveComfortNoise true if PT 13 may arrive
 * @param weSend false when the peer holds us (its sendonly or inactive, or a null address)
 * @param weReceive false when the peer does not send
 */
public record NegotiatedMedia(
        InetSocketAddress remoteRtp,
        InetSocketAddress remoteRtcp,
        AudioCodec codec,
        int sendPayloadType,
        OptionalInt receivePcmu,
        OptionalInt receivePcma,
        OptionalInt sendTelephoneEvent,
        OptionalInt receiveTelephoneEvent,
        boolean receiveComfortNoise,
        boolean weSend,
        boolean weReceive) {}
