package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.GatewayRef;
import io.ringback.core.directory.DialRules;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.gateway.call.DialRoutes;
import io.ringback.gateway.control.ControlToken;
import io.ringback.gateway.prompt.Prompts;
import io.ringback.gateway.sip.SipRoute;
import io.ringback.gateway.sip.SipSettings;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A whole gateway on loopback, ordered about through its control API. */
final class LiveGateway implements AutoCloseable {
    static final String ID = "gw-test";
    static final String TOKEN = "the-control-token";
    private static final int RTP_PORTS = 40;

    final World world;
    private final MediaGateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();
    private long sequence;

    /**
     * Starts it.
     *
     * @param numbers which phone answers a number
     * @param trunk the phone whose calls come in as a trunk's
     */
    LiveGateway(Path data, World world, Map<String, RawPhone> numbers, RawPhone trunk) throws IOException {
        this(data, world, numbers, trunk, Duration.ofSeconds(30));
    }

    /** The same, where a leg is asked whether it is there after so much silence. */
    LiveGateway(Path data, World world, Map<String, RawPhone> numbers, RawPhone trunk, Duration silence)
            throws IOException {
        this.world = world;
        int rtpPort = Ports.inARow(RTP_PORTS);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        List<DialRoutes.Rule> rules = numbers.entrySet().stream()
                .map(number -> new DialRoutes.Rule(
                        Pattern.compile(Pattern.quote(number.getKey())),
                        SipRoute.parse("sip:127.0.0.1:" + number.getValue().sipPort())
                                .orElseThrow()))
                .collect(Collectors.toList());
        gateway = MediaGateway.start(
                new GatewaySettings(
                        ID,
                        data,
                        new GatewaySettings.Control(anyPort, null, ControlToken.fixed(TOKEN)),
                        new SipSettings(
                                anyPort,
                                null,
                                null,
                                null,
                                SipSettings.Access.of("ringback", List.of("127.0.0.1:" + trunk.sipPort())),
                                SipSettings.Timing.DEFAULT),
                        new DialRoutes(rules, Set.of(), DialRules.parse("+1")),
                        new GatewaySettings.Media(rtpPort, rtpPort + RTP_PORTS - 1, 2, silence, 1),
                        GatewaySettings.Admission.DEFAULT,
                        OutboundPolicy.LOCAL,
                        Prompts.Limits.DEFAULT),
                world.surroundings());
    }

    /** Which life of the gateway this is; another one once it was fenced. */
    GatewayRef life() {
        return gateway.life();
    }

    Map<String, Long> gauges() {
        return gateway.gauges();
    }

    int sipPort() {
        return gateway.sipAddress().getPort();
    }

    void put(String call, MediaCommand command) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(new CommandEnvelope(call, life(), ++sequence, command));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    HttpResponse<String> send(CommandEnvelope envelope) throws IOException, InterruptedException {
        return send("PUT", GatewayProtocol.path(envelope), GatewayProtocol.encode(envelope), TOKEN);
    }

    String snapshot(String call) throws IOException, InterruptedException {
        return get("/calls/" + call, TOKEN).body();
    }

    HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send("GET", path, "", token);
    }

    HttpResponse<String> send(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.controlAddress() + path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Waits for an event like this and gives it back. */
    <T extends MediaEvent> T await(Class<T> type, Predicate<T> like) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> find(type, like).isPresent());
        return find(type, like).orElseThrow();
    }

    private <T extends MediaEvent> Optional<T> find(Class<T> type, Predicate<T> like) {
        return world.events().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(like)
                .findFirst();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
