package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Whatever answer got lost and whatever the index still shows, the outbox goes on from where it was. */
class OutboxFaultsTest extends FaultyStorage {
    @Test
    void anAdvanceWhoseAnswerGotLostIsOurs() {
        created();
        Row row = rows().get(0);
        faults.loseAnswers(UpdateItemRequest.class, 2);

        assertThat(faulty.outbox().advance(row, 1, delivered(), clock.instant()))
                .isPresent();
        assertThat(rows()).isEmpty();
    }

    @Test
    void aPostponementWhoseAnswerGotLostIsCountedOnce() {
        created();
        Row row = rows().get(0);
        faults.loseAnswers(UpdateItemRequest.class, 1);

        Attempt failed = new Attempt(1, clock.instant(), Outcome.FAILED, 500, "");
        assertThat(faulty.outbox().postpone(row, failed, clock.instant().plusSeconds(1)))
                .contains(rows().get(0));
        assertThat(rows().get(0).attemptsInARow()).isEqualTo(1);
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void anAdvanceThatSomebodyElseMadeIsNotOurs() {
        created();
        Row row = rows().get(0);
        faults.timeOut(UpdateItemRequest.class, 1);
        sound.outbox().advance(row, 1, delivered(), clock.instant());

        assertThat(faulty.outbox().advance(row, 1, delivered(), clock.instant()))
                .isEmpty();
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void aCursorThatWasLeftBehindIsPassedAndPutRight() {
        created();
        Row row = rows().get(0);
        // The row is finished; the consumer dies before the cursor moves.
        faults.meanwhile(UpdateItemRequest.class, () -> {}).timeOut(UpdateItemRequest.class, EVERY_ATTEMPT);
        assertThatThrownBy(() -> faulty.outbox().advance(row, 1, delivered(), clock.instant()))
                .isInstanceOf(SdkException.class);
        commitEvent(sound.calls().load(CALL).orElseThrow());

        assertThat(rows()).extracting(Row::firstSequence).containsExactly(2L);
        assertThat(CursorRow.parse(sound.item(CursorRow.key(STREAM))).next()).isEqualTo(2);
    }

    @Test
    void aRedriveThatIsUnderWayKeepsNobodyFromNotingWhatWasDelivered() {
        created();
        Row row = rows().get(0);
        faults.conflict(UpdateItemRequest.class, 2);

        assertThat(faulty.outbox().advance(row, 1, delivered(), clock.instant()))
                .isPresent();
        assertThat(attempts()).isEqualTo(1);
        assertThat(rows()).isEmpty();
    }

    @Test
    void aCursorThatARedriveIsChangingIsMovedByTheNextReader() {
        created();
        Row row = rows().get(0);
        faults.meanwhile(UpdateItemRequest.class, () -> {}).conflict(UpdateItemRequest.class, 1);

        assertThat(faulty.outbox().advance(row, 1, delivered(), clock.instant()))
                .isPresent();
        assertThat(sound.item(CursorRow.key(STREAM))).isEmpty();
        assertThat(rows()).isEmpty();
        assertThat(CursorRow.parse(sound.item(CursorRow.key(STREAM))).next()).isEqualTo(2);
    }

    @Test
    void anIndexThatLagsOnlyDelaysThePoke() {
        created();
        clock.advance(Duration.ofMinutes(1));
        int shard = Math.floorMod(OutboxRow.partition(STREAM).hashCode(), Outbox.DUE_SHARDS);
        faults.staleIndex(QueryResponse.builder().items(List.of()).build());

        assertThat(faulty.outbox().due(shard, clock.instant(), 10)).isEmpty();
        assertThat(faulty.outbox().due(shard, clock.instant(), 10)).containsExactly(STREAM);
    }

    @Test
    void anIndexThatStillShowsAFinishedRowCostsAnEmptyLook() {
        created();
        sound.outbox().advance(rows().get(0), 1, delivered(), clock.instant());
        faults.staleIndex(
                QueryResponse.builder().items(List.of(OutboxRow.key(STREAM, 1))).build());

        assertThat(faulty.outbox().due(0, clock.instant(), 10)).containsExactly(STREAM);
        assertThat(faulty.outbox().read(STREAM, 10)).isEqualTo(new Outbox.Reading(List.of(), false, false, null));
    }

    private int attempts() {
        return new ItemReader(sound.item(OutboxRow.key(STREAM, 1)))
                .list("attempts", value -> value)
                .size();
    }

    private List<Attempt> delivered() {
        return List.of(new Attempt(1, clock.instant(), Outcome.DELIVERED, 200, ""));
    }
}
