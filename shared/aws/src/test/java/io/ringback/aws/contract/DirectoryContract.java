package io.ringback.aws.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.directory.Registration;
import io.ringback.core.directory.Subscription;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.Registrations;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@code Subscriptions}, {@code Identities} and {@code Registrations}. */
public abstract class DirectoryContract extends StorageContract {
    private static final Identifier BOB = Identifier.ofUser("bob");

    // ----------------------------------------------------------------------------------------- subscriptions

    @Test
    void aSubscriptionComesBackAsItWasAdded() {
        Subscription rich = new Subscription(
                "subscription-1",
                new Callback(URI.create("https://app.example/events?key=1"), Callback.EVENT_GRID),
                Set.of(Announcement.INCOMING_CALL, Announcement.CALL_ENDED),
                List.of(Identifier.ofPhoneNumber("+15555550100"), BOB),
                clock.instant());
        assertThat(storage.subscriptions().find("subscription-1")).isEmpty();
        assertThat(storage.subscriptions().add(rich)).isTrue();
        assertThat(storage.subscriptions().add(subscription("subscription-2"))).isTrue();

        assertThat(storage.subscriptions().find("subscription-1")).contains(rich);
        assertThat(storage.subscriptions().find("subscription-2")).contains(subscription("subscription-2"));
    }

    @Test
    void subscriptionsAreListedOldestFirst() {
        for (String id : List.of("c", "a", "b")) {
            storage.subscriptions().add(subscription(id));
            clock.advance(Duration.ofMillis(1));
        }
        assertThat(storage.subscriptions().all())
                .extracting(Subscription::subscriptionId)
                .containsExactly("c", "a", "b");
    }

    @Test
    void aSubscriptionIsDeletedOnce() {
        storage.subscriptions().add(subscription("a"));

        assertThat(storage.subscriptions().delete("a")).isTrue();
        assertThat(storage.subscriptions().delete("a")).isFalse();
        assertThat(storage.subscriptions().find("a")).isEmpty();
        assertThat(storage.subscriptions().all()).isEmpty();
    }

    @Test
    void oneDeletedMakesRoomForOne() {
        for (int i = 0; i < Subscription.MOST; i++) {
            assertThat(storage.subscriptions().add(subscription("s" + i))).isTrue();
        }
        assertThat(storage.subscriptions().add(subscription("more"))).isFalse();
        assertThat(storage.subscriptions().delete("nobody")).isFalse();
        assertThat(storage.subscriptions().add(subscription("more"))).isFalse();

        assertThat(storage.subscriptions().delete("s7")).isTrue();
        assertThat(storage.subscriptions().add(subscription("more"))).isTrue();
        assertThat(storage.subscriptions().add(subscription("yet more"))).isFalse();
        assertThat(storage.subscriptions().all()).hasSize(Subscription.MOST);
    }

    @Test
    void ofManyAddedAndDeletedAtOnceNoneIsTooMany() throws Exception {
        for (int i = 0; i < Subscription.MOST - 3; i++) {
            storage.subscriptions().add(subscription("s" + i));
        }
        int rivals = 8;
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < rivals; i++) {
            String id = "rival" + i;
            work.add(() -> storage.subscriptions().add(subscription(id)));
        }
        work.add(() -> storage.subscriptions().delete("s1"));
        work.add(() -> storage.subscriptions().delete("s1"));
        List<Boolean> answers = atOnce(work);

