package io.ringback.gateway.rtp;

import io.ringback.gateway.sdp.AudioCodec;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.media.AudioFormat;
import io.ringback.media.codec.G711;
import io.ringback.media.dtmf.OutgoingTones;
import io.ringback.media.rtp.RtpPacket;
import io.ringback.media.rtp.RtpSender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one leg sends: a packet in each cycle, of sound or of a key press. On the pacer's thread; allocates nothing. */
final class LegSender {
    private final DatagramChannel channel;
    private final RtpSender rtp;
    private final OutgoingTones tones;
    private final byte[] packet = new byte[RtpPacket.HEADER_BYTES + AudioFormat.NARROWBAND.samplesPerCycle()];
    private final ByteBuffer view = ByteBuffer.allocateDirect(packet.length);
    private final AtomicLong unsent = new AtomicLong();

    LegSender(DatagramChannel channel, RtpSender rtp, OutgoingTones tones) {
        this.channel = channel;
        this.rtp = rtp;
        this.tones = tones;
    }

    /** Sends a frame, or lets its time pass while the peer does not want any or holds us. */
    void send(short[] frame, @Nullable NegotiatedMedia media, @Nullable InetSocketAddress to) {
        if (media == null || to == null || !media.weSend()) {
            rtp.skip(frame.length);
            return;
        }
        int length = write(frame, media);
        view.clear().put(packet, 0, length).flip();
        try {
            if (channel.send(view, to) == 0) {
                unsent.incrementAndGet();
            }
        } catch (IOException | UnsupportedAddressTypeException e) {
            unsent.incrementAndGet();
        }
    }

    /** A press goes out as a telephone event with the peer's number, or in the place of the sound. */
    private int write(short[] frame, NegotiatedMedia media) {
        if (media.sendTelephoneEvent().isPresent()) {
            int event = tones.writeEvent(packet, media.sendTelephoneEvent().getAsInt(), rtp);
            if (event > 0) {
                return event;
            }
        } else {
            tones.writeSound(frame);
        }
        G711 codec = media.codec() == AudioCodec.PCMU ? G711.MU_LAW : G711.A_LAW;
        return rtp.writeSound(packet, media.sendPayloadType(), codec, frame);
    }

    /** Cycles that the pacer never ran: their time passes. */
    void skipped(int samples) {
        rtp.skip(samples);
    }

    long packets() {
        return rtp.packets();
    }

    /** Packets that the machine did not take. */
    long unsent() {
        return unsent.get();
    }
}
