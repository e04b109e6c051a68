package io.ringback.local.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.emulators.EmbeddedSqs;
import io.ringback.local.runtime.InvocationResult.Failed;
import io.ringback.local.runtime.InvocationResult.Returned;
import io.ringback.local.runtime.InvocationResult.TimedOut;
import io.ringback.local.template.LambdaFunction;
import io.ringback.local.template.LocalNames;
import io.ringback.local.template.Statement;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

class FunctionRuntimeIT {
    private static final String SECRET_ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:token";

    private static EmbeddedSqs sqs;
    private static LocalNames names;
    private static ExecutorService threads;
    private static String queueUrl;

    private final ConcurrentLinkedQueue<Access> used = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        sqs = EmbeddedSqs.start();
        names = new LocalNames("000000000000", "us-east-1", "test", sqs.endpoint());
        threads = Executors.newCachedThreadPool();
        try (SqsClient client = SqsClient.builder()
                .endpointOverride(sqs.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            queueUrl = client.createQueue(request -> request.queueName("probe")).queueUrl();
        }
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        sqs.close();
    }

    @Test
    void givesAFunctionItsSettingsAndSecrets() throws InterruptedException {
        assertThat(invoke(all(), "echo")).isEqualTo(new Returned("echo value s3cret true"));
        assertThat(used).containsExactly(new Access("Probe", "secretsmanager:GetSecretValue", SECRET_ARN));
    }

    @Test
    void letsThroughWhatThePoliciesAllowAndNotesIt() throws InterruptedException {
        assertThat(invoke(all(), "send " + queueUrl)).isInstanceOf(Returned.class);
        assertThat(used).contains(new Access("Probe", "sqs:SendMessage", names.arn("sqs", "probe")));
    }

    @Test
    void refusesWhatThePoliciesDoNotAllow() throws InterruptedException {
        Statement elsewhere = new Statement(List.of("sqs:SendMessage"), List.of(names.arn("sqs", "other")));

        InvocationResult result = invoke(List.of(secret(), elsewhere), "send " + queueUrl);

        assertThat(result).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.errorType()).endsWith("SqsException");
            assertThat(failed.message())
                    .contains(
                            "is not authorized to perform: sqs:SendMessage on resource: " + names.arn("sqs", "probe"));
        });
        assertThat(used).noneMatch(access -> access.action().startsWith("sqs"));
    }

    @Test
    void refusesASecretThatThePoliciesDoNotAllow() throws InterruptedException {
        assertThat(invoke(List.of(), "echo"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("cannot be built"));
    }

    @Test
    void cutsAnInvocationOffAtItsTimeOut() throws InterruptedException {
        FunctionRuntime runtime = runtime(all(), Duration.ofMillis(200));

        assertThat(runtime.invoke(("hang " + queueUrl).getBytes(UTF_8))).isEqualTo(new TimedOut());
        assertThat(ProbeFunction.AFTER_THE_CUT.poll(5, TimeUnit.SECONDS)).contains("timed out");
        assertThat(runtime.invoke("echo".getBytes(UTF_8))).isInstanceOf(Returned.class);
    }

    @Test
    void isIdleUnlessAnInvocationRuns() throws InterruptedException, ExecutionException {
        FunctionRuntime runtime = runtime(all(), Duration.ofMillis(500));
        assertThat(runtime.isIdle()).isTrue();

        Future<InvocationResult> invocation =
                threads.submit(() -> runtime.invoke(("hang " + queueUrl).getBytes(UTF_8)));
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> !runtime.isIdle());

        assertThat(invocation.get()).isEqualTo(new TimedOut());
        assertThat(runtime.isIdle()).isTrue();
    }

    @Test
    void tellsOfAFunctionThatThrows() throws InterruptedException {
        assertThat(invoke(all(), "throw")).isEqualTo(new Failed("java.lang.IllegalStateException", "as asked"));
    }

    @Test
    void neverUsesAnInstanceAgainThatDied() throws InterruptedException {
        FunctionRuntime runtime = runtime(all(), Duration.ofSeconds(10));

        runtime.invoke("throw".getBytes(UTF_8));
        runtime.invoke("echo".getBytes(UTF_8));
        assertThat(used).as("one instance, which asked for its secret").hasSize(1);
        assertThat(runtime.invoke("die".getBytes(UTF_8))).isEqualTo(new Failed("java.lang.InternalError", "as asked"));
        runtime.invoke("echo".getBytes(UTF_8));
        assertThat(used).as("a second instance").hasSize(2);
    }

    private InvocationResult invoke(List<Statement> statements, String event) throws InterruptedException {
        return runtime(statements, Duration.ofSeconds(10)).invoke(event.getBytes(UTF_8));
    }

    private FunctionRuntime runtime(List<Statement> statements, Duration timeout) {
        return new FunctionRuntime(
                new LambdaFunction(
                        "Probe",
                        ProbeFunction.class.getName(),
                        timeout,
                        Map.of("SETTING", "value", "SECRET", SECRET_ARN),
                        statements,
                        List.of(),
                        List.of(),
                        List.of()),
                new Cloud(
                        names,
                        URI.create("http://127.0.0.1:1"),
                        sqs.endpoint(),
                        arn -> Optional.of("s3cret").filter(value -> arn.equals(SECRET_ARN)),
                        used::add),
                InstantSource.system(),
                threads);
    }

    private static List<Statement> all() {
        return List.of(secret(), new Statement(List.of("sqs:*"), List.of(names.arn("sqs", "probe"))));
    }

    private static Statement secret() {
        return new Statement(List.of("secretsmanager:GetSecretValue"), List.of(SECRET_ARN));
    }
}
