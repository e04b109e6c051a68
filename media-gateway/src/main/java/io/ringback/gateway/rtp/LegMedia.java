package io.ringback.gateway.rtp;

import io.ringback.core.call.Tone;
import io.ringback.core.media.LegStatistics;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.media.AudioFormat;
import io.ringback.media.dtmf.DtmfTone;
import io.ringback.media.dtmf.InBandDetector;
import io.ringback.media.dtmf.KeySource;
import io.ringback.media.dtmf.OutgoingTones;
import io.ringback.media.mix.MixLeg;
import io.ringback.media.play.OwnSound;
import io.ringback.media.play.PlayListener;
import io.ringback.media.rtp.RtcpExchange;
import io.ringback.media.rtp.RtpSender;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The media of one leg, between its two sockets and its place at the mixer. Packets come on the reader's thread, cycles
 * run on the pacer's, RTCP and the watch for silence on a timer.
 */
final class LegMedia {
    private static final AudioFormat FORMAT = AudioFormat.NARROWBAND;

    /** Presses that may be on their way to the pacer; a flood beyond is dropped. */
    private static final int MOST_PRESSES = 32;

    private final String participantId;
    private final SocketPair sockets;
    private final LongSupplier nanoTime;
    private final LegReceiver receiver;
    private final LegSender sender;
    private final LegRtcp rtcp;
    private final MixLeg place = new MixLeg(FORMAT);
    private final OwnSound own;
    private final OutgoingTones tones;
    private final KeySource keys = new KeySource();
    private final InBandDetector inBand = new InBandDetector(FORMAT);
    private final AtomicInteger pressesWaiting = new AtomicInteger();
    private volatile @Nullable NegotiatedMedia media;
    private volatile long heardAt;
    private boolean connected;

    /** What a leg needs of the process. {@code numbers} are random: SSRC, first sequence, first timestamp. */
    record Start(int ssrc, int firstSequence, int firstTimestamp, LongSupplier nanoTime, LongSupplier ntpTime) {}

    /** Told of each press by telephone event, on the reader's thread. */
    interface Presses {
        void pressed(LegMedia leg, Tone tone);
    }

    LegMedia(
            String participantId,
            SocketPair sockets,
            Start start,
            Presses presses,
            PlayListener plays,
            OutgoingTones.Listener sent) {
        this.participantId = participantId;
        this.sockets = sockets;
        this.nanoTime = start.nanoTime();
        this.heardAt = nanoTime.getAsLong();
        RtpSender rtp = new RtpSender(start.ssrc(), start.firstSequence(), start.firstTimestamp());
        this.receiver = new LegReceiver(code -> pressed(code, presses));
        this.tones = new OutgoingTones(FORMAT, sent);
        this.sender = new LegSender(sockets.rtp(), rtp, tones);
        this.rtcp = new LegRtcp(
                sockets.rtcp(),
                new RtcpExchange(
                        rtp, receiver.statistics(), "ringback-" + Integer.toHexString(start.ssrc()), start.ntpTime()));
        this.own = new OwnSound(FORMAT, plays);
    }

    String participantId() {
        return participantId;
    }

    SocketPair sockets() {
        return sockets;
    }

    /** A packet of sound came. On the reader's thread. */
    void rtpReceived(byte[] bytes, int length, InetSocketAddress source) {
        long now = nanoTime.getAsLong();
        if (receiver.received(bytes, length, source, now)) {
            heardAt = now;
        }
    }

    /** A report came. On the reader's thread. */
    void rtcpReceived(byte[] bytes, int length, InetSocketAddress source) {
        if (rtcp.received(bytes, length, source, receiver.destination())) {
            heardAt = nanoTime.getAsLong();
        }
    }

    void negotiated(NegotiatedMedia agreed) {
        receiver.negotiated(agreed);
        rtcp.negotiated(agreed.remoteRtcp());
        keys.negotiated(agreed.receiveTelephoneEvent().isPresent());
        heardAt = nanoTime.getAsLong();
        media = agreed;
    }

    /** What it sends counts from here on, though it is not connected: early media. On the pacer's thread, as all below. */
    void hearEarly() {
        receiver.connected();
    }

    void connect() {
        connected = true;
        heardAt = nanoTime.getAsLong();
        receiver.connected();
    }

    boolean isConnected() {
        return connected;
    }

    MixLeg place() {
        return place;
    }

    /** What this leg alone hears. */
    OwnSound own() {
        return own;
    }

    /** Key presses that go out to it. */
    OutgoingTones tones() {
        return tones;
    }

    KeySource keys() {
        return keys;
    }

    /** Takes what it says in this cycle. While its phone holds us, that is music, and nobody's concern. */
    void receive() {
        NegotiatedMedia agreed = media;
        receiver.jitter().take(place.spoken());
        place.talking(connected && agreed != null && agreed.weReceive() && agreed.weSend());
        place.listening(connected && agreed != null && agreed.weSend());
    }

    /** Fills what it alone hears in this cycle, after all have been received. */
    void prepare() {
        own.fill(place);
    }

    /**
     * Sends what the leg hears.
     *
     * @return the key whose press was found in the sound, or {@link DtmfTone#NONE}
     */
    int afterMix() {
        NegotiatedMedia agreed = media;
        sender.send(place.heard(), agreed, receiver.destination());
        boolean search = keys.needsInBand() && connected && agreed != null && agreed.weSend();
        return search ? inBand.cycle(place.spoken(), place.heard()) : DtmfTone.NONE;
    }

    void skipped(long cycles) {
        receiver.jitter().skip(cycles);
        sender.skipped((int) cycles * FORMAT.samplesPerCycle());
    }

    /** A press that came to the pacer; makes room for another. */
    void pressTaken() {
        pressesWaiting.decrementAndGet();
    }

    void report() {
        rtcp.report();
    }

    void goodbye() {
        rtcp.goodbye();
    }

    /** How long nothing came from a leg from which something should, in ms; 0 for one that is held. */
    long silentMs() {
        NegotiatedMedia agreed = media;
        if (agreed == null || !agreed.weReceive() || !agreed.weSend()) {
            return 0;
        }
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - heardAt);
    }

    LegStatistics statistics() {
        return new LegStatistics(
                sender.packets(),
                receiver.statistics().received(),
                receiver.statistics().lost(),
                receiver.statistics().jitterMillis(),
                rtcp.roundTripMs());
    }

    private void pressed(int code, Presses presses) {
        if (pressesWaiting.incrementAndGet() > MOST_PRESSES) {
            pressesWaiting.decrementAndGet();
            return;
        }
        Tone.ofEventCode(code).ifPresentOrElse(tone -> presses.pressed(this, tone), pressesWaiting::decrementAndGet);
    }
}
