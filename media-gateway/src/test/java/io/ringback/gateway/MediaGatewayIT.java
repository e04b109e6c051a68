package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording.Channels;
import io.ringback.core.call.Recording.Format;
import io.ringback.core.call.Tone;
import io.ringback.core.directory.DialRules;
import io.ringback.core.media.LegStatistics;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.Play;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaCommand.SetRecording.Wanted;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaEvent.PlayStarted;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.core.media.MediaEvent.TonePressed;
import io.ringback.core.media.MediaReport;
import io.ringback.gateway.call.DialRoutes;
import io.ringback.gateway.control.ControlToken;
import io.ringback.gateway.journal.Journal;
import io.ringback.gateway.prompt.Prompts;
import io.ringback.gateway.sip.SipRoute;
import io.ringback.gateway.sip.SipSettings;
import io.ringback.media.AudioFormat;
import io.ringback.media.Sound;
import io.ringback.media.codec.G711;
import io.ringback.media.dtmf.DtmfTone;
import io.ringback.media.wav.WavReader;
import io.ringback.testkit.network.Ports;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with real SIP, RTP and HTTP on loopback, and a phone made of literal bytes. */
class MediaGatewayIT {
    private static final String CALL = "call-000000000000001";
    private static final String TOKEN = "the-control-token";
    private static final int RTP_PORTS = 40;
    private static final byte SILENCE = (byte) 0xFF;

    @TempDir
    Path folder;

    private final World world = new World();
    private final HttpClient http = HttpClient.newHttpClient();
    private RawPhone phone;
    private MediaGateway gateway;
    private GatewayRef life;
    private long sequence;

    @BeforeEach
    void start() throws IOException {
        phone = new RawPhone(true);
        gateway = gateway(folder.resolve("data"), world);
        life = gateway.life();
    }

    @AfterEach
    void stop() {
        gateway.close();
        phone.close();
    }

    @Test
    void aCallIsPlayedToListenedToRecordedAndEnded() throws Exception {
        short[] tune = tune(8000);
        try (MockWebServer prompts = new MockWebServer()) {
            prompts.start();
            prompts.enqueue(new MockResponse.Builder()
                    .body(new Buffer().write(Wave.of(tune)))
                    .build());
            connect();
            put(new SetRecording("recording-1", Wanted.RECORDING, Channels.MIXED, Format.WAV, soon()));
            ScheduledExecutorService talking = keepTalking();
            put(new Play(
                    "play-1",
                    null,
                    new PromptSource.File(prompts.url("/tune.wav").uri(), null),
                    false,
                    Set.of(),
                    soon()));
            await(PlayStarted.class);
            await(PlayEnded.class);
            assertThat(world.event(PlayEnded.class).orElseThrow().outcome()).isEqualTo(PlayEnded.Outcome.COMPLETED);
            assertThat(Collections.indexOfSubList(phone.heardSound(), muLaw(tune)))
                    .as("the prompt, sample for sample, in what the phone heard")
                    .isNotNegative();
            phone.press(1);
            await(TonePressed.class);
            assertThat(world.events().stream().filter(TonePressed.class::isInstance))
                    .containsExactly(new TonePressed("p1", Tone.TONE1));
            talking.shutdownNow();
        }
        put(new EndCall(List.of("p1"), EndReason.HUNG_UP_BY_APPLICATION, soon()));
        await(RecordingFile.class);
        assertThat(phone.requests()).contains("INVITE", "ACK", "BYE");
        assertPacketsAreGapless();
        LegEnded ended = world.event(LegEnded.class).orElseThrow();
        assertThat(ended.reason()).isEqualTo(EndReason.HUNG_UP_BY_APPLICATION);
        LegStatistics statistics = Objects.requireNonNull(ended.statistics());
        assertThat(statistics.packetsSent())
                .isBetween((long) phone.heard().size(), phone.heard().size() + 5L);
        assertThat(statistics.packetsReceived()).isGreaterThan(10);
        RecordingFile file = world.event(RecordingFile.class).orElseThrow();
        assertThat(file.available()).as(file.message()).isTrue();
        byte[] wav = world.recordings.read(String.valueOf(file.contentKey()), 0, (int) file.sizeBytes());
        Sound recorded = WavReader.read(wav);
        assertThat(recorded.frames() / 8).isEqualTo((int) file.durationMs()).isGreaterThan(1000);
        assertThat(world.reports())
                .extracting(MediaReport::number)
                .isEqualTo(upTo(world.reports().size()));
    }

