package io.ringback.local.stack;

import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.local.http.HttpListener;
import io.ringback.local.http.Tls;
import io.ringback.local.phones.PhoneNetwork;
import io.ringback.local.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** A running stack. */
public final class LocalStack implements AutoCloseable {
    private final Parts parts;
    private final Emulators emulators;
    private final Deployment deployment;
    private final PhoneNetwork phones;
    private final GatewayLives gateway;
    private final ReadyFile ready;

    private LocalStack(
            Parts parts,
            Emulators emulators,
            Deployment deployment,
            PhoneNetwork phones,
            GatewayLives gateway,
            ReadyFile ready) {
        this.parts = parts;
        this.emulators = emulators;
        this.deployment = deployment;
        this.phones = phones;
        this.gateway = gateway;
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
        // A stack that was killed has left its own.
        Files.deleteIfExists(data.readyFile());
        ExecutorService threads = parts.threads();
        ScheduledExecutorService timer = parts.timer();
        Emulators emulators = parts.add(Emulators.start(() -> EmbeddedDynamoDb.inDirectory(data.database(), 0)));
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
                emulators.cloud(deployment.secrets(), options.used(), options.interceptors()),
                clock,
                threads));
        functions.startPollers(emulators.sqs(), options.handover());
        PhoneNetwork phones = parts.add(PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(options.line())));
        GatewayLives gateway = parts.add(GatewayLives.start(options, data, deployment, emulators, phones.port()));
        functions.startSchedules(timer, options.schedules());
        http.serve(functions.api(options.api()), functions.invokeApi(deployment::accessKeys), threads);
        https.serve(functions.api(options.api()), functions.invokeApi(deployment::accessKeys), threads);

        String accessKey = deployment.accessKeys().get(0);
        String secure = "https://localhost:" + https.port();
        ReadyFile ready = new ReadyFile(
                address,
                secure,
                "sip:" + options.advertise() + ":" + gateway.now().sipPort(),
                "endpoint=" + secure + "/;accesskey=" + accessKey,
                accessKey,
                deployment.webhookSecrets().get(0),
                tls.authorityFile().toString(),
                ProcessHandle.current().pid(),
                gateway.now().pid());
        parts.add(() -> Files.deleteIfExists(data.readyFile()));
        ready.write(data.readyFile());
        return new LocalStack(parts, emulators, deployment, phones, gateway, ready);
    }

    /** What others need to use it; also in the data folder's {@code ready.json}. */
    public ReadyFile ready() {
        return ready;
    }

    /** The simulated phones and what they went through. */
    public PhoneNetwork phones() {
        return phones;
    }

    /** The process that the media gateway runs in now; after a restart another than the ready file says. */
    public long gatewayPid() {
        return gateway.now().pid();
    }

    /**
     * Starts the next life of the media gateway on the data of the one before, which ends if it has not ended yet;
     * returns when it takes calls.
     */
    public void restartGateway() throws IOException {
        gateway.next();
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
