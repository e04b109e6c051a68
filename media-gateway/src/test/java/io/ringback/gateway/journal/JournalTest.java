package io.ringback.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.CallOffered;
import io.ringback.core.media.MediaEvent.LegEnded;
import io.ringback.core.media.MediaEvent.LegRinging;
import io.ringback.core.media.MediaEvent.RecordingChanged;
import io.ringback.core.media.MediaEvent.RecordingFile;
import io.ringback.core.media.MediaReport;
import io.ringback.gateway.sip.DialogRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final GatewayRef LIFE = new GatewayRef("gw-1", "01J00000000000000000000001");
    private static final GatewayRef NEXT_LIFE = new GatewayRef("gw-1", "01J00000000000000000000002");
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final String CALL = "call-000000000000001";

    @TempDir
    Path folder;

    @Test
    void takesEachOrderOnceAndNoneBehindTheHighest() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.order(CALL, LIFE, 2, "leg", null)).isTrue();
            assertThat(journal.order(CALL, LIFE, 2, "leg", null)).isFalse();
            assertThat(journal.order(CALL, LIFE, 1, "other", null)).isFalse();
            assertThat(journal.order("another-call", LIFE, 1, null, null)).isTrue();
        }
    }

    @Test
    void remembersAcrossLives() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            journal.order(CALL, LIFE, 1, "leg-1", null);
            journal.order(CALL, LIFE, 2, "leg-2", null);
            journal.order(CALL, LIFE, 3, null, "recording");
            journal.report(CALL, LIFE, NOW, new LegRinging("leg-1", 180));
            journal.report(CALL, LIFE, NOW, ended("leg-1"));
            journal.report(
                    CALL,
                    LIFE,
                    NOW,
                    new RecordingChanged("recording", RecordingChanged.Change.STOP, NOW, 1, List.of()));
            journal.record(dialog("leg-2"));
            journal.record(dialog("leg-1"));
            journal.forget("leg-1");
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.order(CALL, LIFE, 3, null, null)).isFalse();
            assertThat(journal.debts())
                    .containsExactly(
                            new Journal.Debt(CALL, LIFE, List.of("leg-2"), List.of("recording"), Set.of("recording")));
            assertThat(journal.dialogs()).containsExactly(dialog("leg-2"));
            assertThat(journal.eventsAfter(CALL, 0))
                    .extracting(MediaReport::number)
                    .containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void numbersEventsOfAnOldLifeOnUnderItsOwnName() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            journal.order(CALL, LIFE, 1, "leg-1", null);
            journal.report(CALL, LIFE, NOW, new LegRinging("leg-1", 180));
            journal.acknowledge(CALL, 1);
        }
        try (Journal journal = Journal.open(folder)) {
            MediaReport report = journal.report(CALL, NEXT_LIFE, NOW, ended("leg-1"));
            assertThat(report.number()).isEqualTo(2);
            assertThat(report.gateway()).isEqualTo(LIFE);
        }
    }

    @Test
    void dropsWhatIsAcknowledgedAndForgetsOnlyWhatIsSettled() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            journal.order(CALL, LIFE, 1, "leg", null);
            journal.order(CALL, LIFE, 2, null, "recording");
            journal.report(CALL, LIFE, NOW, ended("leg"));
            assertThat(journal.forgetIfSettled(CALL)).isFalse();
            journal.report(CALL, LIFE, NOW, new RecordingFile("recording", false, null, 0, 0, 0, List.of(), "lost"));
            journal.acknowledge(CALL, 1);
            assertThat(journal.eventsAfter(CALL, 0))
                    .extracting(MediaReport::number)
                    .containsExactly(2L);
            assertThat(journal.forgetIfSettled(CALL)).isFalse();
            journal.acknowledge(CALL, 7);
            assertThat(journal.forgetIfSettled(CALL)).isTrue();
            assertThat(journal.debts()).isEmpty();
        }
    }

    /** Wherever a crash tears the file, an earlier state is found whole and the journal goes on from there. */
    @Test
    void goesOnFromAnEarlierStateAfterATear() throws IOException {
        int events = 6;
        try (Journal journal = Journal.open(folder)) {
            journal.order(CALL, LIFE, 1, "leg", null);
            for (int i = 1; i <= events; i++) {
                journal.report(CALL, LIFE, NOW, new LegRinging("leg", 180 + i));
            }
            journal.record(dialog("leg"));
        }
        byte[] whole = Files.readAllBytes(folder.resolve("gateway.journal"));
        long seenBefore = 0;
        for (int length = 0; length <= whole.length; length += 53) {
            Path torn = Files.createDirectory(folder.resolve("torn-" + length));
            Files.write(torn.resolve("gateway.journal"), Arrays.copyOf(whole, length));
            try (Journal journal = Journal.open(torn)) {
                List<MediaReport> found = journal.eventsAfter(CALL, 0);
                for (int i = 0; i < found.size(); i++) {
                    assertThat(found.get(i).number()).isEqualTo(i + 1);
                }
                assertThat(found.size()).isGreaterThanOrEqualTo((int) seenBefore);
                seenBefore = found.size();
                assertThat(journal.report(CALL, LIFE, NOW, ended("leg")).number())
                        .isEqualTo(seenBefore + 1);
            }
            try (Journal journal = Journal.open(torn)) {
                assertThat(journal.eventsAfter(CALL, 0)).hasSize((int) seenBefore + 1);
            }
        }
    }

    @Test
    void stopsAtAFlippedBit() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            journal.order(CALL, LIFE, 1, "leg", null);
            journal.report(CALL, LIFE, NOW, ended("leg"));
        }
        Path file = folder.resolve("gateway.journal");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.eventsAfter(CALL, 0)).isEmpty();
            assertThat(journal.debts()).extracting(Journal.Debt::openLegs).containsExactly(List.of("leg"));
        }
    }

    @Test
    void keepsNothingOfForgottenCallsAndDialogsWhenOpened() throws IOException {
        Path file = folder.resolve("gateway.journal");
        try (Journal journal = Journal.open(folder)) {
            for (int i = 0; i < 20; i++) {
                String call = "call-" + i;
                journal.order(call, LIFE, 1, "leg-" + i, null);
                journal.record(dialog("leg-" + i));
                journal.report(call, LIFE, NOW, ended("leg-" + i));
                journal.forget("leg-" + i);
                journal.acknowledge(call, 1);
                journal.forgetIfSettled(call);
            }
        }
        assertThat(Files.size(file)).isGreaterThan(5_000);
        Journal.open(folder).close();
        assertThat(Files.size(file)).isZero();
    }

    /** A stop may cross the end of the call, which stopped and stored the recording already. */
    @Test
    void owesNothingMoreToWhatWasToldWhateverIsOrderedAboutIt() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            journal.order(CALL, LIFE, 1, null, "recording");
            journal.report(CALL, LIFE, NOW, new RecordingFile("recording", true, "key", 1, 1, 1, List.of(), "stored"));
            journal.order(CALL, LIFE, 2, null, "recording");
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.debts()).extracting(Journal.Debt::openRecordings).containsExactly(List.of());
        }
    }

    @Test
    void saysThatItCannotBeWritten() throws IOException {
        Journal journal = Journal.open(folder);
        assertThat(journal.isWritable()).isTrue();
        journal.close();
        assertThatThrownBy(() -> journal.order(CALL, LIFE, 1, "leg", null)).isInstanceOf(UncheckedIOException.class);
        assertThat(journal.isWritable()).isFalse();
    }

    @Test
    void keepsItsFileShortWhileItRuns() throws IOException {
        Path file = folder.resolve("gateway.journal");
        try (Journal journal = Journal.open(folder, 20_000)) {
            journal.order(CALL, LIFE, 1, "leg", null);
            for (int i = 1; i <= 1000; i++) {
                journal.report(CALL, LIFE, NOW, new LegRinging("leg", 180));
                journal.acknowledge(CALL, i);
            }
            assertThat(Files.size(file)).isLessThan(25_000);
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.numbers(CALL)).contains(new Journal.Numbers(1, 1000));
            assertThat(journal.debts()).extracting(Journal.Debt::openLegs).containsExactly(List.of("leg"));
        }
    }

    @Test
    void owesAnEndToBothLegsOfACallThatCameInAlsoWhenItsBeginningIsApplied() throws IOException {
        Identifier somebody = Identifier.ofPhoneNumber("+12065550100");
        try (Journal journal = Journal.open(folder)) {
            journal.report(
                    CALL,
                    LIFE,
                    NOW,
                    new CallOffered(Origin.Kind.PEER, somebody, null, somebody, "caller", "callee", NOW));
            journal.report(CALL, LIFE, NOW, ended("callee"));
            journal.acknowledge(CALL, 2);
        }
        // The first opening has rewritten the file without the applied events.
        Journal.open(folder).close();
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.debts())
                    .singleElement()
                    .satisfies(debt -> assertThat(debt.openLegs()).containsExactly("caller"));
            assertThat(journal.order(CALL, LIFE, 1, null, null)).isTrue();
        }
    }

    private static MediaEvent ended(String leg) {
        return new LegEnded(leg, EndReason.COMPLETED, 200, "over", null);
    }

    private static DialogRecord dialog(String leg) {
        return new DialogRecord(
                leg,
                CALL,
                true,
                "sip-call-id",
                "sip:a@127.0.0.1",
                "tag-a",
                "sip:b@127.0.0.1",
                "tag-b",
                7,
                6,
                "z9hG4bK1",
                "sip:b@127.0.0.1:5070",
                null,
                List.of("<sip:proxy;lr>"),
                "127.0.0.1:5070/udp");
    }
}