    @Test
    void textIsSpoken() throws Exception {
        connect();
        put(new Play("play-1", null, new PromptSource.Text("Hello, this is a test.", null), false, Set.of(), soon()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> world.event(PlayEnded.class).isPresent());
        assertThat(world.event(PlayEnded.class).orElseThrow().outcome()).isEqualTo(PlayEnded.Outcome.COMPLETED);
        long loud = phone.heardSound().stream()
                .filter(octet -> (octet & 0x7F) < 0x40)
                .count();
        assertThat(loud).as("loud samples of a second and more of speech").isGreaterThan(2000);
    }

    @Test
    void aPressEndsALoopingPlayWithinTwoCyclesOfIt() throws Exception {
        try (MockWebServer prompts = new MockWebServer()) {
            prompts.start();
            prompts.enqueue(new MockResponse.Builder()
                    .body(new Buffer().write(Wave.of(tune(4000))))
                    .build());
            connect();
            put(new Play(
                    "play-1",
                    null,
                    new PromptSource.File(prompts.url("/tune.wav").uri(), null),
                    true,
                    Set.of(Tone.POUND),
                    soon()));
            await(PlayStarted.class);
            int before = phone.heard().size();
            Awaitility.await().until(() -> phone.heard().size() > before + 60);
            phone.press(11);
            await(PlayEnded.class);
            PlayEnded ended = world.event(PlayEnded.class).orElseThrow();
            assertThat(ended.stopTone()).isEqualTo(Tone.POUND);
            int after = phone.heard().size();
            Awaitility.await().until(() -> phone.heard().size() > after + 5);
            assertThat(phone.heard().subList(after + 3, after + 5)).allMatch(MediaGatewayIT::isSilent);
        }
    }

    /** A phone that negotiated telephone events is not searched for tones: it has said how it sends its presses. */
    @Test
    void tonesInTheSoundAreNoPressesOfAPhoneWithTelephoneEvents() throws Exception {
        connect();
        sayTone(7);
        phone.press(2);
        await(TonePressed.class);
        assertThat(world.events().stream().filter(TonePressed.class::isInstance))
                .containsExactly(new TonePressed("p1", Tone.TONE2));
    }

    @Test
    void tonesInTheSoundArePressesOfAPhoneWithoutTelephoneEvents() throws Exception {
        phone.close();
        phone = new RawPhone(false);
        gateway.close();
        gateway = gateway(folder.resolve("other"), world);
        life = gateway.life();
        connect();
        sayTone(7);
        await(TonePressed.class);
        assertThat(world.event(TonePressed.class).orElseThrow().tone()).isEqualTo(Tone.TONE7);
    }

    @Test
    void damagedPacketsHarmNobody() throws Exception {
        connect();
        Random random = new Random(1);
        for (int burst = 0; burst < 40; burst++) {
            for (int i = 0; i < 50; i++) {
                byte[] junk = new byte[random.nextInt(60)];
                random.nextBytes(junk);
                phone.sendRaw(junk);
            }
            int heard = phone.heard().size();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> phone.heard().size() > heard);
        }
        phone.press(5);
        await(TonePressed.class);
        assertThat(world.event(TonePressed.class).orElseThrow().tone()).isEqualTo(Tone.TONE5);
    }

