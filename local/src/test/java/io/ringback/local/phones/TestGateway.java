package io.ringback.local.phones;

import io.ringback.aws.files.FolderRecordingFiles;
import io.ringback.aws.memory.MemoryStorage;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.directory.DialRules;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.gateway.GatewaySettings;
import io.ringback.gateway.MediaGateway;
import io.ringback.gateway.call.DialRoutes;
import io.ringback.gateway.call.Directory;
import io.ringback.gateway.control.ControlToken;
import io.ringback.gateway.prompt.FreeTtsSynthesizer;
import io.ringback.gateway.prompt.Prompts;
import io.ringback.gateway.report.MediaEventQueue;
import io.ringback.gateway.sip.SipRoute;
import io.ringback.gateway.sip.SipSettings;
import io.ringback.testkit.network.Ports;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A whole media gateway on loopback, ordered about through its control API; table and queue are in memory. */
final class TestGateway implements AutoCloseable {
    private static final String TOKEN = "a token for tests";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int RTP_PORTS = 40;

    private final Path recordings;
    private final MediaGateway gateway;
    private final List<MediaReport> reports = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicLong> sequences = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * Starts it.
     *
     * @param folder for its journal and recordings
     * @param routes which port of loopback carries the numbers that match
     */
    TestGateway(Path folder, Map<String, Integer> routes) throws IOException {
        recordings = folder.resolve("recordings");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        InetSocketAddress anyPort = new InetSocketAddress(loopback, 0);
        int firstRtpPort = Ports.inARow(RTP_PORTS);
        GatewaySettings settings = new GatewaySettings(
                "gateway",
                folder.resolve("gateway"),
                new GatewaySettings.Control(anyPort, null, ControlToken.fixed(TOKEN)),
                new SipSettings(
                        anyPort, null, null, "+15550100900", SipSettings.Access.DEFAULT, SipSettings.Timing.DEFAULT),
                new DialRoutes(rules(routes), Set.of(), DialRules.parse("+")),
                GatewaySettings.Media.ofPorts(firstRtpPort, firstRtpPort + RTP_PORTS - 1),
                GatewaySettings.Admission.DEFAULT,
                OutboundPolicy.of("local"),
                Prompts.Limits.DEFAULT);
        MemoryStorage storage = new MemoryStorage(
                (next, effect, at) -> {
                    throw new UnsupportedOperationException("the gateway commits nothing");
                },
                InstantSource.system());
        gateway = MediaGateway.start(
                settings,
                new MediaGateway.Surroundings(
                        storage.calls(),
                        storage.gateways(),
                        new FolderRecordingFiles(recordings),
                        this::take,
                        new Directory.Ports(storage.subscriptions(), storage.identities(), storage.registrations()),
                        new FreeTtsSynthesizer()));
        Awaitility.await().until(gateway::ready);
    }

    private static List<DialRoutes.Rule> rules(Map<String, Integer> routes) {
        return routes.entrySet().stream()
                .map(route -> new DialRoutes.Rule(
                        Pattern.compile(route.getKey()), new SipRoute("127.0.0.1", route.getValue(), "udp", null)))
                .collect(Collectors.toList());
    }

    private Set<Integer> take(List<MediaEventQueue.Message> messages) {
        messages.forEach(message -> reports.add(GatewayProtocol.decodeReport(message.body())));
        return Set.of();
    }

    /** Dials, and waits until the leg is connected. */
    void connect(String call, Identifier target) {
        order(call, new MediaCommand.DialLeg("leg-" + call, target, null, Duration.ofSeconds(30), null, soon()));
        await(call, MediaEvent.LegConnected.class);
    }

    void play(String call, PromptSource source, boolean loop) {
        order(call, new MediaCommand.Play("play-" + call, null, source, loop, Set.of(), soon()));
        await(call, MediaEvent.PlayStarted.class);
    }

    void record(String call, Wanted wanted) {
        order(
                call,
                new MediaCommand.SetRecording(
                        "rec-" + call, wanted, Recording.Channels.MIXED, Recording.Format.WAV, soon()));
    }

    /** Hangs up, and waits until the leg is gone. */
    void hangUp(String call) {
        order(call, new MediaCommand.EndCall(List.of("leg-" + call), EndReason.HUNG_UP_BY_APPLICATION, soon()));
        await(call, MediaEvent.LegEnded.class);
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(30);
    }

    private void order(String call, MediaCommand command) {
        long sequence = sequences.computeIfAbsent(call, id -> new AtomicLong()).incrementAndGet();
        CommandEnvelope envelope = new CommandEnvelope(call, gateway.life(), sequence, command);
        HttpRequest request = HttpRequest.newBuilder(gateway.controlAddress().resolve(GatewayProtocol.path(envelope)))
                .header("Authorization", "Bearer " + TOKEN)
                .PUT(HttpRequest.BodyPublishers.ofString(GatewayProtocol.encode(envelope)))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + " " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The first event of this kind in the call; waits for it. */
    <E extends MediaEvent> E await(String call, Class<E> kind) {
        Awaitility.await().atMost(PATIENCE).until(() -> !events(call, kind).isEmpty());
        return events(call, kind).get(0);
    }

    /** The events of this kind in the call so far. */
    <E extends MediaEvent> List<E> events(String call, Class<E> kind) {
        return reports.stream()
                .filter(report -> report.serverCallId().equals(call))
                .map(MediaReport::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The file of the call's recording; waits for it. */
    Path recording(String call) {
        MediaEvent.RecordingFile file = await(call, MediaEvent.RecordingFile.class);
        if (!file.available() || file.contentKey() == null) {
            throw new AssertionError("no recording: " + file);
        }
        return recordings.resolve(file.contentKey());
    }

    @Override
    public void close() {
        gateway.close();
    }
}
