package io.ringback.local.stack;

import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.core.port.Gateways;
import io.ringback.local.http.HttpListener;
import io.ringback.local.http.Tls;
import io.ringback.local.phones.LineProfile;
import io.ringback.local.phones.PhoneNetwork;
import io.ringback.local.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A running stack. */
public final class LocalStack implements AutoCloseable {
    private static final Duration GATEWAY_PATIENCE = Duration.ofSeconds(20);
    private static final Duration HEARTBEAT_LOOK = Duration.ofMillis(20);

    private final Parts parts;
    private final Emulators emulators;
    private final Deployment deployment;
    private final PhoneNetwork phones;
    private final ReadyFile ready;

    private LocalStack(Parts parts, Emulators emulators, Deployment deployment, PhoneNetwork phones, ReadyFile ready) {
        this.parts = parts;
        this.emulators = emulators;
        this.deployment = deployment;
        this.phones = phones;
        this.ready = ready;
    }

    /**
     * Starts everything; returns when the API takes requests.
     *
     * @throws IOException when the data folder is taken, a port is, or a file cannot be written
     */
    public static LocalStack start(StackOptions options) throws IOException, GeneralSecurityException {
        Parts parts = new Parts();
        boolean started = false;
        try {
            LocalStack stack = start(options, parts);
            started = true;
            return stack;
        } finally {
            if (!started) {
                parts.close();
            }
        }
    }

    private static LocalStack start(StackOptions options, Parts parts) throws IOException, GeneralSecurityException {
        Clock clock = Clock.systemUTC();
        DataFolder data = parts.add(DataFolder.take(options.data()));
        ExecutorService threads = parts.threads();
        ScheduledExecutorService timer = parts.timer();
        Emulators emulators = parts.add(Emulators.start(data.database()));
        Template template = Template.read(options.template(), parameters(options), emulators.names());
        new Provisioning(emulators.dynamoDb(), emulators.sqs()).provide(template);
        Deployment deployment = new Deployment(template, Secrets.in(data.secrets(), template.secrets()));

        Tls tls = Tls.in(data.tls(), hosts(options), clock);
        HttpListener http = parts.add(HttpListener.http(loopback(options.httpPort())));
        HttpListener https = parts.add(HttpListener.https(loopback(options.httpsPort()), tls.context()));
        String address = "http://127.0.0.1:" + http.port();
        FunctionFleet functions = parts.add(new FunctionFleet(
                template,
                Map.of("RINGBACK_RECORDINGS", data.recordings().toUri().toString(), "RINGBACK_PUBLIC_URL", address),
                emulators.cloud(deployment.secrets(), options.used()),
                clock,
                threads));
        functions.startPollers(emulators.sqs());
        PhoneNetwork phones =
                parts.add(PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.parse(options.line()))));
        GatewayHost gateway = parts.add(startGateway(options, data, deployment, emulators, phones.port()));
        functions.startSchedules(timer, options.schedules());
        http.serve(functions.api(options.api()), functions.invokeApi(deployment::accessKeys), threads);
        https.serve(functions.api(options.api()), functions.invokeApi(deployment::accessKeys), threads);

        String accessKey = deployment.accessKeys().get(0);
        String secure = "https://localhost:" + https.port();
        ReadyFile ready = new ReadyFile(
                address,
                secure,
                "sip:" + options.advertise() + ":" + gateway.sipPort(),
                "endpoint=" + secure + "/;accesskey=" + accessKey,
                accessKey,
                deployment.webhookSecrets().get(0),
                tls.authorityFile().toString(),
                ProcessHandle.current().pid(),
                gateway.pid());
        parts.add(() -> Files.deleteIfExists(data.readyFile()));
        ready.write(data.readyFile());
        return new LocalStack(parts, emulators, deployment, phones, ready);
    }

    /** Returns when the gateway has announced itself: from then on calls are placed. */
    private static GatewayHost startGateway(
            StackOptions options, DataFolder data, Deployment deployment, Emulators emulators, int phonesPort)
            throws IOException {
        Files.createDirectories(data.recordings());
        Files.createDirectories(data.gateway());
        Instant start = Instant.now();
        Map<String, String> variables = GatewayVariables.of(options, data, deployment, phonesPort);
        GatewayHost gateway = options.split()
                ? GatewayProcess.start(variables, emulators)
                : GatewayInside.start(variables, emulators);
        Gateways directory = new DynamoGateways(emulators.dynamoDb(), deployment.setting("RINGBACK_TABLE"));
        long deadline = System.nanoTime() + GATEWAY_PATIENCE.toNanos();
        while (directory.all().stream().noneMatch(row -> row.heartbeatAt().isAfter(start))) {
            if (System.nanoTime() > deadline || !gateway.isAlive()) {
                gateway.close();
                throw new IOException("The media gateway did not start");
            }
            LockSupport.parkNanos(HEARTBEAT_LOOK.toNanos());
        }
        return gateway;
    }

    /** What others need to use it; also in the data folder's {@code ready.json}. */
    public ReadyFile ready() {
        return ready;
    }

    /** The simulated phones and what they went through. */
    public PhoneNetwork phones() {
        return phones;
    }

    Emulators emulators() {
        return emulators;
    }

    Deployment deployment() {
        return deployment;
    }

    /** Stops everything, in the reverse order of the start. */
    @Override
    public void close() {
        parts.close();
    }

    private static Map<String, String> parameters(StackOptions options) {
        return Map.of(
                "OwnNumbers", String.join(",", options.ownNumbers()),
                "DialPrefixes", "+",
                "Outbound", "local");
    }

    private static List<String> hosts(StackOptions options) {
        return Stream.of("localhost", "127.0.0.1", options.advertise())
                .distinct()
                .toList();
    }

    private static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }
}