    @Test
    void theControlApiKnowsItsCallersItsEpochAndItsNumbers() throws Exception {
        CommandEnvelope order = envelope(1, dial());
        assertThat(send("PUT", GatewayProtocol.path(order), GatewayProtocol.encode(order), "wrong")
                        .statusCode())
                .isEqualTo(401);
        CommandEnvelope elsewhere = new CommandEnvelope(CALL, new GatewayRef("gw-test", "another"), 1, dial());
        HttpResponse<String> mismatch = send(elsewhere);
        assertThat(mismatch.statusCode()).isEqualTo(409);
        assertThat(mismatch.body()).contains("epochMismatch");
        assertThat(send("PUT", "/calls/" + CALL + "/legs/other", GatewayProtocol.encode(order), TOKEN)
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("PUT", GatewayProtocol.path(order), "{", TOKEN).statusCode())
                .isEqualTo(400);
        assertThat(send("PUT", GatewayProtocol.path(order), "x".repeat(100_000), TOKEN)
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(order).body()).contains("accepted");
        assertThat(send(order).body()).contains("alreadyApplied");
        await(LegConnected.class);
        HttpResponse<String> events = send("GET", "/calls/" + CALL + "/events?after=1", null, TOKEN);
        assertThat(GatewayProtocol.decodeEvents(events.body()))
                .isNotEmpty()
                .isEqualTo(world.reports().subList(1, world.reports().size()));
        assertThat(send("GET", "/calls/" + CALL, null, TOKEN).body()).contains("connected");
        assertThat(send("GET", "/calls/unknown", null, TOKEN).statusCode()).isEqualTo(404);
        assertThat(send("GET", "/health", null, TOKEN).body()).contains(life.epoch(), "\"legs\":1", "\"ready\":true");
        assertThat(send("GET", "/gauges", null, TOKEN).body())
                .contains("\"legs\":1,", "\"dialogs\":1,", "\"rtpPorts\":2,", "\"journalDialogs\":1,");
        assertThat(send("GET", "/gauges", null, "wrong").statusCode()).isEqualTo(401);
        assertThat(world.find("gw-test")).isPresent();
    }

    /** The names of docs/operations.md, which soak and chaos tests read. */
    @Test
    void whatIsHeldIsToldAndGivenBack() throws Exception {
        assertThat(gateway.gauges())
                .containsKeys("threads", "openFiles", "heapBytes", "heapAfterGcBytes", "journalBytes", "callTimers")
                .containsKeys("clientTransactions", "serverTransactions", "stackDialogs", "cycles", "eventsWaiting");
        connect();
        assertThat(gateway.gauges()).containsEntry("calls", 1L).containsEntry("rtpPorts", 2L);
        put(new EndCall(List.of("p1"), EndReason.HUNG_UP_BY_APPLICATION, soon()));
        await(LegEnded.class);
        Awaitility.await()
                .untilAsserted(() -> assertThat(gateway.gauges())
                        .containsEntry("legs", 0L)
                        .containsEntry("rtpPorts", 0L)
                        .containsEntry("journalDialogs", 0L)
                        .containsEntry("eventsWaiting", 0L));
    }

