package io.ringback.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateReadingTest {
    private static final LocalNames NAMES =
            new LocalNames("000000000000", "us-east-1", "ringback", URI.create("http://127.0.0.1:9324"));
    private static final String TEMPLATE = """
            Parameters:
              Mode: {Type: String, Default: quick}
            Conditions:
              IsQuick: !Equals [!Ref Mode, quick]
              IsSlow: !Not [!Condition IsQuick]
            Globals:
              Function:
                Timeout: 7
                Environment: {Variables: {SHARED: everywhere, MODE: none}}
            Resources:
              Work:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: io.example.Work::handleRequest
                  Environment:
                    Variables:
                      MODE: !Ref Mode
                      QUEUE: !Ref Jobs
                      TABLE: !Sub '${AWS::StackName}/${Table.Arn}/${!literal}'
                      CHOICE: !If [IsSlow, slow, !Ref 'AWS::NoValue']
                  Policies:
                    - Statement:
                        - Effect: Allow
                          Action: sqs:SendMessage
                          Resource: [!GetAtt Jobs.Arn]
                  Events:
                    Api: {Type: HttpApi, Properties: {Path: '/items/{id}', Method: post}}
                    Other: {Type: HttpApi}
                    Jobs:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt Jobs.Arn
                        BatchSize: 3
                        FunctionResponseTypes: [ReportBatchItemFailures]
                        ScalingConfig: {MaximumConcurrency: 2}
                    Clock: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}
              Idle:
                Type: AWS::Serverless::Function
                Condition: IsSlow
                Properties: {Handler: io.example.Idle}
              Jobs:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: !Sub '${AWS::StackName}-jobs.fifo'
                  FifoQueue: true
                  VisibilityTimeout: 20
                  RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 30}
              Dead: {Type: 'AWS::SQS::Queue', Properties: {FifoQueue: true}}
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  AttributeDefinitions:
                    - {AttributeName: pk, AttributeType: S}
                    - {AttributeName: at, AttributeType: N}
                  KeySchema: [{AttributeName: pk, KeyType: HASH}]
                  GlobalSecondaryIndexes:
                    - IndexName: byTime
                      KeySchema: [{AttributeName: pk, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}]
                      Projection: {ProjectionType: KEYS_ONLY}
            """;

    @TempDir
    Path folder;

    @Test
    void readsAFunctionWithItsSettingsResolved() throws IOException {
        LambdaFunction work = read(TEMPLATE, Map.of()).function("Work");

        assertThat(work.handler()).isEqualTo("io.example.Work");
        assertThat(work.timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(work.settings())
                .isEqualTo(Map.of(
                        "SHARED", "everywhere",
                        "MODE", "quick",
                        "QUEUE", "http://127.0.0.1:9324/000000000000/ringback-jobs.fifo",
                        "TABLE", "ringback/arn:aws:dynamodb:us-east-1:000000000000:table/ringback-Table/${literal}"));
        assertThat(work.statements())
                .containsExactly(new Statement(
                        List.of("sqs:SendMessage"), List.of("arn:aws:sqs:us-east-1:000000000000:ringback-jobs.fifo")));
    }

    @Test
    void readsWhatTriggersAFunction() throws IOException {
        LambdaFunction work = read(TEMPLATE, Map.of()).function("Work");

        assertThat(work.routes())
                .containsExactly(new HttpRoute("POST", "/items/{id}"), new HttpRoute("ANY", "$default"));
        assertThat(work.queues())
                .containsExactly(new QueueSource("arn:aws:sqs:us-east-1:000000000000:ringback-jobs.fifo", 3, true, 2));
        assertThat(work.schedules()).extracting(Schedule::rate).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void leavesOutWhatItsConditionDoesNotAllow() throws IOException {
        assertThat(read(TEMPLATE, Map.of()).functions())
                .extracting(LambdaFunction::logicalId)
                .containsExactly("Work");

        Template slow = read(TEMPLATE, Map.of("Mode", "leisurely"));
        assertThat(slow.functions()).extracting(LambdaFunction::logicalId).containsExactly("Work", "Idle");
        assertThat(slow.function("Work").settings()).containsEntry("CHOICE", "slow");
    }

    @Test
    void readsQueuesAndTheTable() throws IOException {
        Template template = read(TEMPLATE, Map.of());

        assertThat(template.queues())
                .containsExactly(
                        new Queue(
                                "Jobs",
                                "ringback-jobs.fifo",
                                "arn:aws:sqs:us-east-1:000000000000:ringback-jobs.fifo",
                                Map.of(
                                        "FifoQueue", "true",
                                        "VisibilityTimeout", "20",
                                        "RedrivePolicy",
                                                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:"
                                                        + "ringback-Dead.fifo\",\"maxReceiveCount\":30}")),
                        new Queue(
                                "Dead",
                                "ringback-Dead.fifo",
                                "arn:aws:sqs:us-east-1:000000000000:ringback-Dead.fifo",
                                Map.of("FifoQueue", "true")));
        assertThat(template.tables())
                .containsExactly(new Table(
                        "Table",
                        "ringback-Table",
                        "arn:aws:dynamodb:us-east-1:000000000000:table/ringback-Table",
                        Map.of("pk", "S", "at", "N"),
                        new Table.Key("pk", null),
                        List.of(new Table.Index("byTime", new Table.Key("pk", "at"), "KEYS_ONLY", List.of()))));
    }

    @Test
    void refusesWhatItCannotEnforce() {
        String denying = TEMPLATE.replace("Effect: Allow", "Effect: Deny");
        assertThatThrownBy(() -> read(denying, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Work");
        assertThatThrownBy(() -> read(TEMPLATE, Map.of("Speed", "quick"))).hasMessageContaining("Speed");
        assertThatThrownBy(() -> read(TEMPLATE.replace("!GetAtt Dead.Arn", "!GetAtt Gone.Arn"), Map.of()))
                .hasMessageContaining("Gone");
    }

    private Template read(String yaml, Map<String, String> parameters) throws IOException {
        return Template.read(Files.writeString(folder.resolve("template.yaml"), yaml), parameters, NAMES);
    }
}
