package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.emulated.EmulatedAws;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import io.ringback.core.port.Gateways.Gateway;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** An attempt at a commit got no answer and the next one is cancelled: the answer is why, and whether it was written. */
class RetriedCommitsTest extends FaultyStorage {
    private final Commit dial = dial(fresh());

    @Test
    void aFullGatewayIsFullForWhoeverAsksTwice() {
        beat(0);
        faults.timeOut(TransactWriteItemsRequest.class, 1);

        assertThat(faulty.calls().commit(dial)).isEqualTo(CommitResult.NO_ROOM);
        assertThat(sound.calls().load(CALL)).isEmpty();
    }

    @Test
    void aLostGatewayIsLostForWhoeverAsksTwice() {
        sound.gateways().fence(beat(1), clock.instant());
        faults.timeOut(TransactWriteItemsRequest.class, 1);

        assertThat(faulty.calls().commit(dial)).isEqualTo(CommitResult.GATEWAY_LOST);
    }

    @ParameterizedTest
    @CsvSource({"None, TransactionConflict, CROWDED", "TransactionConflict, None, OVERTAKEN"})
    void whoeverMeetsOthersTheSecondTimeLearnsWhere(String call, String gateway, CommitResult result) {
        beat(1);
        faults.timeOut(TransactWriteItemsRequest.class, 1)
                .cancel(TransactWriteItemsRequest.class, call, "None", "None", gateway);

        assertThat(faulty.calls().commit(dial)).isEqualTo(result);
        assertThat(sound.calls().load(CALL)).isEmpty();
        assertThat(faulty.calls().commit(dial)).isEqualTo(CommitResult.STORED);
    }

    /** Whatever the cancelled attempt was told: the history knows whose the version is. */
    @Test
    void whatTheFirstAttemptWroteIsWritten() {
        beat(1);
        faults.loseAnswers(TransactWriteItemsRequest.class, 1)
                .cancel(TransactWriteItemsRequest.class, "None", "None", "None", "ConditionalCheckFailed");

        assertThat(faulty.calls().commit(dial)).isEqualTo(CommitResult.STORED);
        assertThat(sound.calls().load(CALL)).isPresent();
    }

    /** The first attempt took the last place; the second has its token, so it is not refused for want of another. */
    @Test
    void theLastPlaceIsTakenByTheAttemptThatGotNoAnswer() {
        beat(1);
        faults.loseAnswers(TransactWriteItemsRequest.class, 1);

        assertThat(faulty.calls().commit(dial)).isEqualTo(CommitResult.STORED);
        assertThat(faulty.calls().commit(dial(CallSamples.fresh("call0000000000000002", clock.instant()))))
                .isEqualTo(CommitResult.NO_ROOM);
    }

    @Test
    void aTransactionWithTheTokenOfOneThatWasWrittenIsAnsweredAsWrittenAndNotCarriedOut(EmulatedAws aws) {
        String table = aws.createTable();
        DynamoDbClient client = aws.dynamoDb();
        client.transactWriteItems(insert(table, "token"));
        client.transactWriteItems(insert(table, "token"));

        assertThatThrownBy(() -> client.transactWriteItems(insert(table, "another")))
                .isInstanceOf(TransactionCanceledException.class);
    }

    private static TransactWriteItemsRequest insert(String table, String token) {
        Put once = Put.builder()
                .tableName(table)
                .item(CallItem.key(CALL))
                .conditionExpression("attribute_not_exists(" + TableSchema.PARTITION_KEY + ")")
                .build();
        return TransactWriteItemsRequest.builder()
                .transactItems(TransactWriteItem.builder().put(once).build())
                .clientRequestToken(token)
                .build();
    }

    private Gateway beat(int capacity) {
        Gateway gateway = CallSamples.gateway(capacity, clock.instant());
        sound.gateways().heartbeat(gateway);
        return gateway;
    }

    private Commit dial(ServerCall call) {
        List<Effect> dials = List.of(CallSamples.command(1, clock.instant()));
        return CallSamples.commit(call, dials, clock.instant());
    }
}
