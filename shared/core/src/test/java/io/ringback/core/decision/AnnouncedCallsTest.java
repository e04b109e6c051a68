package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.TestIds;
import io.ringback.core.call.Callback;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Subscriber;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaEvent.LegConnected;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The more event subscriptions are told of a call, the fewer parties it takes: its end has to fit one transaction. */
class AnnouncedCallsTest {
    @ParameterizedTest
    @CsvSource({"0, 50", "1, 50", "16, 50", "17, 47", "50, 16"})
    void aCallHasAsManyTargetsAsItsSubscriptionsCanBeToldOf(int subscribers, int most) {
        assertThat(created(subscribers, most)).isInstanceOf(Decision.Accepted.class);
        assertThat(created(subscribers, most + 1)).isInstanceOf(Decision.Rejected.class);
    }

    @Test
    void whoeverIsBroughtInCountsLikeATarget() {
        Scene scene = Scene.created(Samples.createCall(15), subscribers(50).toArray(Subscriber[]::new));
        scene.happens(new LegConnected(scene.leg(0)));
        String connection = scene.call().connections().get(0).callConnectionId();

        assertThat(scene.wants(invite(connection, 2))).isInstanceOfSatisfying(Decision.Rejected.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.OPERATION_NOT_ALLOWED);
            assertThat(refused.message()).contains("at most 16 participants", "50 event subscriptions");
        });
        assertThat(scene.wants(invite(connection, 1))).isInstanceOf(Decision.Accepted.class);
        CallCommand transfer =
                new CallCommand.TransferCall(connection, party(1), scene.leg(0), null, Duration.ofSeconds(60), null);
        assertThat(scene.wants(transfer)).isInstanceOf(Decision.Rejected.class);
    }

    private static Decision created(int subscribers, int targets) {
        return CallRules.create(
                Samples.announcedTo(subscribers(subscribers), Samples.createCall(targets)), Samples.NOW, new TestIds());
    }

    private static CallCommand invite(String connection, int parties) {
        return new CallCommand.InviteParticipants(
                connection,
                IntStream.range(0, parties).mapToObj(AnnouncedCallsTest::party).toList(),
                null,
                Duration.ofSeconds(60),
                null,
                null);
    }

    private static Identifier party(int i) {
        return Identifier.ofUser("party" + i);
    }

    private static List<Subscriber> subscribers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Subscriber(
                        "subscription-" + i,
                        new Callback(URI.create("https://events.example/"), "2021-06-15-preview"),
                        Set.of(Announcement.values())))
                .toList();
    }
}
