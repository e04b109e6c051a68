package io.ringback.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.PromptSource;
import io.ringback.gateway.prompt.PromptLibrary.Fetched;
import io.ringback.testkit.network.RebindingNetwork;
import io.ringback.wire.outbound.Network;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

/** Where a prompt is fetched from, whatever its address leads to. */
class PromptAddressesTest extends FromServer {
    @Test
    void followsThreeRedirectsAndNoFourth() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.enqueue(redirect("/next"));
        }
        server.enqueue(file(AudioFiles.wav(AudioFiles.PCM, 8000, 1)));
        assertThat(audio(fetch("/first"))).hasSize(8000);
        for (int i = 0; i < 4; i++) {
            server.enqueue(redirect("/next"));
        }
        assertRefused(fetch("/second"), PromptLibrary.UNREACHABLE, "/second", "more than 3 times");
    }

    @Test
    void checksWhereARedirectLeads() throws Exception {
        server.enqueue(redirect("http://10.1.2.3/secret"));
        assertRefused(fetch("/first"), PromptLibrary.UNREACHABLE, "/first", "could not be reached");
        server.enqueue(redirect("ftp://example.com/"));
        assertRefused(fetch("/second"), PromptLibrary.UNREACHABLE, "/second", "nowhere");
        server.enqueue(redirect("http://user:secret@127.0.0.1/"));
        assertRefused(fetch("/third"), PromptLibrary.UNREACHABLE, "/third", "user name or password");
        server.enqueue(redirect("http://[::ffff:10.1.2.3]/"));
        assertRefused(fetch("/fourth"), PromptLibrary.UNREACHABLE, "/fourth", "could not be reached");
    }

    @Test
    void aNameThatLeadsElsewhereTheSecondTimeLeadsNowhere() throws Exception {
        try (RebindingNetwork evil = new RebindingNetwork(
                        List.of(List.of(RebindingNetwork.PUBLIC), List.of("127.0.0.1"), List.of("::1", "fe80::1")));
                Prompts cloud = new Prompts(
                        OutboundPolicy.PUBLIC,
                        new Network(evil::lookup, evil::way),
                        new FreeTtsSynthesizer(),
                        Prompts.Limits.DEFAULT,
                        clock)) {
            PromptSource prompt =
                    new PromptSource.File(URI.create("https://rebind.example:" + evil.port() + "/prompt.wav"), null);

            assertThat(cloud.fetch(prompt).get()).isInstanceOf(Fetched.Refused.class);
            for (int again = 0; again < 2; again++) {
                assertRefused(cloud.fetch(prompt).get(), PromptLibrary.UNREACHABLE, "no address that may be contacted");
            }

            assertThat(evil.passed()).isNotEmpty().containsOnly(RebindingNetwork.PUBLIC);
            assertThat(evil.visitsInside()).isZero();
        }
    }

    /** Each hop has a look-up of its own: the first server may not send us to where its own name leads now. */
    @Test
    void aRedirectToTheSameNameIsLookedUpAnew() throws Exception {
        try (RebindingNetwork evil =
                        new RebindingNetwork(List.of(List.of(RebindingNetwork.PUBLIC), List.of("10.0.0.1")));
                Prompts local = new Prompts(
                        OutboundPolicy.LOCAL,
                        new Network(
                                evil::lookup,
                                to -> new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort())),
                        new FreeTtsSynthesizer(),
                        Prompts.Limits.DEFAULT,
                        clock)) {
            server.enqueue(redirect("http://rebind.example:81/secret")
                    .newBuilder()
                    .setHeader("Connection", "close")
                    .build());

            assertRefused(
                    local.fetch(new PromptSource.File(URI.create("http://rebind.example/prompt.wav"), null))
                            .get(),
                    PromptLibrary.UNREACHABLE,
                    "no address that may be contacted");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void neverContactsLoopbackInTheCloud() throws Exception {
        try (Prompts cloud =
                new Prompts(OutboundPolicy.PUBLIC, new FreeTtsSynthesizer(), Prompts.Limits.DEFAULT, clock)) {
            Fetched fetched = cloud.fetch(new PromptSource.File(server.url("/").uri(), null))
                    .get();
            assertRefused(fetched, PromptLibrary.UNREACHABLE, "https");
            assertThat(server.getRequestCount()).isZero();
        }
    }

    private static MockResponse redirect(String to) {
        return new MockResponse.Builder().code(302).setHeader("Location", to).build();
    }
}
