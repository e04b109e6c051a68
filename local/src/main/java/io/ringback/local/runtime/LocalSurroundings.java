package io.ringback.local.runtime;

import io.ringback.aws.environment.Surroundings;
import io.ringback.local.template.LambdaFunction;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** What one function finds around it: its settings as the template resolves them, emulators instead of services. */
final class LocalSurroundings implements Surroundings {
    /** Ends calls that take too long, for every instance: by itself the SDK starts up to five threads for each client. */
    private static final ScheduledExecutorService CALL_TIMEOUTS = callTimeouts();

    private final LambdaFunction function;
    private final Cloud cloud;
    private final Permissions permissions;
    private final Cut cut;
    private final InstantSource clock;
    private final List<ExecutionInterceptor> interceptors;

    LocalSurroundings(LambdaFunction function, Cloud cloud, Cut cut, InstantSource clock) {
        this.function = function;
        this.cloud = cloud;
        this.permissions = new Permissions(function, cloud.used());
        this.cut = cut;
        this.clock = clock;
        this.interceptors = List.copyOf(cloud.interceptors().apply(function.logicalId()));
    }

    @Override
    public String setting(String name) {
        return optionalSetting(name)
                .orElseThrow(() -> new IllegalStateException(
                        "The template gives " + function.logicalId() + " no setting " + name));
    }

    @Override
    public Optional<String> optionalSetting(String name) {
        return Optional.ofNullable(function.settings().get(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public String secret(String settingName) {
        String arn = setting(settingName);
        if (!permissions.allow("secretsmanager:GetSecretValue", arn)) {
            throw new IllegalStateException(permissions.refusal("secretsmanager:GetSecretValue", arn));
        }
        return cloud.secrets()
                .value(arn)
                .orElseThrow(() -> new IllegalStateException("Secrets Manager can't find the secret " + arn));
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public void configure(AwsClientBuilder<?, ?> builder) {
        builder.endpointOverride(endpoint(builder));
        builder.region(Region.of(cloud.names().region()));
        builder.credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", function.logicalId())));
        ClientOverrideConfiguration.Builder override = builder.overrideConfiguration().toBuilder();
        override.addExecutionInterceptor(new PermissionCheck(permissions, new RequestedAccess(cloud.names()), cut));
        interceptors.forEach(override::addExecutionInterceptor);
        override.scheduledExecutorService(CALL_TIMEOUTS);
        builder.overrideConfiguration(override.build());
    }

    private static ScheduledExecutorService callTimeouts() {
        ScheduledThreadPoolExecutor timeouts = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "call-timeouts");
            thread.setDaemon(true);
            return thread;
        });
        timeouts.setRemoveOnCancelPolicy(true);
        return timeouts;
    }

    private URI endpoint(AwsClientBuilder<?, ?> builder) {
        if (builder instanceof DynamoDbClientBuilder) {
            return cloud.dynamoDb();
        }
        if (builder instanceof SqsClientBuilder) {
            return cloud.sqs();
        }
        throw new IllegalStateException(
                "The local stack has no service for " + builder.getClass().getSimpleName());
    }
}
