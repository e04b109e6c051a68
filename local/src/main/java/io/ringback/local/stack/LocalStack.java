package io.ringback.local.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.http.HttpListener;
import io.ringback.local.http.Tls;
import io.ringback.local.phones.LineProfile;
import io.ringback.local.phones.PhoneNetwork;
import io.ringback.local.runtime.Cloud;
import io.ringback.local.template.LocalNames;
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
    private static final String ACCESS_KEYS = "RINGBACK_ACCESS_KEYS_SECRET";

    private final Parts parts;
    private final PhoneNetwork phones;
    private final ReadyFile ready;

    private LocalStack(Parts parts, PhoneNetwork phones, ReadyFile ready) {
        this.parts = parts;
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
        try {
            return start(options, parts);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static LocalStack start(StackOptions options, Parts parts) throws IOException, GeneralSecurityException {
        Clock clock = Clock.systemUTC();
        DataFolder data = parts.add(DataFolder.take(options.data()));
        ExecutorService threads = parts.threads();
        ScheduledExecutorService timer = parts.timer();
        Emulators emulators = parts.add(Emulators.start(data.database()));
        LocalNames names = emulators.names();
        Template template = Template.read(options.template(), parameters(options), names);
        new Provisioning(emulators.dynamoDb(), emulators.sqs()).provide(template);

        Tls tls = Tls.in(data.tls(), hosts(options), clock);
        HttpListener http = parts.add(HttpListener.http(loopback(options.httpPort())));
        HttpListener https = parts.add(HttpListener.https(loopback(options.httpsPort()), tls.context()));
        String address = "http://127.0.0.1:" + http.port();
        Files.createDirectories(data.recordings());
        Map<String, String> secrets = Secrets.in(data.secrets(), template.secrets());
        FunctionFleet functions = parts.add(new FunctionFleet(
                template,
                Map.of("RINGBACK_RECORDINGS", data.recordings().toUri().toString(), "RINGBACK_PUBLIC_URL", address),
                new Cloud(names, emulators.dynamoDbEndpoint(), emulators.sqsEndpoint(), secrets, options.used()),
                clock,
                threads));

        String accessKey = accessKey(template, secrets);
        http.serve(functions.api(), functions.invokeApi(accessKey), threads);
        https.serve(functions.api(), functions.invokeApi(accessKey), threads);
        PhoneNetwork phones =
                parts.add(PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.parse(options.line()))));
        functions.startPollers(emulators.sqs());
        functions.startSchedules(timer, options.schedules());
        String secure = "https://localhost:" + https.port();
        ReadyFile ready = new ReadyFile(
                address,
                secure,
                "sip:" + options.advertise() + ":" + options.sipPort(),
                "endpoint=" + secure + "/;accesskey=" + accessKey,
                accessKey,
                tls.authorityFile().toString(),
                ProcessHandle.current().pid(),
                ProcessHandle.current().pid());
        parts.add(() -> Files.deleteIfExists(data.readyFile()));
        ready.write(data.readyFile());
        return new LocalStack(parts, phones, ready);
    }

    /** What others need to use it; also in the data folder's {@code ready.json}. */
    public ReadyFile ready() {
        return ready;
    }

    /** The simulated phones and what they went through. */
    public PhoneNetwork phones() {
        return phones;
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

    /** The first of the keys that the API's functions are given. */
    private static String accessKey(Template template, Map<String, String> secrets) throws IOException {
        String arn = template.functions().stream()
                .flatMap(function -> Stream.ofNullable(function.settings().get(ACCESS_KEYS)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No function of the template has " + ACCESS_KEYS));
        return new ObjectMapper()
                .readTree(secrets.get(arn))
                .path("accessKeys")
                .path(0)
                .asText();
    }
}
