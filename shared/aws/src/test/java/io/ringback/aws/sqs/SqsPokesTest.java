package io.ringback.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ringback.aws.RandomIds;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.aws.emulated.Faults;
import io.ringback.core.decision.Target;
import io.ringback.core.port.StreamRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;

class SqsPokesTest {
    private static final EmulatedAws AWS = new EmulatedAws();
    private static final SqsClient SQS = AWS.sqs();
    private static final Target CALLBACK = Target.ofCallback(URI.create("https://app.example/callbacks"));
    private static final String CALL = "call0000000000000001";

    private String media;
    private String callbacks;
    private SqsPokes pokes;

    @AfterAll
    static void close() {
        AWS.close();
    }

    @BeforeEach
    void open() {
        media = AWS.createQueue();
        callbacks = AWS.createQueue();
        pokes = new SqsPokes(SQS, media, callbacks, new RandomIds());
    }

    @Test
    void eachStreamGoesToTheQueueOfItsTargetInItsGroup() {
        StreamRef toMedia = new StreamRef(CALL, Target.MEDIA);
        StreamRef toCallback = new StreamRef(CALL, CALLBACK);
        pokes.poke(List.of(toMedia, toCallback));

        Message command = receive(media, 1).get(0);
        assertThat(Poke.decode(command.body())).isEqualTo(toMedia);
        assertThat(command.body()).isEqualTo("{\"serverCallId\":\"" + CALL + "\",\"target\":\"media\"}");
        assertThat(group(command)).isEqualTo(CALL);
        Message event = receive(callbacks, 1).get(0);
        assertThat(Poke.decode(event.body())).isEqualTo(toCallback);
        assertThat(group(event)).isEqualTo(CALL + "-" + CALLBACK.key());
    }

    @Test
    void theSamePokeTwiceIsTwoMessages() {
        StreamRef stream = new StreamRef(CALL, Target.MEDIA);
        pokes.poke(List.of(stream));
        pokes.poke(List.of(stream));

        assertThat(receive(media, 2)).extracting(Message::body).hasSize(2).containsOnly(Poke.encode(stream));
    }

    @Test
    void moreThanABatchArrivesWhole() {
        List<StreamRef> streams = IntStream.range(0, 25)
                .mapToObj(i -> new StreamRef(CALL, Target.ofCallback(URI.create("https://app.example/callbacks/" + i))))
                .toList();
        pokes.poke(streams);

        assertThat(receive(callbacks, 25))
                .extracting(message -> Poke.decode(message.body()))
                .containsExactlyInAnyOrderElementsOf(streams);
    }

    @Test
    void aPokeThatCannotBeSentHurtsNobody() {
        Faults faults = new Faults().timeOut(SendMessageBatchRequest.class, 2);
        SqsPokes unlucky = new SqsPokes(AWS.sqs(faults), media, callbacks, new RandomIds());
        StreamRef toMedia = new StreamRef(CALL, Target.MEDIA);
        StreamRef toCallback = new StreamRef(CALL, CALLBACK);

        assertThatCode(() -> unlucky.poke(List.of(toMedia, toCallback))).doesNotThrowAnyException();
        assertThat(faults.left()).isZero();
        assertThat(receive(callbacks, 1)).hasSize(1);
    }

    @Test
    void noStreamsNoRequest() {
        Faults faults = new Faults().timeOut(SendMessageBatchRequest.class, 1);
        new SqsPokes(AWS.sqs(faults), media, callbacks, new RandomIds()).poke(List.of());

        assertThat(faults.left()).isEqualTo(1);
    }

    @Test
    void whatIsNoPokeIsRefusedWithItsReason() {
        assertThatThrownBy(() -> Poke.decode("{")).hasMessageContaining("JSON");
        assertThatThrownBy(() -> Poke.decode("{\"serverCallId\":\"a\"}")).hasMessageContaining("target");
        assertThatThrownBy(() -> Poke.decode("[]")).hasMessageContaining("serverCallId");
    }

    private static String group(Message message) {
        return message.attributes().getOrDefault(MessageSystemAttributeName.MESSAGE_GROUP_ID, "no group");
    }

    /** Takes and deletes messages until there are so many. */
    private static List<Message> receive(String queue, int count) {
        List<Message> received = new ArrayList<>();
        await().until(() -> {
            for (Message message : SQS.receiveMessage(r -> r.queueUrl(queue)
                            .maxNumberOfMessages(10)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages()) {
                SQS.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
                received.add(message);
            }
            return received.size() >= count;
        });
        return received;
    }
}
