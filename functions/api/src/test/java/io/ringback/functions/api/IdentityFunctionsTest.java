package io.ringback.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import io.ringback.core.directory.UserIdentity;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CreateIdentity, ListIdentities, GetIdentity, DeleteIdentity. */
class IdentityFunctionsTest {
    private static final String OK = "create-identity/ok";

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @Test
    void anIdentityIsMadeReadAndDeleted() {
        Reply created = create();
        Reply read = bench.invoke("get-identity/ok");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/displayName")).isEqualTo("Anna Müller");
        assertThat(created.at("/sip/domain")).isEqualTo("sip.example.com");
        assertThat(created.at("/identifier/rawId")).isEqualTo("8:acs:ringback_" + created.at("/sip/username"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.at("/sip/username")).isEqualTo(created.at("/sip/username"));
        assertThat(bench.invoke("delete-identity/ok").status()).isEqualTo(204);
        assertThat(bench.invoke("get-identity/ok").status()).isEqualTo(404);
    }

    @Test
    void thePasswordIsShownOnceAndOnlyItsHashIsKept() throws NoSuchAlgorithmException {
        Reply created = create();
        String password = created.at("/sip/password");

        assertThat(password).matches("[A-Za-z0-9_-]{14,}");
        assertThat(bench.invoke("get-identity/ok").text()).doesNotContain("password", password);
        assertThat(bench.invoke("list-identities/ok").text()).doesNotContain("password", password);
        UserIdentity kept = bench.identities
                .find(new Identifier(created.at("/identifier/rawId")))
                .orElseThrow();
        String a1 = kept.username() + ":sip.example.com:" + password;
        assertThat(kept.digestHash())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("MD5").digest(a1.getBytes(UTF_8))));
        assertThat(bench.log).noneMatch(line -> line.contains(password));
    }

    @Test
    void aNameIsNotNeeded() {
        Reply created = bench.invoke("create-identity/no-body");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().has("displayName")).isFalse();
        assertThat(created.at("/sip/username")).startsWith("user-");
    }

    @Test
    void twoOfOneNameAreTwo() {
        Reply first = bench.invoke(OK);
        Reply second = bench.invoke(OK);

        assertThat(first.at("/sip/username")).startsWith("anna-muller-");
        assertThat(second.at("/sip/username")).isNotEqualTo(first.at("/sip/username"));
        assertThat(second.at("/sip/password")).isNotEqualTo(first.at("/sip/password"));
    }

    @ParameterizedTest
    @CsvSource({"malformed-json, ''", "long-name, displayName", "name-as-number, displayName"})
    void aMalformedOneIsNotMade(String sample, String target) {
        Reply reply = bench.invoke("create-identity/" + sample);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8523");
        assertThat(reply.target().orElse("")).isEqualTo(target);
        assertThat(bench.identities.page(null, 1)).isEmpty();
    }

    @Test
    void theyAreListedByUsernameAPageAtATime() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(bench.invoke(OK).at("/sip/username"));
        }
        List<String> listed = new ArrayList<>();
        Reply page = bench.invoke("list-identities/two");
        listed.addAll(usernames(page));
        while (page.json().has("continuationToken")) {
            bench.events.set(Events.TOKEN, page.at("/continuationToken"));
            page = bench.invoke("list-identities/next");
            listed.addAll(usernames(page));
        }

        assertThat(listed).containsExactlyElementsOf(made.stream().sorted().toList());
        assertThat(usernames(bench.invoke("list-identities/ok"))).isEqualTo(listed);
    }

    @Test
    void aFullLastPageHasNoNext() {
        bench.succeed(OK);
        bench.succeed(OK);

        assertThat(bench.invoke("list-identities/two").json().has("continuationToken"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"top-too-large, top", "top-not-a-number, top", "foreign-token, continuationToken"})
    void aMalformedQueryIsRefused(String sample, String target) {
        Reply reply = bench.invoke("list-identities/" + sample);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8523");
        assertThat(reply.target()).contains(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-identity", "delete-identity"})
    void whoIsNotThereIsNotFound(String operation) {
        create();

        assertNotFound(bench.invoke(operation + "/unknown-id"));
        for (String id : List.of("anna", "4:+12025550101", "8:acs:other_anna", "8:acs:ringback_")) {
            bench.events.set(Events.IDENTITY, id);
            assertNotFound(bench.invoke(operation + "/ok"));
        }
        assertThat(bench.identities.page(null, 2)).hasSize(1);
    }

    @Test
    void whoWasDeletedIsNotFound() {
        create();
        bench.succeed("delete-identity/ok");

        assertNotFound(bench.invoke("delete-identity/ok"));
    }

    @Test
    void noPhoneOfADeletedUserStaysRegistered() {
        Identifier user = new Identifier(create().at("/identifier/rawId"));
        register(user);
        bench.succeed("delete-identity/ok");
        assertThat(bench.registrations.of(user, bench.clock.instant())).isEmpty();

        register(user);
        assertNotFound(bench.invoke("delete-identity/ok"));
        assertThat(bench.registrations.of(user, bench.clock.instant()))
                .as("what a deletion that died halfway has left")
                .isEmpty();
    }

    private void register(Identifier user) {
        bench.registrations.put(new Registration(
                user,
                "gw-1",
                "sip:anna@192.0.2.1",
                "udp:192.0.2.1:5060",
                "call-1",
                1,
                bench.clock.instant().plusSeconds(3600)));
    }

    @Test
    void ofTwoThatDeleteAtOnceOneFindsIt() throws ExecutionException, InterruptedException {
        create();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Future<Reply> one = two.submit(() -> bench.invoke("delete-identity/ok"));
            Future<Reply> other = two.submit(() -> bench.invoke("delete-identity/ok"));

            assertThat(List.of(one.get().status(), other.get().status())).containsExactlyInAnyOrder(204, 404);
        } finally {
            two.shutdownNow();
        }
    }

    private Reply create() {
        Reply created = bench.invoke(OK);
        bench.events.set(Events.IDENTITY, created.at("/identifier/rawId"));
        return created;
    }

    private static List<String> usernames(Reply page) {
        return page.json().path("identities").findValuesAsText("username");
    }

    private static void assertNotFound(Reply reply) {
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("8522");
        assertThat(reply.target()).contains("id");
    }
}
