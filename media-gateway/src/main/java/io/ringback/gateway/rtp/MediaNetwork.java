package io.ringback.gateway.rtp;

import io.ringback.gateway.call.CallSound;
import io.ringback.media.dtmf.OutgoingTones;
import io.ringback.media.play.PlayListener;
import io.ringback.media.rtp.NtpTime;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network side of every leg: its sockets, its reports, the watch over its silence. */
final class MediaNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(MediaNetwork.class);
    private static final int REPORT_EVERY_SECONDS = 5;

    private final PortRange ports;
    private final PacketReader reader;
    private final ScheduledExecutorService timer;
    private final NtpTime ntpTime;
    private final Duration silence;
    private final SecureRandom random = new SecureRandom();
    private final Map<LegMedia, Future<?>> watched = new ConcurrentHashMap<>();

    /** @param silence how long a leg may send neither sound nor reports before that is told */
    MediaNetwork(
            PortRange ports,
            PacketReader reader,
            ScheduledExecutorService timer,
            InstantSource clock,
            Duration silence) {
        this.ports = ports;
        this.reader = reader;
        this.timer = timer;
        this.ntpTime = new NtpTime(clock.instant(), System::nanoTime);
        this.silence = silence;
    }

    /** Opens a leg's sockets and reads them; empty when no ports are left. */
    Optional<LegMedia> open(
            String participantId, LegMedia.Presses presses, PlayListener plays, OutgoingTones.Listener sent) {
        return ports.open().map(sockets -> {
            LegMedia.Start start = new LegMedia.Start(
                    random.nextInt(), random.nextInt(1 << 16), random.nextInt(), System::nanoTime, ntpTime);
            LegMedia leg = new LegMedia(participantId, sockets, start, presses, plays, sent);
            reader.read(sockets.rtp(), leg::rtpReceived);
            reader.read(sockets.rtcp(), leg::rtcpReceived);
            return leg;
        });
    }

    /** Sends the leg's reports from now on, and tells of its silence. */
    void watch(LegMedia leg, CallSound.Listener listener) {
        Watch watch = new Watch(leg, listener);
        watched.put(leg, timer.scheduleAtFixedRate(watch, 1, 1, TimeUnit.SECONDS));
    }

    /** Says goodbye and closes the leg's sockets, on the reader's thread. */
    void close(LegMedia leg) {
        Future<?> watch = watched.remove(leg);
        if (watch != null) {
            watch.cancel(false);
        }
        reader.execute(() -> {
            try {
                leg.goodbye();
                leg.sockets().close();
            } catch (IOException e) {
                LOG.warn("the sockets of a leg could not be closed", e);
            }
        });
    }

    /** Runs each second. */
    private final class Watch implements Runnable {
        private final LegMedia leg;
        private final CallSound.Listener listener;
        private int seconds;
        private long toldAtMs;

        Watch(LegMedia leg, CallSound.Listener listener) {
            this.leg = leg;
            this.listener = listener;
        }

        @Override
        public void run() {
            if (++seconds % REPORT_EVERY_SECONDS == 0) {
                leg.report();
            }
            long silent = leg.silentMs();
            if (silent < toldAtMs) {
                toldAtMs = 0;
            }
            if (silent - toldAtMs >= silence.toMillis()) {
                toldAtMs = silent;
                listener.silent(leg.participantId());
            }
        }
    }
}
