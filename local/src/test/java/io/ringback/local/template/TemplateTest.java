package io.ringback.local.template;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.ringback.aws.dynamodb.TableSchema;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** The deployable truth agrees with the code and with the design. */
class TemplateTest {
    private static final String CONNECTIONS = "/calling/callConnections";
    private static final String CONNECTION = CONNECTIONS + "/{callConnectionId}";
    private static final String PARTICIPANT = CONNECTION + "/participants/{participantId}";
    private static final String SERVER_CALL = "/calling/serverCalls/{serverCallId}";
    private static final String PARTICIPANT_FROM_OUTSIDE = SERVER_CALL + "/participants/{participantId}";
    private static final String RECORDINGS = SERVER_CALL + "/recordings";
    private static final String RECORDING = RECORDINGS + "/{recordingId}";

    /** Native API §1, §2, §7, as far as it is built. */
    private static final Map<String, String> ROUTES = Map.ofEntries(
            Map.entry("CreateCallFunction", "POST " + CONNECTIONS),
            Map.entry("GetCallFunction", "GET " + CONNECTION),
            Map.entry("HangUpCallFunction", "POST " + CONNECTION + "/:hangup"),
            Map.entry("TerminateCallFunction", "POST " + CONNECTION + "/:terminate"),
            Map.entry(
                    "PlayAudioFunction", "POST " + CONNECTION + "/:playAudio and POST " + SERVER_CALL + "/:playAudio"),
            Map.entry("PlayAudioToParticipantFunction", "POST " + PARTICIPANT + "/:playAudio"),
            Map.entry(
                    "InviteParticipantsFunction",
                    "POST " + CONNECTION + "/participants and POST " + SERVER_CALL + "/participants"),
            Map.entry(
                    "ListParticipantsFunction",
                    "GET " + CONNECTION + "/participants and GET " + SERVER_CALL + "/participants"),
            Map.entry("GetParticipantFunction", "GET " + PARTICIPANT + " and GET " + PARTICIPANT_FROM_OUTSIDE),
            Map.entry("RemoveParticipantFunction", "DELETE " + PARTICIPANT + " and DELETE " + PARTICIPANT_FROM_OUTSIDE),
            Map.entry("MuteParticipantFunction", "POST " + PARTICIPANT + "/:mute"),
            Map.entry("UnmuteParticipantFunction", "POST " + PARTICIPANT + "/:unmute"),
            Map.entry("HoldParticipantFunction", "POST " + PARTICIPANT + "/:hold"),
            Map.entry("UnholdParticipantFunction", "POST " + PARTICIPANT + "/:unhold"),
            Map.entry("SendDtmfFunction", "POST " + PARTICIPANT + "/:sendDtmf"),
            Map.entry("TransferCallFunction", "POST " + CONNECTION + "/:transfer"),
            Map.entry("JoinCallFunction", "POST " + SERVER_CALL + "/:join"),
            Map.entry("CancelAllMediaOperationsFunction", "POST " + CONNECTION + "/:cancelAllMediaOperations"),
            Map.entry("StartRecordingFunction", "POST " + RECORDINGS),
            Map.entry("GetRecordingFunction", "GET " + RECORDING),
            Map.entry("PauseRecordingFunction", "POST " + RECORDING + "/:pause"),
            Map.entry("ResumeRecordingFunction", "POST " + RECORDING + "/:resume"),
            Map.entry("StopRecordingFunction", "DELETE " + RECORDING),
            Map.entry("GetRecordingContentFunction", "GET " + RECORDING + "/content"),
            Map.entry("AnswerCallFunction", "POST " + CONNECTIONS + "/:answer"),
            Map.entry("RejectCallFunction", "POST " + CONNECTIONS + "/:reject"),
            Map.entry("RedirectCallFunction", "POST " + CONNECTIONS + "/:redirect"),
            Map.entry("DeleteRecordingContentFunction", "DELETE " + RECORDING + "/content"),
            Map.entry("CreateEventSubscriptionFunction", "POST /eventSubscriptions"),
            Map.entry("ListEventSubscriptionsFunction", "GET /eventSubscriptions"),
            Map.entry("GetEventSubscriptionFunction", "GET /eventSubscriptions/{subscriptionId}"),
            Map.entry("DeleteEventSubscriptionFunction", "DELETE /eventSubscriptions/{subscriptionId}"),
            Map.entry("CreateIdentityFunction", "POST /identities"),
            Map.entry("ListIdentitiesFunction", "GET /identities"),
            Map.entry("GetIdentityFunction", "GET /identities/{id}"),
            Map.entry("DeleteIdentityFunction", "DELETE /identities/{id}"),
            Map.entry("ListCallsFunction", "GET /calls"),
            Map.entry("GetTimelineFunction", "GET /calls/{serverCallId}/timeline"),
            Map.entry("ListDeadLettersFunction", "GET /callbacks/deadLetters"),
            Map.entry("RedriveDeadLetterFunction", "POST /callbacks/deadLetters/{deadLetterId}/:redrive"),
            Map.entry("RedriveAllDeadLettersFunction", "POST /callbacks/deadLetters/:redriveAll"),
            Map.entry("HealthFunction", "GET /health"),
            Map.entry("GetOpenApiFunction", "GET /openapi.json"),
            Map.entry("NoSuchOperationFunction", "$default"));

