package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.directory.DialRules;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.EndCall;
import io.ringback.core.media.MediaCommand.Play;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.PlayEnded;
import io.ringback.core.media.MediaReport;
import io.ringback.gateway.call.DialRoutes;
import io.ringback.gateway.control.ControlToken;
import io.ringback.gateway.prompt.Prompts;
import io.ringback.gateway.sip.SipRoute;
import io.ringback.gateway.sip.SipSettings;
import io.ringback.testkit.network.Ports;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.gateway.GatewayProtocol;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Many calls at once: each has its own packets, its own prompt and its own reports. */
@Isolated("twenty calls in time need the whole machine")
class ManyCallsIT {
    private static final int CALLS = 20;

    @TempDir
    Path folder;

    private final World world = new World();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RawPhone> phones = new ArrayList<>();

    @AfterEach
    void hangUp() {
        phones.forEach(RawPhone::close);
    }

    @Test
    void callsDoNotDisturbEachOther() throws Exception {
        IntStream.range(0, CALLS).forEach(i -> phones.add(new RawPhone(true)));
        try (MediaGateway gateway = gateway()) {
            for (int i = 0; i < CALLS; i++) {
                put(gateway, i, 1, new DialLeg("p" + i, number(i), null, Duration.ofSeconds(30), null, soon()));
            }
            await(LegConnected.class);
            for (int i = 0; i < CALLS; i++) {
                PromptSource text = new PromptSource.Text("This is call number " + i + ".", null);
                put(gateway, i, 2, new Play("play" + i, null, text, false, Set.of(), soon()));
            }
            await(PlayEnded.class);
            for (int i = 0; i < CALLS; i++) {
                put(gateway, i, 3, new EndCall(List.of("p" + i), EndReason.HUNG_UP_BY_APPLICATION, soon()));
            }
            await(LegEnded.class);
            System.out.println(CALLS + " calls at once: " + gateway.gauges());
            assertThat(gateway.gauges()).containsEntry("legs", 0L);
        }
        for (int i = 0; i < CALLS; i++) {
            assertGapless(phones.get(i).heard());
            String call = call(i);
            List<MediaReport> reports = world.reports().stream()
                    .filter(report -> report.serverCallId().equals(call))
                    .toList();
            assertThat(reports)
                    .extracting(MediaReport::number)
                    .isEqualTo(IntStream.rangeClosed(1, reports.size())
                            .mapToObj(Long::valueOf)
                            .toList());
            assertThat(reports)
                    .extracting(report -> report.event().getClass().getSimpleName())
                    .containsSubsequence("LegConnected", "PlayStarted", "PlayEnded", "LegEnded");
        }
    }

    /** Every packet follows the one before, and there is speech in them. */
    private static void assertGapless(List<byte[]> packets) {
        assertThat(packets).hasSizeGreaterThan(50);
        int loud = 0;
        for (int i = 0; i < packets.size(); i++) {
            byte[] packet = packets.get(i);
            byte[] before = packets.get(Math.max(0, i - 1));
            assertThat((sequence(packet) - sequence(before)) & 0xFFFF).isEqualTo(i == 0 ? 0 : 1);
            loud += (packet[20] & 0x7F) < 0x50 ? 1 : 0;
        }
        assertThat(loud).as("packets with speech").isGreaterThan(10);
    }

    private static int sequence(byte[] packet) {
        return (packet[2] & 0xFF) * 256 + (packet[3] & 0xFF);
    }

    private MediaGateway gateway() throws Exception {
        int rtpPort = Ports.inARow(2 * CALLS);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        List<DialRoutes.Rule> rules = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            SipRoute route =
                    SipRoute.parse("sip:127.0.0.1:" + phones.get(i).sipPort()).orElseThrow();
            rules.add(new DialRoutes.Rule(
                    Pattern.compile(Pattern.quote(number(i).phoneNumber().orElseThrow())), route));
        }
        return MediaGateway.start(
                new GatewaySettings(
                        "gw-many",
                        folder,
                        new GatewaySettings.Control(anyPort, null, ControlToken.fixed("token")),
                        new SipSettings(
                                anyPort, null, null, null, SipSettings.Access.DEFAULT, SipSettings.Timing.DEFAULT),
                        new DialRoutes(rules, Set.of(), DialRules.parse("+")),
                        GatewaySettings.Media.ofPorts(rtpPort, rtpPort + 2 * CALLS - 1),
                        GatewaySettings.Admission.DEFAULT,
                        OutboundPolicy.LOCAL,
                        Prompts.Limits.DEFAULT),
                world.surroundings());
    }

    private void await(Class<?> event) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> world.events().stream().filter(event::isInstance).count() == CALLS);
    }

    private void put(MediaGateway gateway, int i, long sequence, MediaCommand command) throws Exception {
        CommandEnvelope envelope = new CommandEnvelope(call(i), gateway.life(), sequence, command);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gateway.controlAddress() + GatewayProtocol.path(envelope)))
                .header("Authorization", "Bearer token")
                .PUT(HttpRequest.BodyPublishers.ofString(GatewayProtocol.encode(envelope)))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private static String call(int i) {
        return String.format("call-%015d", i);
    }

    private static Identifier number(int i) {
        return Identifier.ofPhoneNumber(String.format("+120655501%02d", i));
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(60);
    }
}
