package io.ringback.emulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class EmbeddedSqsTest {
    @Test
    void handsOutOneMessageOfAGroupAtATime() {
        try (EmbeddedSqs sqs = EmbeddedSqs.start();
                SqsClient client = client(sqs)) {
            String url = client.createQueue(queue -> queue.queueName("pokes.fifo")
                            .attributes(Map.of(
                                    QueueAttributeName.FIFO_QUEUE, "true",
                                    QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false",
                                    QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup",
                                    QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId",
                                    QueueAttributeName.VISIBILITY_TIMEOUT, "30")))
                    .queueUrl();
            assertThat(url).startsWith(sqs.endpoint().toString());
            for (String body : new String[] {"1", "2"}) {
                client.sendMessage(message -> message.queueUrl(url)
                        .messageGroupId("call")
                        .messageDeduplicationId(body)
                        .messageBody(body));
            }

            Message first = client.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(1))
                    .messages()
                    .get(0);
            assertThat(first.body()).isEqualTo("1");
            assertThat(client.receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();

            client.deleteMessage(d -> d.queueUrl(url).receiptHandle(first.receiptHandle()));
            assertThat(client.receiveMessage(r -> r.queueUrl(url)).messages())
                    .extracting(Message::body)
                    .containsExactly("2");
        }
    }

    @Test
    void listensOnTheGivenPort() {
        int port;
        try (EmbeddedSqs free = EmbeddedSqs.start()) {
            port = free.port();
        }
        try (EmbeddedSqs sqs = EmbeddedSqs.start(port);
                SqsClient client = client(sqs)) {
            String url = client.createQueue(queue -> queue.queueName("events")).queueUrl();
            assertThat(url).startsWith("http://127.0.0.1:" + port + "/");
        }
    }

    private static SqsClient client(EmbeddedSqs sqs) {
        return SqsClient.builder()
                .endpointOverride(sqs.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