    /** Design §8: consumer by queue, with its time-out in seconds. */
    private static final Map<String, String> CONSUMERS = Map.of(
            "MediaCommandsQueue", "MediaWorkerFunction",
            "MediaEventsQueue", "MediaEventsFunction",
            "CallbacksQueue", "DeliverCallbackFunction");

    private static Template template;

    @BeforeAll
    static void read() throws IOException {
        template = DeploymentTemplate.read();
    }

    @Test
    void everyFunctionNamesAClassThatLambdaCanBuild() throws ReflectiveOperationException {
        for (LambdaFunction function : template.functions()) {
            Class<?> handler = Class.forName(function.handler());
            assertThat(handler).isPublic().isFinal();
            assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
            assertThat(Modifier.isPublic(handler.getConstructor().getModifiers()))
                    .as("a public constructor without arguments of %s", handler)
                    .isTrue();
            assertThat(function.logicalId()).isEqualTo(handler.getSimpleName());
        }
    }

    @Test
    void everyFunctionClassIsDeployed() {
        Set<String> classes = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.ringback.functions")
                        .stream()
                        .filter(type -> type.isAssignableTo(RequestStreamHandler.class))
                        .map(JavaClass::getName)
                        .collect(toSet());

        assertThat(template.functions().stream().map(LambdaFunction::handler))
                .containsExactlyInAnyOrderElementsOf(classes);
    }

    @Test
    void everyOperationHasItsRoute() {
        Map<String, String> routes = template.functions().stream()
                .filter(function -> !function.routes().isEmpty())
                .collect(toMap(
                        LambdaFunction::logicalId,
                        function -> function.routes().stream()
                                .map(HttpRoute::routeKey)
                                .collect(Collectors.joining(" and "))));

        assertThat(routes).isEqualTo(ROUTES);
    }

    @Test
    void everyFunctionHasSampleEventsForAGoodAndABadCase() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (LambdaFunction function : template.functions()) {
            Path folder = DeploymentTemplate.home().resolve("events").resolve(folderOf(function.logicalId()));
            assertThat(folder).isDirectory();
            List<Path> cases;
            try (Stream<Path> files = Files.list(folder)) {
                cases = files.filter(file -> file.toString().endsWith(".json")).toList();
            }
            assertThat(cases).as("cases of %s", function.logicalId()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(cases).anyMatch(file -> file.getFileName().toString().startsWith("ok"));
            assertThat(cases).anyMatch(file -> !file.getFileName().toString().startsWith("ok"));
            for (Path file : cases) {
                assertThat(mapper.readTree(file.toFile()).isObject())
                        .as("%s is an object", file)
                        .isTrue();
            }
        }
    }

