package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.callautomation.CallAutomationClient;
import com.azure.communication.callautomation.CallAutomationClientBuilder;
import com.azure.communication.callautomation.models.CallInvite;
import com.azure.communication.common.PhoneNumberIdentifier;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.ringback.local.http.HttpListener;
import io.ringback.local.http.Tls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official Azure SDK signs its requests by itself and sends them over TLS to the functions of a running stack. Its
 * dialect is not served yet, so a request that gets in is answered with 400.
 */
@Timeout(120)
class AzureSdkIT {
    private static final String WRONG_KEY = "d3Jv".repeat(16);

    @TempDir
    static Path data;

    private static LocalStack stack;
    private static SslContext trust;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(TestStacks.options(data));
        trust = SslContextBuilder.forClient()
                .trustManager(Path.of(stack.ready().caFile()).toFile())
                .build();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                Arguments.of("a POST with a body", (Consumer<CallAutomationClient>) AzureSdkIT::createCall),
                Arguments.of("a GET", (Consumer<CallAutomationClient>)
                        sdk -> sdk.getCallConnection("c0ffee00").getCallProperties()),
                Arguments.of("a POST without a body", (Consumer<CallAutomationClient>)
                        sdk -> sdk.getCallConnection("c0ffee00").hangUp(true)),
                Arguments.of("a path with a phone number in it", (Consumer<CallAutomationClient>) sdk ->
                        sdk.getCallConnection("c0ffee00").getParticipant(new PhoneNumberIdentifier("+15555550100"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void theRightKeyGetsIn(String name, Consumer<CallAutomationClient> operation) {
        assertThat(status(sdk(stack.ready().connectionString(), UnaryOperator.identity()), operation))
                .as(name)
                .isEqualTo(400);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void aWrongKeyDoesNot(String name, Consumer<CallAutomationClient> operation) {
        String connection =
                stack.ready().connectionString().replace(stack.ready().accessKey(), WRONG_KEY);

        assertThat(status(sdk(connection, UnaryOperator.identity()), operation))
                .as(name)
                .isEqualTo(401);
    }

    @Test
    void aBodyThatWasChangedOnItsWayDoesNot() {
        UnaryOperator<HttpClient> forger = network -> request -> {
            assertThat(request.getHeaders().getValue(HttpHeaderName.fromString("x-ms-content-sha256")))
                    .as("signed already")
                    .isNotEmpty();
            String body = request.getBodyAsBinaryData().toString();
            assertThat(body).contains("+15555550100");
            return network.send(request.setBody(body.replace("+15555550100", "+15555550101")));
        };

        assertThat(status(sdk(stack.ready().connectionString(), forger), AzureSdkIT::createCall))
                .isEqualTo(401);
    }

    /** The SDK keeps its own time, so the functions are served once more with another one. */
    @ParameterizedTest
    @ValueSource(longs = {-6, -4, 0, 4, 6})
    void aDateThatIsSixMinutesOffDoesNot(long minutes) throws Exception {
        try (Parts parts = new Parts()) {
            InstantSource there = InstantSource.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
            String address = serve(there, parts);
            String connection =
                    "endpoint=" + address + "/;accesskey=" + stack.ready().accessKey();

            assertThat(status(sdk(connection, UnaryOperator.identity()), AzureSdkIT::createCall))
                    .isEqualTo(Math.abs(minutes) > 5 ? 401 : 400);
        }
    }

    /** The functions of the stack behind another TLS port, in an hour of their own. */
    private static String serve(InstantSource clock, Parts parts) throws Exception {
        ExecutorService threads = parts.threads();
        Deployment deployment = stack.deployment();
        FunctionFleet fleet = parts.add(new FunctionFleet(
                deployment.template(),
                Map.of(
                        "RINGBACK_RECORDINGS",
                        data.toUri().toString(),
                        "RINGBACK_PUBLIC_URL",
                        stack.ready().http()),
                stack.emulators().cloud(deployment.secrets(), TestStacks::note),
                clock,
                threads));
        Tls tls = Tls.in(data.resolve("tls"), List.of("localhost", "127.0.0.1"), Clock.systemUTC());
        HttpListener https = parts.add(
                HttpListener.https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls.context()));
        https.serve(fleet.api(WireRecord::note), fleet.invokeApi(deployment::accessKeys), threads);
        return "https://localhost:" + https.port();
    }

    /** @param network puts something between the SDK and the network: what it signed has left it by then */
    private static CallAutomationClient sdk(String connectionString, UnaryOperator<HttpClient> network) {
        HttpClient netty = new NettyAsyncHttpClientBuilder(
                        reactor.netty.http.client.HttpClient.create().secure(tls -> tls.sslContext(trust)))
                .build();
        return new CallAutomationClientBuilder()
                .connectionString(connectionString)
                .httpClient(network.apply(netty))
                .buildClient();
    }

    private static void createCall(CallAutomationClient sdk) {
        sdk.createCall(
                new CallInvite(new PhoneNumberIdentifier("+15555550100"), new PhoneNumberIdentifier("+15555550199")),
                "https://app.example/events");
    }

    /** What the operation was answered with; that of a success would be 200. */
    private static int status(CallAutomationClient sdk, Consumer<CallAutomationClient> operation) {
        try {
            operation.accept(sdk);
            return 200;
        } catch (HttpResponseException e) {
            return e.getResponse().getStatusCode();
        }
    }
}
