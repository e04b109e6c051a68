package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.aws.RandomIds;
import io.ringback.aws.client.AwsClients;
import io.ringback.aws.dynamodb.DynamoCallStore;
import io.ringback.aws.dynamodb.DynamoGateways;
import io.ringback.aws.dynamodb.TableSchema;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.ServerCall;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways;
import io.ringback.emulators.EmbeddedDynamoDb;
import io.ringback.emulators.EmbeddedSqs;
import io.ringback.wire.effect.WireEffectEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The functions as a deployment makes them, over DynamoDB Local and ElasticMQ, through one call. */
class DeployedFunctionsIT {
    private static final String WAV = "a recording of two words";

    @TempDir
    Path folder;

    private final InstantSource clock = InstantSource.system();
    private final EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.inMemory();
    private final EmbeddedSqs queues = EmbeddedSqs.start();
    private final Events events = new Events(ApiBench.KEY);
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void deploy() {
        String table = "ringback-" + UUID.randomUUID();
        settings.put("RINGBACK_TABLE", table);
        settings.put("RINGBACK_ACCESS_KEYS_SECRET", "{\"accessKeys\":[\"" + ApiBench.KEY + "\"]}");
        settings.put("RINGBACK_WEBHOOK_SECRETS_SECRET", "{\"webhookSecrets\":[\"" + ApiBench.WEBHOOK_SECRET + "\"]}");
        settings.put("RINGBACK_DIAL_PREFIXES", "+1");
        settings.put("RINGBACK_OUTBOUND", "public");
        settings.put("RINGBACK_RECORDINGS", folder.toUri().toString());
        TestSurroundings surroundings = new TestSurroundings(settings, dynamo.endpoint(), queues.endpoint());
        TestSurroundings.Provider.provide(function -> surroundings);
        var builder = DynamoDbClient.builder();
        surroundings.configure(builder);
        // Without the short time-outs of functions: the first request takes DynamoDB Local seconds.
        try (DynamoDbClient client = builder.build();
                SqsClient sqs = AwsClients.sqs(surroundings)) {
            client.createTable(TableSchema.createTable(table));
            new DynamoGateways(client, table)
                    .heartbeat(new Gateways.Gateway(
                            ApiBench.GATEWAY,
                            URI.create("http://10.0.0.1:8090"),
                            0,
                            10,
                            false,
                            false,
                            clock.instant()));
            settings.put("RINGBACK_MEDIA_COMMANDS_QUEUE", createQueue(sqs, "media-commands.fifo"));
            settings.put("RINGBACK_CALLBACKS_QUEUE", createQueue(sqs, "callbacks.fifo"));
        }
    }

    @AfterEach
    void close() {
        queues.close();
        dynamo.close();
    }

