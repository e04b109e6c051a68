package io.ringback.gateway.rtp;

import io.ringback.core.call.Tone;
import io.ringback.core.media.LegStatistics;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.media.AudioFormat;
import io.ringback.media.dtmf.DtmfTone;
import io.ringback.media.dtmf.InBandDetector;
import io.ringback.media.dtmf.KeySource;
import io.ringback.media.mix.MixLeg;
import io.ringback.media.play.PlayListener;
import io.ringback.media.play.PlayQueue;
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
    private final PlayQueue plays;
    private final short[] prompt = new short[FORMAT.samplesPerCycle()];
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

    LegMedia(String participantId, SocketPair sockets, Start start, Presses presses, PlayListener listener) {
        this.participantId = participantId;
        this.sockets = sockets;
        this.nanoTime = start.nanoTime();
        this.heardAt = nanoTime.getAsLong();
        RtpSender rtp = new RtpSender(start.ssrc(), start.firstSequence(), start.firstTimestamp());
        this.receiver = new LegReceiver(code -> pressed(code, presses));
        this.sender = new LegSender(sockets.rtp(), rtp);
        this.rtcp = new LegRtcp(
                sockets.rtcp(),
                new RtcpExchange(
                        rtp, receiver.statistics(), "ringback-" + Integer.toHexString(start.ssrc()), start.ntpTime()));
        this.plays = new PlayQueue(FORMAT, listener);
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

    /** On the pacer's thread, as all below. */
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

    PlayQueue plays() {
        return plays;
    }

    KeySource keys() {
        return keys;
    }

    /** Fills the leg's place for the next mix. */
    void beforeMix() {
        NegotiatedMedia agreed = media;
        receiver.jitter().take(place.spoken());
        place.talking(connected && agreed != null && agreed.weReceive());
        place.listening(connected && agreed != null && agreed.weSend());
        place.ownPrompt(connected && plays.fill(prompt) ? prompt : null);
    }

    /**
     * Sends what the leg hears.
     *
     * @return the key whose press was found in the sound, or {@link DtmfTone#NONE}
     */
    int afterMix() {
        sender.send(place.heard(), media, receiver.destination());
        return keys.needsInBand() && connected ? inBand.cycle(place.spoken(), place.heard()) : DtmfTone.NONE;
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
        if (agreed == null || !agreed.weReceive()) {
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
