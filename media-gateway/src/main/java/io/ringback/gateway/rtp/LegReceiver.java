package io.ringback.gateway.rtp;

import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.media.AudioFormat;
import io.ringback.media.codec.G711;
import io.ringback.media.dtmf.DtmfTone;
import io.ringback.media.dtmf.TelephoneEventReceiver;
import io.ringback.media.jitter.JitterBuffer;
import io.ringback.media.rtp.ReceiverStatistics;
import io.ringback.media.rtp.RtpPacket;
import io.ringback.media.rtp.SourceLock;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one leg receives: judges every packet of sound, counts it, and hands it to the jitter buffer or, a key press, to
 * the call. Packets come on the reader's thread.
 */
final class LegReceiver {
    /** RFC 3389. */
    private static final int COMFORT_NOISE = 13;

    private final JitterBuffer jitter = new JitterBuffer(AudioFormat.NARROWBAND);
    private final ReceiverStatistics statistics = new ReceiverStatistics(AudioFormat.NARROWBAND.sampleRate());
    private final TelephoneEventReceiver events = new TelephoneEventReceiver();
    private final IntConsumer presses;
    private final RtpPacket packet = new RtpPacket();
    private final AtomicLong refused = new AtomicLong();
    private volatile @Nullable Agreed agreed;
    private volatile boolean connected;

    /** What was negotiated, and the source that it leads to. */
    private record Agreed(NegotiatedMedia media, SourceLock lock) {}

    /** @param presses told the event code of each press, on the reader's thread */
    LegReceiver(IntConsumer presses) {
        this.presses = presses;
    }

    void negotiated(NegotiatedMedia media) {
        Agreed before = agreed;
        if (before == null) {
            agreed = new Agreed(media, new SourceLock(media.remoteRtp()));
        } else {
            before.lock().renegotiated(media.remoteRtp());
            agreed = new Agreed(media, before.lock());
        }
    }

    /** From here on sound counts; what came before was early media, which nobody hears. */
    void connected() {
        connected = true;
    }

    /**
     * Takes a datagram.
     *
     * @return whether it came from the leg
     */
    boolean received(byte[] bytes, int length, InetSocketAddress source, long nanos) {
        Agreed now = agreed;
        if (now == null || !packet.wrap(bytes, 0, length)) {
            refused.incrementAndGet();
            return false;
        }
        G711 codec = codec(now.media());
        boolean event = is(now.media().receiveTelephoneEvent());
        boolean noise = packet.payloadType() == COMFORT_NOISE && now.media().receiveComfortNoise();
        if ((codec == null && !event && !noise) || !now.lock().accept(source, packet.ssrc())) {
            refused.incrementAndGet();
            return false;
        }
        statistics.received(packet, nanos);
        if (connected && codec != null) {
            jitter.put(packet, codec);
        } else if (connected) {
            jitter.pause(packet);
            int code = event ? events.received(packet, nanos) : DtmfTone.NONE;
            if (code != DtmfTone.NONE) {
                presses.accept(code);
            }
        }
        return true;
    }

    /** Where this leg's packets go; null before the first offer and answer. */
    @Nullable
    InetSocketAddress destination() {
        Agreed now = agreed;
        return now == null ? null : now.lock().destination();
    }

    JitterBuffer jitter() {
        return jitter;
    }

    ReceiverStatistics statistics() {
        return statistics;
    }

    /** Datagrams that were no valid packet of this leg. */
    long refused() {
        return refused.get();
    }

    private @Nullable G711 codec(NegotiatedMedia media) {
        if (is(media.receivePcmu())) {
            return G711.MU_LAW;
        }
        return is(media.receivePcma()) ? G711.A_LAW : null;
    }

    private boolean is(OptionalInt payloadType) {
        return payloadType.isPresent() && payloadType.getAsInt() == packet.payloadType();
    }
}