    @Test
    void aCallIsPlacedPlayedToRecordedAndEnded() throws IOException {
        assertThat(invoke(new CreateCallFunction(), "create-call/group-forbidden-number")
                        .code())
                .isEqualTo("10300");
        Reply created = invoke(new CreateCallFunction(), "create-call/ok");
        assertThat(created.status()).isEqualTo(201);
        events.set(Events.CONNECTION, created.at("/callConnectionId"));
        events.set(Events.SERVER_CALL, created.at("/serverCallId"));
        ServerCall call = store().load(created.at("/serverCallId")).orElseThrow();
        happen(call, 1, new MediaEvent.LegConnected(call.participants().get(0).participantId()));

        assertThat(invoke(new GetCallFunction(), "get-call/ok").at("/callConnectionState"))
                .isEqualTo("established");
        assertThat(invoke(new GetCallFunction(), "get-call/unknown-id").status())
                .isEqualTo(404);
        assertThat(invoke(new PlayAudioFunction(), "play-audio/ok").status()).isEqualTo(202);
        assertThat(invoke(new CancelAllMediaOperationsFunction(), "cancel-all-media-operations/ok")
                        .status())
                .isEqualTo(200);
        Reply recording = invoke(new StartRecordingFunction(), "start-recording/ok");
        events.set(Events.RECORDING, recording.at("/recordingId"));
        assertThat(invoke(new PauseRecordingFunction(), "pause-recording/ok").status())
                .isEqualTo(200);
        assertThat(invoke(new ResumeRecordingFunction(), "resume-recording/ok").status())
                .isEqualTo(200);
        assertThat(invoke(new StopRecordingFunction(), "stop-recording/ok").status())
                .isEqualTo(200);
        Files.writeString(folder.resolve("r.wav"), WAV);
        happen(
                call,
                2,
                new MediaEvent.RecordingFile(
                        recording.at("/recordingId"), true, "r.wav", 10, WAV.length(), 1, List.of(), "done"));

        assertThat(invoke(new GetRecordingFunction(), "get-recording/ok").at("/recordingStatus"))
                .isEqualTo("available");
        assertThat(new String(
                        invoke(new GetRecordingContentFunction(), "get-recording-content/ok")
                                .bytes(),
                        StandardCharsets.UTF_8))
                .isEqualTo(WAV);
        assertThat(invoke(new TerminateCallFunction(), "terminate-call/ok").status())
                .isEqualTo(202);
        assertThat(invoke(new HangUpCallFunction(), "hang-up-call/ok").status()).isEqualTo(202);
        assertThat(invoke(new HealthFunction(), "health/ok").status()).isEqualTo(200);
        assertThat(invoke(new GetOpenApiFunction(), "get-open-api/ok").at("/openapi"))
                .isEqualTo("3.1.0");
        assertThat(invoke(new NoSuchOperationFunction(), "no-such-operation/wrong-method")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void partiesAreInvitedMutedHeldSentTonesTransferredAndRemoved() throws IOException {
        Reply created = invoke(new CreateCallFunction(), "create-call/group");
        events.set(Events.CONNECTION, created.at("/callConnectionId"));
        events.set(Events.SERVER_CALL, created.at("/serverCallId"));
        ServerCall call = store().load(created.at("/serverCallId")).orElseThrow();
        String first = call.participants().get(0).participantId();
        events.set(Events.PARTICIPANT, first);
        happen(call, 1, new MediaEvent.LegConnected(first));

        assertThat(invoke(new InviteParticipantsFunction(), "invite-participants/out-of-call")
                        .status())
                .isEqualTo(202);
        assertThat(invoke(new ListParticipantsFunction(), "list-participants/ok")
                        .json())
                .hasSize(4);
        assertThat(invoke(new MuteParticipantFunction(), "mute-participant/ok").status())
                .isEqualTo(200);
        assertThat(invoke(new HoldParticipantFunction(), "hold-participant/ok").status())
                .isEqualTo(200);
        Reply held = invoke(new GetParticipantFunction(), "get-participant/out-of-call");
        assertThat(held.at("/isMuted")).isEqualTo("true");
        assertThat(held.at("/heldBy")).isEqualTo("application");
        assertThat(invoke(new UnholdParticipantFunction(), "unhold-participant/ok")
                        .status())
                .isEqualTo(200);
        assertThat(invoke(new UnmuteParticipantFunction(), "unmute-participant/ok")
                        .status())
                .isEqualTo(200);
        assertThat(invoke(new SendDtmfFunction(), "send-dtmf/ok").status()).isEqualTo(202);
        assertThat(invoke(new PlayAudioToParticipantFunction(), "play-audio-to-participant/ok")
                        .status())
                .isEqualTo(202);
        assertThat(invoke(new PlayAudioFunction(), "play-audio/out-of-call").status())
                .isEqualTo(202);
        assertThat(invoke(new JoinCallFunction(), "join-call/ok").status()).isEqualTo(202);
        assertThat(invoke(new TransferCallFunction(), "transfer-call/ok").status())
                .isEqualTo(202);
        assertThat(invoke(new RemoveParticipantFunction(), "remove-participant/out-of-call")
                        .status())
                .isEqualTo(202);
    }

    private Reply invoke(RequestStreamHandler function, String event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] bytes = events.read(event).getBytes(StandardCharsets.UTF_8);
        function.handleRequest(new ByteArrayInputStream(bytes), answer, null);
        return Reply.parse(answer.toByteArray());
    }

    private void happen(ServerCall call, long number, MediaEvent event) {
        new CallProcessor(store(), streams -> {}, new RandomIds(), clock, conflicts -> {})
                .apply(
                        call.serverCallId(),
                        List.of(new MediaReport(
                                call.serverCallId(), ApiBench.GATEWAY, number, clock.instant(), event)));
    }

    private DynamoCallStore store() {
        return new DynamoCallStore(
                AwsClients.dynamoDb(new TestSurroundings(settings, dynamo.endpoint(), queues.endpoint())),
                settings.getOrDefault("RINGBACK_TABLE", ""),
                new WireEffectEncoder(URI.create("https://api.example.com"), (call, subscription, until) -> "context"),
                new RandomIds(),
                clock);
    }

    private static String createQueue(SqsClient sqs, String name) {
        return sqs.createQueue(queue -> queue.queueName(name).attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
                .queueUrl();
    }
}
