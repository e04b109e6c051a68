package io.ringback.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.gateway.call.Reachability.Contacts;
import io.ringback.testkit.FakeClock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private static final Identifier NUMBER = Identifier.ofPhoneNumber("+12065550199");

    private final FakeClock clock = FakeClock.atNoon();
    private final People people = new People();
    private final Directory directory = new Directory(people.ports(), "gw-1", Runnable::run, clock);

    @Test
    void readsSubscriptionsAgainWhenTheyAreNoLongerFresh() {
        assertThat(directory.isDecidedByApplication(NUMBER)).isFalse();
        people.subscribe(NUMBER);
        assertThat(directory.isDecidedByApplication(NUMBER)).isFalse();
        clock.advance(Directory.FRESH.plusMillis(1));
        assertThat(directory.isDecidedByApplication(NUMBER)).isTrue();
    }

    @Test
    void readsAgainAfterTheClockWasSetBack() {
        Identifier ann = Identifier.ofUser("ann");
        people.user("ann", "");
        assertThat(directory.isDecidedByApplication(NUMBER)).isFalse();
        assertThat(directory.isUser(ann)).isTrue();
        clock.advance(Duration.ofHours(-1));
        people.subscribe(NUMBER);
        people.delete(ann);
        assertThat(directory.isDecidedByApplication(NUMBER)).isTrue();
        assertThat(directory.isUser(ann)).isFalse();
    }

    @Test
    void forgetsAUserWhoWasDeletedButFindsANewOneAtOnce() {
        Identifier ann = Identifier.ofUser("ann");
        assertThat(directory.isUser(ann)).isFalse();
        people.user("ann", "");
        assertThat(directory.isUser(ann)).isTrue();
        people.delete(ann);
        clock.advance(Directory.FRESH);
        assertThat(directory.isUser(ann)).isFalse();
    }

    @Test
    void aDeletedUserIsNotReachedWhereItsPhoneIsStillRegistered() {
        Identifier ann = Identifier.ofUser("ann");
        people.user("ann", "");
        people.register(ann, "gw-1", "sip:ann@192.0.2.9:5060");
        assertThat(directory.contacts(ann).join()).isInstanceOf(Contacts.Found.class);
        people.delete(ann);
        clock.advance(Directory.FRESH);
        assertThat(directory.registrations(ann)).isNotEmpty();
        assertThat(directory.contacts(ann))
                .isCompletedWithValue(new Contacts.None(EndReason.NOT_FOUND, "there is no such user"));
    }

    @Test
    void aLookUpThatFailsOrFindsNoThreadHasAnOutcome() {
        people.becomeUnreachable();
        assertThat(directory.contacts(Identifier.ofUser("ann")))
                .isCompletedWithValue(new Contacts.None(EndReason.UNREACHABLE, "the user could not be looked up"));
        Directory busy = new Directory(
                people.ports(),
                "gw-1",
                task -> {
                    throw new RejectedExecutionException("full");
                },
                clock);
        assertThat(busy.contacts(Identifier.ofUser("ann")))
                .isCompletedWithValue(new Contacts.None(EndReason.CAPACITY, "too many users are being looked up now"));
    }
}
