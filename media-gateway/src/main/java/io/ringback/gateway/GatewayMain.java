package io.ringback.gateway;

import io.ringback.aws.RandomIds;
import io.ringback.aws.client.AwsClients;
import io.ringback.aws.dynamodb.DynamoCallStore;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.dynamodb.DynamoIdentities;
import io.ringback.aws.dynamodb.DynamoRegistrations;
import io.ringback.aws.dynamodb.DynamoSubscriptions;
import io.ringback.aws.environment.Surroundings;
import io.ringback.aws.files.RecordingStore;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.Outbox;
import io.ringback.gateway.call.Directory;
import io.ringback.gateway.prompt.FreeTtsSynthesizer;
import io.ringback.gateway.prompt.PollySynthesizer;
import io.ringback.gateway.prompt.SpeechSynthesizer;
import io.ringback.gateway.report.SqsMediaEventQueue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.polly.PollyClient;
import software.amazon.awssdk.services.polly.PollyClientBuilder;

/**
 * The gateway as a process of its own: settings from the environment, an orderly end on SIGTERM. Start it with
 * {@code -XX:+UseZGC}: other collectors hold the pacers up.
 */
public final class GatewayMain {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayMain.class);

    /** As long as a file may take. */
    private static final Duration SPEECH = Duration.ofSeconds(10);

    private GatewayMain() {}

    public static void main(String[] arguments) throws IOException {
        MediaGateway gateway = start(new GatewayEnvironment(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "shutdown"));
        LOG.info(
                "media gateway {} epoch {} listens: SIP {}, control {}",
                gateway.life().gatewayId(),
                gateway.life().epoch(),
                gateway.sipAddress(),
                gateway.controlAddress());
    }

    /** Starts a gateway with the settings of a process, wherever they come from. */
    public static MediaGateway start(Surroundings surroundings) throws IOException {
        return MediaGateway.start(new SettingsReader(surroundings).read(), around(surroundings));
    }

    private static MediaGateway.Surroundings around(Surroundings surroundings) {
        DynamoDbClient dynamoDb = AwsClients.dynamoDb(surroundings);
        String table = surroundings.setting("RINGBACK_TABLE");
        return new MediaGateway.Surroundings(
                new DynamoCallStore(
                        dynamoDb, table, GatewayMain::neverCommits, new RandomIds(), InstantSource.system()),
                new DynamoGateways(dynamoDb, table),
                RecordingStore.open(URI.create(surroundings.setting("RINGBACK_RECORDINGS")), surroundings),
                new SqsMediaEventQueue(
                        AwsClients.sqs(surroundings), surroundings.setting("RINGBACK_MEDIA_EVENTS_QUEUE")),
                new Directory.Ports(
                        new DynamoSubscriptions(dynamoDb, table),
                        new DynamoIdentities(dynamoDb, table),
                        new DynamoRegistrations(dynamoDb, table, InstantSource.system())),
                speech(surroundings));
    }

    private static SpeechSynthesizer speech(Surroundings surroundings) {
        String name = surroundings.optionalSetting("RINGBACK_SPEECH").orElse("freetts");
        return switch (name) {
            case "freetts" -> new FreeTtsSynthesizer();
            case "polly" -> new PollySynthesizer(polly(surroundings));
            default ->
                throw new IllegalArgumentException(
                        "RINGBACK_SPEECH names no synthesizer: " + name + "; accepted: freetts, polly");
        };
    }

    private static PollyClient polly(Surroundings surroundings) {
        PollyClientBuilder builder = PollyClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.apiCallTimeout(SPEECH));
        surroundings.configure(builder);
        return builder.build();
    }

    private static Outbox.Item neverCommits(ServerCall next, Effect effect, Instant at) {
        throw new UnsupportedOperationException("the gateway reads calls and commits nothing");
    }
}
