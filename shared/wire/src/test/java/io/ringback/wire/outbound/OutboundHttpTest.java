package io.ringback.wire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.testkit.network.RebindingNetwork;
import io.ringback.testkit.network.Visits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OutboundHttpTest {
    private final MockWebServer inside = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        inside.start();
    }

    @AfterEach
    void stop() {
        inside.close();
    }

    @Test
    void aNameThatLeadsInsideHasNoAddress() {
        assertThatThrownBy(() -> get(OutboundPolicy.PUBLIC, "http://localhost:" + inside.getPort() + "/"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("localhost has no address that may be contacted");
        assertThat(inside.getRequestCount()).isZero();
    }

    @Test
    void aNameThatLeadsElsewhereTheSecondTimeLeadsNowhere() throws IOException {
        try (RebindingNetwork evil =
                new RebindingNetwork(List.of(List.of(RebindingNetwork.PUBLIC), List.of("127.0.0.1"), List.of("::1")))) {
            OkHttpClient client = client(OutboundPolicy.PUBLIC, new Network(evil::lookup, evil::way));
            String url = "http://rebind.example:" + evil.port() + "/";

            assertThatThrownBy(() -> get(client, url))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(UnknownHostException.class);
            assertThatThrownBy(() -> get(client, url)).isInstanceOf(UnknownHostException.class);
            assertThatThrownBy(() -> get(client, url)).isInstanceOf(UnknownHostException.class);

            assertThat(evil.passed()).isNotEmpty().containsOnly(RebindingNetwork.PUBLIC);
            assertThat(evil.visitsOutside()).isPositive();
            assertThat(evil.visitsInside()).isZero();
        }
    }

    /** As long as one address does not answer, the client goes on to the next: it must not have it at all. */
    @ParameterizedTest
    @CsvSource({"1.1.1.1, 127.0.0.1", "127.0.0.1, 1.1.1.1", "1.1.1.1, ::1", "1.1.1.1, ::ffff:127.0.0.1"})
    void ofANameWithAddressesOfBothKindsOnlyThePublicOneIsContacted(String first, String second) throws IOException {
        try (RebindingNetwork evil = new RebindingNetwork(List.of(List.of(first, second)))) {
            OkHttpClient client = client(OutboundPolicy.PUBLIC, new Network(evil::lookup, evil::way));

            assertThatThrownBy(() -> get(client, "http://both.example:" + evil.port() + "/"))
                    .isInstanceOf(IOException.class);

            assertThat(evil.passed()).isNotEmpty().containsOnly(RebindingNetwork.PUBLIC);
            assertThat(evil.visitsInside()).isZero();
        }
    }

    @Test
    void aLiteralAddressInsideIsNotConnectedTo() {
        assertThatThrownBy(() -> get(OutboundPolicy.PUBLIC, "http://127.0.0.1:" + inside.getPort() + "/"))
                .isInstanceOf(NoRouteToHostException.class)
                .hasMessageContaining("may not be contacted");
        assertThatThrownBy(() -> get(OutboundPolicy.LOCAL, "http://169.254.169.254/latest/meta-data/"))
                .isInstanceOf(NoRouteToHostException.class);
        assertThat(inside.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "127.0.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "0",
                "0.0.0.0",
                "127.0.0.1.",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::]",
                "[::127.0.0.1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[::1%lo]",
                "[::1%25lo]",
                "[fe80::1%25lo]",
                "localhost",
                "LOCALHOST",
                "LocalHost.",
                "ｌｏｃａｌｈｏｓｔ",
                "①②⑦.⓪.⓪.①",
                "127。0。0。1",
                "localhost%00.example",
                "%6c%6f%63%61%6c%68%6f%73%74",
                "example.com@127.0.0.1",
                "127.0.0.1\\@example.com",
                "127.0.0.1#@example.com",
                "127.0.0.1?@example.com"
            })
    void noSpellingOfAnAddressInsideIsConnectedTo(String host) throws IOException {
        try (RebindingNetwork network = new RebindingNetwork(List.of(List.of("127.0.0.1")))) {
            OkHttpClient client = client(OutboundPolicy.PUBLIC, new Network(Dns.SYSTEM, network::way));
            HttpUrl url = HttpUrl.parse(
                    host.matches(".*[?#\\\\].*")
                            ? "http://" + host.replaceFirst("(?=[?#\\\\])", ":" + network.port())
                            : "http://" + host + ":" + network.port() + "/");

            if (url != null) {
                assertThatThrownBy(() -> get(client, url.toString())).isInstanceOf(IOException.class);
            }

            // Java reads a leading zero as decimal, so 0177.0.0.1 is 177.0.0.1, which is nobody's inside.
            assertThat(network.passed())
                    .allSatisfy(passed -> assertThat(OutboundPolicy.PUBLIC.allows(InetAddress.getByName(passed)))
                            .isTrue());
            assertThat(network.visitsInside()).isZero();
        }
    }

    @Test
    void noProxyOfTheSystemConnectsForUs() throws IOException {
        try (Visits proxy = new Visits();
                RebindingNetwork network = new RebindingNetwork(List.of(List.of(RebindingNetwork.PUBLIC)))) {
            String port = Integer.toString(proxy.address().getPort());
            Map<String, String> settings = Map.of(
                    "http.proxyHost", "127.0.0.1",
                    "http.proxyPort", port,
                    "https.proxyHost", "127.0.0.1",
                    "https.proxyPort", port,
                    "socksProxyHost", "127.0.0.1",
                    "socksProxyPort", port,
                    "socksNonProxyHosts", "",
                    "http.nonProxyHosts", "");
            settings.forEach(System::setProperty);
            try {
                OkHttpClient client = client(OutboundPolicy.PUBLIC, new Network(network::lookup, network::way));
                for (String scheme : List.of("http", "https")) {
                    assertThatThrownBy(() -> get(client, scheme + "://outside.example:" + network.port() + "/"))
                            .isInstanceOf(IOException.class);
                }
                assertThat(network.visitsOutside()).isPositive();
                assertThat(proxy.count()).isZero();
            } finally {
                settings.keySet().forEach(System::clearProperty);
            }
        }
    }

    @Test
    void aLaptopTalksToItself() throws IOException {
        inside.enqueue(new MockResponse.Builder().code(204).build());

        assertThat(get(OutboundPolicy.LOCAL, "http://localhost:" + inside.getPort() + "/"))
                .isEqualTo(204);
    }

    @Test
    void aRedirectIsAnAnswerLikeAnyOther() throws IOException {
        inside.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "/elsewhere")
                .build());

        assertThat(get(OutboundPolicy.LOCAL, "http://127.0.0.1:" + inside.getPort() + "/"))
                .isEqualTo(302);
        assertThat(inside.getRequestCount()).isEqualTo(1);
    }

    private static int get(OutboundPolicy policy, String url) throws IOException {
        return get(client(policy, Network.REAL), url);
    }

    private static OkHttpClient client(OutboundPolicy policy, Network network) {
        return OutboundHttp.client(policy, network).build();
    }

    private static int get(OkHttpClient client, String url) throws IOException {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.code();
        } finally {
            client.connectionPool().evictAll();
        }
    }
}
