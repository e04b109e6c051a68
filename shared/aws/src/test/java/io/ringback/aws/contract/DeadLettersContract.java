package io.ringback.aws.contract;

import static io.ringback.aws.contract.CallSamples.CALLBACK;
import static io.ringback.aws.contract.CallSamples.CALLBACKS;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACK;
import static io.ringback.aws.contract.CallSamples.OTHER_CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.decision.Effect;
import io.ringback.core.decision.Target;
import io.ringback.core.port.DeadLetters.Answer;
import io.ringback.core.port.DeadLetters.Letter;
import io.ringback.core.port.DeadLetters.Question;
import io.ringback.core.port.DeadLetters.Redrive;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Attempt.Outcome;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.StreamRef;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The contract of {@code DeadLetters.list}: which letters there are, and what they tell. */
public abstract class DeadLettersContract extends LetterContract {
    @Test
    void aLetterTellsItsEventAndEveryAnswer() {
        commit(CALL, CALLBACK, 1);
        Attempt failed = attempt(1, Outcome.FAILED, 503);
        Row once = storage.outbox()
                .postpone(first(STREAM), failed, clock.instant())
                .orElseThrow();
        clock.advance(Duration.ofSeconds(1));
        Attempt dead = attempt(1, Outcome.DEAD, 410);
        storage.outbox().advance(once, 1, List.of(dead), clock.instant());

        assertThat(all()).singleElement().satisfies(letter -> {
            assertThat(letter.id()).matches("[A-Za-z0-9_-]+");
            assertThat(letter.stream()).isEqualTo(STREAM);
            assertThat(letter.event()).isEqualTo(once.items().get(0));
            assertThat(letter.destination()).isEqualTo(URI.create("https://app.example/callbacks"));
            assertThat(letter.deadAt()).isEqualTo(clock.instant());
            assertThat(letter.attempts()).containsExactly(failed, dead);
        });
    }

    @Test
    void onlyEventsThatWereGivenUpAreLetters() {
        commit(CALL, CALLBACK, 3);
        advance(first(STREAM), Outcome.DELIVERED, Outcome.DEAD, Outcome.VOID);
        commit(CALL, CALLBACK, 1);
        List<Effect> order = List.of(CallSamples.command(1, clock.instant()));
        commit(CALL, order);
        StreamRef media = new StreamRef(CALL, Target.MEDIA);
        advance(first(media), Outcome.DEAD);

        assertThat(all()).extracting(letter -> letter.event().sequence()).containsExactly(2L);
    }

    @Test
    void theLongestDeadComesFirst() {
        commit(CALL, CALLBACK, 1);
        commit(CALL, OTHER_CALLBACK, 1);
        commit(OTHER_CALL, CALLBACK, 1);
        List<StreamRef> inOrder =
                List.of(new StreamRef(OTHER_CALL, CALLBACKS), STREAM, new StreamRef(CALL, OTHER_CALLBACKS));
        for (StreamRef stream : inOrder) {
            advance(first(stream), Outcome.DEAD);
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(all()).extracting(Letter::stream).isEqualTo(inOrder);
    }

    @Test
    void pagesGoOnWhereTheLastOneEndedWithinARowToo() {
        for (int i = 1; i <= 6; i++) {
            String call = String.format(Locale.ROOT, "call%016d", i);
            commit(call, CALLBACK, 3);
            advance(first(new StreamRef(call, CALLBACKS)), Outcome.DEAD, Outcome.DELIVERED, Outcome.DEAD);
            clock.advance(Duration.ofMillis(1));
        }
        List<Letter> whole = all();
        assertThat(whole).hasSize(12);

        for (int top : List.of(1, 2, 3, 5, 12)) {
            assertThat(pages(new Question(null, null, top, null)))
                    .as("top %d", top)
                    .isEqualTo(whole);
        }
    }

    @Test
    void whatDiesAfterTheFirstPageIsNotInTheOthers() {
        commit(CALL, CALLBACK, 1);
        commit(OTHER_CALL, CALLBACK, 1);
        advance(first(STREAM), Outcome.DEAD);
        clock.advance(Duration.ofSeconds(1));
        advance(first(new StreamRef(OTHER_CALL, CALLBACKS)), Outcome.DEAD);
        Answer.Page page = page(new Question(null, null, 1, null));
        clock.advance(Duration.ofSeconds(1));
        commit(CALL, CALLBACK, 1);
        advance(first(STREAM), Outcome.DEAD);

        assertThat(page(new Question(null, null, 10, page.continuationToken())).letters())
                .extracting(letter -> letter.stream().serverCallId())
                .containsExactly(OTHER_CALL);
        assertThat(all()).hasSize(3);
    }

    @Test
    void lettersOfACallOrToAReceiverCanBeAskedFor() {
        commit(CALL, CALLBACK, 1);
        commit(CALL, OTHER_CALLBACK, 1);
        commit(OTHER_CALL, CALLBACK, 1);
        for (StreamRef stream :
                List.of(STREAM, new StreamRef(CALL, OTHER_CALLBACKS), new StreamRef(OTHER_CALL, CALLBACKS))) {
            advance(first(stream), Outcome.DEAD);
        }

        assertThat(pages(new Question(CALL, null, 1, null))).hasSize(2);
        assertThat(pages(new Question("call0000000000000009", null, 1, null))).isEmpty();
        assertThat(to("https://app.example")).hasSize(2);
        assertThat(to("https://APP.example:443/call")).hasSize(2);
        assertThat(to("https://app.example/callbacks/more")).isEmpty();
        assertThat(to("http://app.example")).isEmpty();
        assertThat(to("https://app.example.org")).isEmpty();
        assertThat(to("https://other.example/recordings")).hasSize(1);
    }

    @Test
    void aTokenThatIsNotOursIsRefused() {
        commit(CALL, CALLBACK, 2);
        advance(first(STREAM), Outcome.DEAD, Outcome.DEAD);
        String token = page(new Question(null, null, 1, null)).continuationToken();

        assertThat(token).isNotNull();
        assertThat(storage.deadLetters().list(new Question(CALL, null, 1, token)))
                .isEqualTo(new Answer.InvalidToken());
        assertThat(storage.deadLetters().list(new Question(null, null, 1, token + "A")))
                .isEqualTo(new Answer.InvalidToken());
    }

    @Test
    void aLetterIsKeptForSevenDays() {
        commit(CALL, CALLBACK, 1);
        advance(first(STREAM), Outcome.DEAD);
        String id = all().get(0).id();

        clock.advance(Duration.ofDays(7).minusMillis(1));
        assertThat(all()).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(all()).isEmpty();
        assertThat(storage.deadLetters().redrive(id, null)).isEqualTo(new Redrive.Unknown());
    }

    private List<Letter> to(String callbackUri) {
        return pages(new Question(null, URI.create(callbackUri), 1, null));
    }

    /** The letters of all pages, each no longer than asked for. */
    private List<Letter> pages(Question question) {
        List<Letter> letters = new ArrayList<>();
        String token = null;
        do {
            Answer.Page page =
                    page(new Question(question.serverCallId(), question.callbackUri(), question.top(), token));
            assertThat(page.letters()).hasSizeLessThanOrEqualTo(question.top());
            letters.addAll(page.letters());
            token = page.continuationToken();
        } while (token != null);
        return letters;
    }
}
