package io.ringback.gateway;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ringback.aws.RandomIds;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.RecordingFiles;
import io.ringback.gateway.call.Admission;
import io.ringback.gateway.call.Arrivals;
import io.ringback.gateway.call.Calls;
import io.ringback.gateway.call.Directory;
import io.ringback.gateway.control.ControlApi;
import io.ringback.gateway.control.ControlGuard;
import io.ringback.gateway.journal.Journal;
import io.ringback.gateway.prompt.Prompts;
import io.ringback.gateway.prompt.SpeechSynthesizer;
import io.ringback.gateway.recording.RecordingRoom;
import io.ringback.gateway.report.Acknowledger;
import io.ringback.gateway.report.EventCourier;
import io.ringback.gateway.report.Heartbeat;
import io.ringback.gateway.report.MediaEventQueue;
import io.ringback.gateway.rtp.PortRange;
import io.ringback.gateway.rtp.SoundEngine;
import io.ringback.gateway.sip.SipEndpoint;
import io.ringback.gateway.sip.SipRoute;
import io.ringback.gateway.sip.SipStack;
import io.ringback.gateway.sip.SipUsers;
import io.ringback.gateway.sip.TrunkAccount;
import io.ringback.media.AudioFormat;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a media gateway: puts its parts together, first of all ends and reports what an earlier life left, and
 * takes everything apart again.
 */