    /** The disk as a crash leaves it: a copy taken while the first life still runs. */
    @Test
    void theNextLifeEndsGhostsReportsThemAndSavesTheRecording() throws Exception {
        connect();
        put(new SetRecording("recording-1", Wanted.RECORDING, Channels.MIXED, Format.WAV, soon()));
        await(RecordingChanged.class);
        ScheduledExecutorService talking = keepTalking();
        Path wav = folder.resolve("data/recordings/recording-1.wav");
        Awaitility.await().until(() -> Files.size(wav) > 16_000);
        int reported = world.reports().size();
        Path photograph = folder.resolve("photograph");
        copy(folder.resolve("data"), photograph);
        talking.shutdownNow();
        World after = new World();
        try (MediaGateway next = gateway(photograph, after)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> after.event(RecordingFile.class).isPresent()
                            && phone.requests().contains("BYE"));
            assertThat(next.life().epoch()).isNotEqualTo(life.epoch());
            assertThat(after.reports()).extracting(MediaReport::gateway).containsOnly(life);
            List<MediaReport> fresh = after.reports().stream()
                    .filter(report -> report.number() > reported)
                    .toList();
            assertThat(fresh)
                    .extracting(report -> report.event().getClass().getSimpleName())
                    .containsExactlyInAnyOrder("LegEnded", "RecordingChanged", "RecordingFile");
            assertThat(after.event(LegEnded.class).orElseThrow().reason()).isEqualTo(EndReason.GATEWAY_LOST);
            RecordingFile file = after.event(RecordingFile.class).orElseThrow();
            assertThat(file.available()).as(file.message()).isTrue();
            assertThat(file.durationMs()).isGreaterThanOrEqualTo(900);
            assertThat(after.recordings.size(String.valueOf(file.contentKey()))).contains(file.sizeBytes());
        }
        World third = new World();
        gateway(photograph, third).close();
        assertThat(third.reports())
                .as("what a third life has new to report")
                .noneMatch(report -> report.number() > reported + 3);
    }

    /** What a life leaves that is killed when it has taken a dial into its journal and has sent nothing yet. */
    @Test
    void aDialThatTheLifeBeforeTookIsNeverSentByTheNext() throws Exception {
        Path left = folder.resolve("left");
        GatewayRef before = new GatewayRef("gw-test", "01J00000000000000000000001");
        try (Journal journal = Journal.open(left.resolve("journal"))) {
            journal.order(CALL, before, 1, "p1", null);
        }
        World after = new World();
        gateway.close();
        gateway = gateway(left, after);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> after.event(LegEnded.class).isPresent());

        assertThat(after.event(LegEnded.class).orElseThrow().reason()).isEqualTo(EndReason.GATEWAY_LOST);
        assertThat(after.reports()).extracting(MediaReport::gateway).containsOnly(before);
        CommandEnvelope again = new CommandEnvelope(CALL, before, 1, dial());
        assertThat(send(again).statusCode()).isEqualTo(409);
        // A call of its own shows that the phone could have been reached by then.
        life = gateway.life();
        CommandEnvelope other = new CommandEnvelope(
                "call-000000000000002",
                life,
                1,
                new DialLeg(
                        "p2", Identifier.ofPhoneNumber("+12065550100"), null, Duration.ofSeconds(20), null, soon()));
        assertThat(send(other).statusCode()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> after.event(LegConnected.class).isPresent());
        assertThat(phone.requests().stream().filter("INVITE"::equals)).hasSize(1);
    }

    @Test
    void aLegThatFallsSilentIsAskedAndEndedWhenItDoesNotAnswer() throws Exception {
        gateway.close();
        gateway = gateway(folder.resolve("impatient"), world, Duration.ofSeconds(1));
        life = gateway.life();
        connect();
        phone.say(new byte[160]);
        Awaitility.await().until(() -> phone.requests().contains("OPTIONS"));
        assertThat(world.event(LegEnded.class)).as("it answers, so it stays").isEmpty();
        phone.close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> world.event(LegEnded.class).isPresent());
        assertThat(world.event(LegEnded.class).orElseThrow().reason()).isEqualTo(EndReason.MEDIA_LOST);
    }

    /** RFC 3550 §6.4.1: version 2, type 200, our SSRC, and the count of packets so far. */
    @Test
    void eachLegReportsEveryFiveSeconds() throws Exception {
        connect();
        phone.say(new byte[160]);
        Awaitility.await()
                .atMost(Duration.ofSeconds(8))
                .until(() -> !phone.reports().isEmpty());
        byte[] report = phone.reports().get(0);
        assertThat(report[0] & 0xC0).isEqualTo(0x80);
        assertThat(report[1] & 0xFF).isEqualTo(200);
        assertThat(number(report, 4, 4)).isEqualTo(number(phone.heard().get(0), 8, 4));
        assertThat(number(report, 20, 4)).isBetween(200L, 300L);
        assertThat(report[0] & 0x1F)
                .as("reports about the one source that was heard")
                .isEqualTo(1);
    }

    @Test
    void aFencedGatewayHangsUpAndTakesANewEpoch() throws Exception {
        connect();
        world.fence(life);
        Awaitility.await()
                .atMost(Duration.ofSeconds(12))
                .until(() -> world.event(LegEnded.class).isPresent());
        assertThat(world.event(LegEnded.class).orElseThrow().reason()).isEqualTo(EndReason.GATEWAY_LOST);
        Awaitility.await().until(() -> phone.requests().contains("BYE"));
        assertThat(gateway.life()).isNotEqualTo(life);
        assertThat(send(envelope(99, dial())).statusCode()).isEqualTo(409);
    }

    @Test
    void nothingIsLeftOpenWhenItCloses() throws Exception {
        connect();
        gateway.close();
        Awaitility.await().until(() -> phone.requests().contains("BYE"));
        Set<String> names = Set.of(
                "pacer-0",
                "pacer-1",
                "rtp-reader",
                "rtcp-timer",
                "event-courier",
                "calls",
                "call-timers",
                "heartbeat",
                "acknowledger",
                "recording-writer",
                "recording-finisher");
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .doesNotContainAnyElementsOf(names));
    }

    private MediaGateway gateway(Path data, World around) throws IOException {
        return gateway(data, around, Duration.ofSeconds(30));
    }

    private MediaGateway gateway(Path data, World around, Duration silence) throws IOException {
        int rtpPort = Ports.inARow(RTP_PORTS);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SipRoute route = SipRoute.parse("sip:127.0.0.1:" + phone.sipPort()).orElseThrow();
        DialRoutes routes = new DialRoutes(
                List.of(new DialRoutes.Rule(Pattern.compile("\\+.*"), route)), Set.of(), DialRules.parse("+"));
        GatewaySettings settings = new GatewaySettings(
                "gw-test",
                data,
                new GatewaySettings.Control(anyPort, null, ControlToken.fixed(TOKEN)),
                new SipSettings(anyPort, null, route, null, SipSettings.Access.DEFAULT, SipSettings.Timing.DEFAULT),
                routes,
                new GatewaySettings.Media(rtpPort, rtpPort + RTP_PORTS - 1, 2, silence, 1),
                GatewaySettings.Admission.DEFAULT,
                OutboundPolicy.LOCAL,
                Prompts.Limits.DEFAULT);
        return MediaGateway.start(settings, around.surroundings());
    }

    private void connect() throws Exception {
        put(dial());
        await(LegConnected.class);
    }

    private static DialLeg dial() {
        return new DialLeg("p1", Identifier.ofPhoneNumber("+12065550100"), null, Duration.ofSeconds(20), null, soon());
    }

    private void put(MediaCommand command) throws Exception {
        HttpResponse<String> answer = send(envelope(++sequence, command));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private CommandEnvelope envelope(long number, MediaCommand command) {
        return new CommandEnvelope(CALL, life, number, command);
    }

    private HttpResponse<String> send(CommandEnvelope envelope) throws Exception {
        return send("PUT", GatewayProtocol.path(envelope), GatewayProtocol.encode(envelope), TOKEN);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body, String token)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.controlAddress() + path))
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void await(Class<? extends io.ringback.core.media.MediaEvent> type) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> world.event(type).isPresent());
    }

    /** A phone that says something all the time, until the returned service is shut down. */
    private ScheduledExecutorService keepTalking() {
        byte[] murmur = new byte[160];
        for (int i = 0; i < murmur.length; i++) {
            murmur[i] = (byte) (i % 8 < 4 ? 0x20 : 0xA0);
        }
        ScheduledExecutorService mouth = Executors.newSingleThreadScheduledExecutor();
        var unused = mouth.scheduleAtFixedRate(() -> phone.say(murmur), 0, 20, TimeUnit.MILLISECONDS);
        return mouth;
    }

    /** 200 ms of a key's two frequencies between silences, at the pace of a phone. */
    private void sayTone(int key) {
        short[] sound = new short[8000];
        short[] tone = DtmfTone.sound(AudioFormat.NARROWBAND, key, 200);
        System.arraycopy(tone, 0, sound, 3200, tone.length);
        for (int at = 0; at < sound.length; at += 160) {
            byte[] payload = new byte[160];
            G711.MU_LAW.encode(sound, at, 160, payload, 0);
            int heard = phone.heard().size();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> phone.heard().size() > heard);
            phone.say(payload);
        }
    }

    private void assertPacketsAreGapless() {
        List<byte[]> packets = phone.heard();
        for (int i = 1; i < packets.size(); i++) {
            byte[] before = packets.get(i - 1);
            byte[] packet = packets.get(i);
            assertThat((number(packet, 2, 2) - number(before, 2, 2)) & 0xFFFF).isEqualTo(1);
            assertThat((int) (number(packet, 4, 4) - number(before, 4, 4))).isEqualTo(160);
            assertThat(number(packet, 8, 4)).isEqualTo(number(before, 8, 4));
        }
    }

    private static long number(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (bytes[offset + i] & 0xFF);
        }
        return value;
    }

    private static boolean isSilent(byte[] packet) {
        for (int i = 12; i < packet.length; i++) {
            if (packet[i] != SILENCE) {
                return false;
            }
        }
        return true;
    }

    /** Noise that µ-law carries without change: no stretch of it is like another. */
    private static short[] tune(int samples) {
        Random random = new Random(7);
        short[] tune = new short[samples];
        for (int i = 0; i < samples; i++) {
            tune[i] = G711.MU_LAW.decode((byte) (random.nextInt(0x7F) | 0x80));
        }
        return tune;
    }

    private static List<Byte> muLaw(short[] samples) {
        return IntStream.range(0, samples.length)
                .mapToObj(i -> G711.MU_LAW.encode(samples[i]))
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static List<Long> upTo(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Long::valueOf).toList();
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(30);
    }
}