    @Test
    void queuesAreAsTheDesignWantsThem() {
        CONSUMERS.forEach((queueId, consumer) -> {
            Queue queue = queue(queueId);
            Duration timeout = template.function(consumer).timeout();
            assertThat(queue.attributes())
                    .as(queueId)
                    .containsEntry("FifoQueue", "true")
                    .containsEntry("ContentBasedDeduplication", "false")
                    .containsEntry("DeduplicationScope", "messageGroup")
                    .containsEntry("FifoThroughputLimit", "perMessageGroupId");
            assertThat(Duration.ofSeconds(Long.parseLong(queue.attributes().getOrDefault("VisibilityTimeout", "0"))))
                    .as("an invocation is over for a while before its messages come again")
                    .isBetween(timeout.plusSeconds(10), timeout.multipliedBy(2));
            String redrive = queue.attributes().getOrDefault("RedrivePolicy", "");
            assertThat(redrive).contains("\"maxReceiveCount\":30");
            assertThat(template.queues()).anyMatch(other -> redrive.contains("\"" + other.arn() + "\""));
        });
    }

    @Test
    void queueConsumersAreAsTheDesignWantsThem() {
        assertThat(template.function("MediaWorkerFunction").timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(template.function("MediaEventsFunction").timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(template.function("DeliverCallbackFunction").timeout()).isEqualTo(Duration.ofSeconds(50));
        CONSUMERS.forEach((queueId, consumer) -> {
            assertThat(template.function(consumer).queues())
                    .as(consumer)
                    .singleElement()
                    .satisfies(source -> {
                        assertThat(source.queueArn()).isEqualTo(queue(queueId).arn());
                        assertThat(source.batchSize()).isEqualTo(10);
                        assertThat(source.partialBatchResponses()).isTrue();
                    });
        });
    }

    @Test
    void noInvocationWaitsForABatchToFill() throws IOException {
        assertThat(Files.readString(DeploymentTemplate.file())).doesNotContain("MaximumBatchingWindowInSeconds");
    }

    @Test
    void theTableIsTheOneThatTheCodeExpects() {
        CreateTableRequest expected = TableSchema.createTable("any");
        Table table = template.tables().get(0);

        assertThat(template.tables()).hasSize(1);
        assertThat(table.attributeTypes())
                .isEqualTo(expected.attributeDefinitions().stream()
                        .collect(toMap(
                                attribute -> attribute.attributeName(),
                                attribute -> attribute.attributeTypeAsString())));
        assertThat(table.key()).isEqualTo(key(expected.keySchema()));
        assertThat(table.indexes())
                .containsExactlyInAnyOrderElementsOf(expected.globalSecondaryIndexes().stream()
                        .map(TemplateTest::index)
                        .toList());
    }

    @Test
    void nothingIsAllowedByAWildcard() {
        assertThat(template.functions().stream().flatMap(function -> function.statements().stream()))
                .allSatisfy(statement -> {
                    assertThat(statement.actions()).noneMatch(action -> action.contains("*"));
                    assertThat(statement.resources()).doesNotContain("*");
                });
    }

    /** S3 tells whoever may not list a bucket that what is not in it is forbidden. */
    @Test
    void whoReadsRecordingsIsToldWhichAreGone() {
        assertThat(template.function("GetRecordingContentFunction").statements())
                .anySatisfy(statement -> {
                    assertThat(statement.actions()).containsExactly("s3:ListBucket");
                    assertThat(statement.resources())
                            .singleElement()
                            .asString()
                            .startsWith("arn:aws:s3:::")
                            .doesNotContain("/");
                });
    }

    @Test
    void onlyHealthAndTheDocumentAreOpen() {
        assertThat(template.functions().stream()
                        .filter(function -> !function.routes().isEmpty())
                        .filter(function -> !function.settings().containsKey("RINGBACK_ACCESS_KEYS_SECRET"))
                        .map(LambdaFunction::logicalId))
                .containsExactlyInAnyOrder("HealthFunction", "GetOpenApiFunction");
    }

    private static String folderOf(String function) {
        return function.replaceFirst("Function$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    private static Queue queue(String logicalId) {
        return template.queues().stream()
                .filter(queue -> queue.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow();
    }

    private static Table.Index index(GlobalSecondaryIndex index) {
        return new Table.Index(
                index.indexName(),
                key(index.keySchema()),
                index.projection().projectionTypeAsString(),
                index.projection().nonKeyAttributes());
    }

    private static Table.Key key(List<KeySchemaElement> schema) {
        return new Table.Key(
                schema.get(0).attributeName(), schema.size() > 1 ? schema.get(1).attributeName() : null);
    }
}