        long added = answers.subList(0, rivals).stream().filter(done -> done).count();
        assertThat(added).isBetween(3L, 4L);
        assertThat(answers.subList(rivals, rivals + 2)).containsExactlyInAnyOrder(true, false);
        assertThat(storage.subscriptions().all()).hasSize((int) (Subscription.MOST - 3 - 1 + added));
        assertThat(storage.subscriptions().add(subscription("last"))).isEqualTo(added == 3);
        assertThat(storage.subscriptions().add(subscription("too many"))).isFalse();
    }

    // -------------------------------------------------------------------------------------------- identities

    @Test
    void aUserIsFoundByItsIdentifier() {
        UserIdentity bob = identity("bob", "Bob");
        UserIdentity eve = identity("eve", null);
        assertThat(storage.identities().add(bob)).isTrue();
        assertThat(storage.identities().add(eve)).isTrue();

        assertThat(storage.identities().find(BOB)).contains(bob);
        assertThat(storage.identities().find(Identifier.ofUser("eve"))).contains(eve);
        assertThat(storage.identities().find(Identifier.ofUser("joe"))).isEmpty();
        assertThat(storage.identities().find(new Identifier("8:acs:elsewhere_bob")))
                .isEmpty();
        assertThat(storage.identities().find(Identifier.ofPhoneNumber("+15555550100")))
                .isEmpty();
    }

    @Test
    void aUsernameIsTakenOnce() {
        UserIdentity bob = identity("bob", "Bob");
        storage.identities().add(bob);

        assertThat(storage.identities().add(identity("bob", "another Bob"))).isFalse();
        assertThat(storage.identities().find(BOB)).contains(bob);
    }

    @Test
    void usersAreListedByUsernamePageByPage() {
        for (String username : List.of("eve", "bob", "joe", "ann")) {
            storage.identities().add(identity(username, null));
        }
        assertThat(usernames(null, 3)).containsExactly("ann", "bob", "eve");
        assertThat(usernames("eve", 3)).containsExactly("joe");
        assertThat(usernames("c", 1)).containsExactly("eve");
        assertThat(usernames("joe", 3)).isEmpty();
    }

    @Test
    void aUserIsDeletedOnce() {
        storage.identities().add(identity("bob", null));

        assertThat(storage.identities().delete(new Identifier("8:acs:elsewhere_bob")))
                .isFalse();
        assertThat(storage.identities().delete(BOB)).isTrue();
        assertThat(storage.identities().delete(BOB)).isFalse();
        assertThat(storage.identities().find(BOB)).isEmpty();
        assertThat(storage.identities().add(identity("bob", null))).isTrue();
    }

    // ----------------------------------------------------------------------------------------- registrations

    @Test
    void aContactHoldsUntilItExpires() {
        Registration desk = registration("sip:bob@10.0.0.1", "call-1", 1);
        storage.registrations().put(desk);

        assertThat(contacts()).containsExactly(desk);
        assertThat(storage.registrations().of(Identifier.ofUser("eve"), clock.instant()))
                .isEmpty();
        clock.advance(Duration.ofHours(1).minusNanos(1));
        assertThat(contacts()).containsExactly(desk);
        clock.advance(Duration.ofNanos(1));
        assertThat(contacts()).isEmpty();
    }

    @Test
    void aContactIsRefreshed() {
        storage.registrations().put(registration("sip:bob@10.0.0.1", "call-1", 1));
        clock.advance(Duration.ofMinutes(50));
        Registration fresh = registration("sip:bob@10.0.0.1", "call-1", 2);
        storage.registrations().put(fresh);
        clock.advance(Duration.ofMinutes(50));

        assertThat(contacts()).containsExactly(fresh);
    }

    @Test
    void aRegisterThatComesOutOfOrderChangesNothing() {
        Registration late = registration("sip:bob@10.0.0.1", "call-1", 7);
        storage.registrations().put(registration("sip:bob@10.0.0.1", "call-1", 8));
        List<Registration> before = contacts();
        clock.advance(Duration.ofSeconds(1));
        storage.registrations().put(late);
        assertThat(contacts()).isEqualTo(before);

        Registration restarted = registration("sip:bob@10.0.0.1", "call-2", 1);
        storage.registrations().put(restarted);
        assertThat(contacts()).containsExactly(restarted);
    }

    @Test
    void aRemovedContactIsGoneAndTheOthersStay() {
        Registration desk = registration("sip:bob@10.0.0.1", "call-1", 1);
        Registration mobile = registration("sip:bob@10.0.0.2", "call-2", 1);
        storage.registrations().put(desk);
        storage.registrations().put(mobile);
        storage.registrations().remove(BOB, "sip:bob@10.0.0.1", "call-1", 2);
        storage.registrations().remove(BOB, "sip:bob@10.0.0.9", "call-1", 2);
        storage.registrations().remove(Identifier.ofUser("nobody"), "sip:bob@10.0.0.1", "call-1", 2);

        assertThat(contacts()).containsExactly(mobile);
    }

    @Test
    void aRemovalThatComesOutOfOrderChangesNothing() {
        Registration renewed = registration("sip:bob@10.0.0.1", "call-1", 8);
        storage.registrations().put(renewed);
        storage.registrations().remove(BOB, "sip:bob@10.0.0.1", "call-1", 7);
        storage.registrations().remove(BOB, "sip:bob@10.0.0.1", "call-1", 8);
        assertThat(contacts()).containsExactly(renewed);

        storage.registrations().remove(BOB, "sip:bob@10.0.0.1", "call-2", 1);
        assertThat(contacts()).as("a phone that has restarted counts anew").isEmpty();
    }

    @Test
    void whoIsNoMoreHasNoContacts() {
        Registration other = new Registration(
                Identifier.ofUser("eve"),
                "gw-1",
                "sip:eve@10.0.0.1",
                "udp:192.0.2.1:5060",
                "call-1",
                1,
                clock.instant().plusSeconds(60));
        storage.registrations().put(registration("sip:bob@10.0.0.1", "call-1", 8));
        storage.registrations().put(registration("sip:bob@10.0.0.2", "call-2", 1));
        storage.registrations().put(other);
        storage.registrations().removeAll(BOB);
        storage.registrations().removeAll(Identifier.ofUser("nobody"));

        assertThat(contacts()).isEmpty();
        assertThat(storage.registrations().of(other.user(), clock.instant())).containsExactly(other);
    }

    @Test
    void ofTooManyContactsThoseThatRegisteredLastStay() {
        for (int i = 0; i < Registrations.CONTACTS + 2; i++) {
            storage.registrations().put(registration("sip:bob@10.0.0." + i, "call-" + i, 1));
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(contacts())
                .extracting(Registration::contact)
                .hasSize(Registrations.CONTACTS)
                .doesNotContain("sip:bob@10.0.0.0", "sip:bob@10.0.0.1")
                .startsWith("sip:bob@10.0.0.9");

        storage.registrations().remove(BOB, "sip:bob@10.0.0.9", "call-9", 2);
        assertThat(contacts()).hasSize(Registrations.CONTACTS - 1);
    }

    @Test
    void ofManyContactsAtOnceNoneIsTooMany() throws Exception {
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < Registrations.CONTACTS * 2; i++) {
            Registration registration = registration("sip:bob@10.0.0." + i, "call-" + i, 1);
            work.add(() -> {
                storage.registrations().put(registration);
                return true;
            });
        }
        atOnce(work);

        assertThat(contacts()).hasSize(Registrations.CONTACTS);
    }

    // ----------------------------------------------------------------------------------------- of any length

    /** Ids come from paths: what no entry can have for an id names none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1024, 1025, 8000})
    void anIdOfAnyLengthThatIsNotThereIsNotFound(int length) {
        String id = "x".repeat(length);
        Identifier user = Identifier.ofUser(id);

        assertThat(storage.subscriptions().find(id)).isEmpty();
        assertThat(storage.subscriptions().delete(id)).isFalse();
        assertThat(storage.identities().find(user)).isEmpty();
        assertThat(storage.identities().delete(user)).isFalse();
        storage.registrations().removeAll(user);
        assertThat(storage.registrations().of(user, clock.instant())).isEmpty();
    }

    // ----------------------------------------------------------------------------------------------- helpers

    private Subscription subscription(String id) {
        return new Subscription(id, CallSamples.CALLBACK, Set.of(), List.of(), clock.instant());
    }

    private UserIdentity identity(String username, @Nullable String displayName) {
        return new UserIdentity(
                Identifier.ofUser(username), username, "hash of " + displayName, displayName, clock.instant());
    }

    private Registration registration(String contact, String callId, long cseq) {
        Instant expiry = clock.instant().plus(Duration.ofHours(1));
        return new Registration(BOB, "gw-1", contact, "udp:192.0.2.1:5060", callId, cseq, expiry);
    }

    private List<Registration> contacts() {
        return storage.registrations().of(BOB, clock.instant());
    }

    private List<String> usernames(@Nullable String after, int limit) {
        return storage.identities().page(after, limit).stream()
                .map(UserIdentity::username)
                .toList();
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }
}
