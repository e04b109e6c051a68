package io.ringback.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.ringback.wire.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LambdaJsonTest {
    @Test
    void readsMessagesOfAQueue() throws IOException {
        SQSEvent event = read("""
                {"Records": [{"messageId": "m1", "receiptHandle": "r1", "body": "{}", "md5OfBody": "x",
                  "attributes": {"ApproximateReceiveCount": "3", "MessageGroupId": "g"},
                  "messageAttributes": {}, "eventSource": "aws:sqs",
                  "eventSourceARN": "arn:aws:sqs:eu-west-1:1:q.fifo", "awsRegion": "eu-west-1", "new": 1}]}
                """, SQSEvent.class);

        assertThat(event.getRecords()).singleElement().satisfies(message -> {
            assertThat(message.getMessageId()).isEqualTo("m1");
            assertThat(message.getReceiptHandle()).isEqualTo("r1");
            assertThat(message.getEventSourceArn()).endsWith("q.fifo");
            assertThat(message.getAttributes()).containsEntry("ApproximateReceiveCount", "3");
        });
    }

    @Test
    void readsATickOfTheClock() throws IOException {
        ScheduledEvent event = read("""
                {"version": "0", "id": "e1", "detail-type": "Scheduled Event", "source": "aws.events", "account": "1",
                 "time": "2026-11-22T10:00:00Z", "region": "eu-west-1", "resources": [], "detail": {}}
                """, ScheduledEvent.class);

        assertThat(event.getId()).isEqualTo("e1");
        assertThat(event.getTime().getMillis()).isEqualTo(1_795_341_600_000L);
    }

    @Test
    void readsARequestOfAnHttpApi() throws IOException {
        APIGatewayV2HTTPEvent event = read("""
                {"version": "2.0", "routeKey": "GET /health", "rawPath": "/health", "rawQueryString": "",
                 "headers": {"host": "h"}, "isBase64Encoded": true, "body": "e30=",
                 "requestContext": {"timeEpoch": 1795341600000, "domainName": "h", "http": {"method": "GET"}}}
                """, APIGatewayV2HTTPEvent.class);

        assertThat(event.getIsBase64Encoded()).isTrue();
        assertThat(event.getRequestContext().getHttp().getMethod()).isEqualTo("GET");
        assertThat(event.getRequestContext().getDomainName()).isEqualTo("h");
    }

    /** API Gateway takes request lines and headers of 10,240 bytes together, whatever part of them the names are. */
    @Test
    void readsNamesOfHeadersAndParametersOfAnyLengthThatComes() throws IOException {
        String name = "x".repeat(10_240);
        APIGatewayV2HTTPEvent event = read("""
                {"headers": {"NAME": "h"}, "queryStringParameters": {"NAME": "q"}, "requestContext": {"http": {}}}
                """.replace("NAME", name), APIGatewayV2HTTPEvent.class);

        assertThat(event.getHeaders()).containsEntry(name, "h");
        assertThat(event.getQueryStringParameters()).containsEntry(name, "q");
        assertThatThrownBy(() -> Json.mapper().readTree("{\"" + name + "\": 1}"))
                .as("what customers send in a body has limits of its own")
                .hasMessageContaining("Name length");
    }

    @Test
    void writesWhatABatchFailedOf() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        LambdaJson.write(new SQSBatchResponse(List.of(new SQSBatchResponse.BatchItemFailure("m1"))), out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}");
    }

    @Test
    void refusesWhatIsNoEvent() {
        assertThatThrownBy(() -> read("{\"time\": \"yesterday\"}", ScheduledEvent.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a moment: yesterday");
    }

    private static <T> T read(String json, Class<T> type) throws IOException {
        return LambdaJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), type);
    }
}