public final class MediaGateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaGateway.class);

    private static final int CALL_THREADS = 4;
    private static final int DIRECTORY_THREADS = 4;
    private static final int DIRECTORY_WAITING = 200;
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);
    private static final int HEARTBEAT_SECONDS = 5;
    private static final int ACKNOWLEDGE_SECONDS = 30;
    private static final int ACCOUNT_MINUTES = 5;
    private static final Duration LAST_WORDS = Duration.ofSeconds(6);

    private final GatewaySettings settings;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final InstantSource clock = InstantSource.system();
    private final Journal journal;
    private final ScheduledThreadPoolExecutor callTimers;
    private final RecordingRoom room;
    private final PortRange ports;
    private final SoundEngine sound;
    private final SipEndpoint sip;
    private final EventCourier courier;
    private final Calls calls;
    private final Arrivals arrivals;
    private final ControlGuard guard;
    private final ControlApi control;
    private volatile boolean closing;

    /** What the gateway reaches beyond itself. {@code speech} is closed with it. */
    public record Surroundings(
            CallStore calls,
            Gateways gateways,
            RecordingFiles recordings,
            MediaEventQueue events,
            Directory.Ports directory,
            SpeechSynthesizer speech) {}

    /**
     * Starts.
     *
     * @throws IOException when a socket cannot be opened or the data folder cannot be used
     */
    public static MediaGateway start(GatewaySettings settings, Surroundings around) throws IOException {
        MediaGateway gateway = new MediaGateway(settings, around);
        gateway.endEarlierLives();
        gateway.sip.open(gateway.arrivals);
        gateway.announce(around);
        return gateway;
    }

    private MediaGateway(GatewaySettings settings, Surroundings around) throws IOException {
        this.settings = settings;
        try {
            journal = opened(Journal.open(settings.data().resolve("journal")));
            courier = opened(new EventCourier(journal, around.events()));
            ExecutorService pool = Executors.newFixedThreadPool(CALL_THREADS, task -> new Thread(task, "calls"));
            parts.push(() -> finish(pool));
            callTimers = timers("call-timers", 1);
            room = opened(new RecordingRoom(
                    settings.data().resolve("recordings"),
                    around.recordings(),
                    AudioFormat.NARROWBAND,
                    settings.media().minFreeBytes(),
                    STORE_RETRY));
            Prompts prompts = opened(new Prompts(settings.outbound(), around.speech(), settings.prompts(), clock));
            ports = new PortRange(settings.media().firstPort(), settings.media().lastPort());
            sound = opened(new SoundEngine(
                    ports, settings.media().pacers(), clock, settings.media().silence()));
            sip = opened(SipStack.start(
                    settings.sip(),
                    journal,
                    new SipUsers(
                            around.directory().identities(),
                            around.directory().registrations(),
                            settings.gatewayId(),
                            clock)));
            Directory directory = new Directory(around.directory(), settings.gatewayId(), readers(), clock);
            calls = Calls.open(
                    newLife(),
                    new Calls.Limits(
                            settings.admission().capacity().upTo(ports.pairs()),
                            settings.admission().callDuration(),
                            settings.admission().offers()),
                    settings.routes(),
                    new Calls.Services(journal, courier, sip, directory, sound, prompts, room),
                    new Calls.Threads(pool, callTimers, clock));
            parts.push(this::endCalls);
            arrivals = new Arrivals(directory, settings.routes(), calls, new RandomIds(), this::ready);
            guard = new ControlGuard(settings.control().token(), clock);
            control = opened(new ControlApi(
                    settings.control().bind(), guard, calls, journal, new ControlApi.State(this::ready, this::gauges)));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where functions reach the control API. */
    public URI controlAddress() {
        URI advertised = settings.control().advertised();
        return advertised != null
                ? advertised
                : URI.create("http://" + settings.control().bind().getHostString() + ":" + control.port());
    }

    /** Where phones and trunks reach SIP. */
    public InetSocketAddress sipAddress() {
        return sip.advertised();
    }

    /** This life, to which calls are pinned. */
    public GatewayRef life() {
        return calls.life();
    }

    /** False while calls cannot be carried. */
    public boolean ready() {
        return !closing && journal.isWritable() && sip.ready();
    }

    /** Counters and gauges of all parts, by name; {@code docs/operations.md} lists them. */
    public Map<String, Long> gauges() {
        Map<String, Long> gauges = new TreeMap<>(sip.gauges());
        gauges.putAll(sound.gauges());
        gauges.putAll(journal.gauges());
        gauges.putAll(guard.gauges());
        gauges.putAll(ProcessGauges.read());
        // Tasks fail, and are dropped, in legs and in calls.
        calls.gauges().forEach((name, value) -> gauges.merge(name, value, Long::sum));
        gauges.put("callTimers", (long) callTimers.getQueue().size());
        gauges.put("recordings", (long) room.size());
        gauges.put("rtpPorts", 2L * ports.inUse());
        gauges.put("eventsWaiting", (long) courier.waiting());
        return gauges;
    }

    /** Hangs everything up, gives it a few seconds to be told, and stops. */
    @Override
    public void close() {
        closing = true;
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a part of the gateway did not stop cleanly", e);
            }
        }
    }

    /** BYE or CANCEL for every dialog, then an end for every leg and a file for every recording (telephony §2). */
    private void endEarlierLives() {
        journal.dialogs().forEach(ghost -> sip.endGhost(ghost, () -> journal.forget(ghost.legId())));
        List<Journal.Debt> debts = journal.debts();
        room.tidy(debts.stream().flatMap(debt -> debt.openRecordings().stream()).collect(Collectors.toSet()));
        debts.forEach(calls::settle);
    }

    private void announce(Surroundings around) {
        Heartbeat heartbeat = new Heartbeat(around.gateways(), this::presence, () -> calls.renew(newLife()));
        Acknowledger acknowledger = new Acknowledger(journal, around.calls(), courier, clock);
        var unusedBeat =
                timers("heartbeat", 1).scheduleWithFixedDelay(heartbeat, 0, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        SipRoute trunk = settings.sip().trunk();
        TrunkAccount account = trunk == null ? null : trunk.account();
        if (account != null) {
            var unusedReading = timers("trunk-account", 1)
                    .scheduleWithFixedDelay(account::renewed, ACCOUNT_MINUTES, ACCOUNT_MINUTES, TimeUnit.MINUTES);
        }
        var unusedLook = timers("acknowledger", 1)
                .scheduleWithFixedDelay(acknowledger::run, 0, ACKNOWLEDGE_SECONDS, TimeUnit.SECONDS);
    }

    private Heartbeat.Presence presence() {
        GatewayRef life = calls.life();
        Admission.Census census = calls.census();
        return new Heartbeat.Presence(
                new Gateways.Gateway(
                        life, controlAddress(), census.legs(), census.trunk(), closing, false, clock.instant()),
                census.came());
    }

    private GatewayRef newLife() {
        return new GatewayRef(settings.gatewayId(), UlidCreator.getUlid().toString());
    }

    private void endCalls() {
        calls.endAll(EndReason.GATEWAY_LOST);
        calls.awaitQuiet(LAST_WORDS);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private ScheduledThreadPoolExecutor timers(String name, int threads) {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(threads, task -> new Thread(task, name));
        timers.setRemoveOnCancelPolicy(true);
        parts.push(timers::shutdownNow);
        return timers;
    }

    /** Read the directory for dials; what waits beyond a bound is refused. */
    private ExecutorService readers() {
        ThreadPoolExecutor readers = new ThreadPoolExecutor(
                DIRECTORY_THREADS,
                DIRECTORY_THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(DIRECTORY_WAITING),
                task -> new Thread(task, "directory"));
        readers.allowCoreThreadTimeOut(true);
        parts.push(readers::shutdownNow);
        return readers;
    }

    private static void finish(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(2, TimeUnit.SECONDS)) {
            LOG.warn("a call still had something to do");
        }
    }
}
