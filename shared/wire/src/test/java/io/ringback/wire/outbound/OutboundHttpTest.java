package io.ringback.wire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    void aLiteralAddressInsideIsNotConnectedTo() {
        assertThatThrownBy(() -> get(OutboundPolicy.PUBLIC, "http://127.0.0.1:" + inside.getPort() + "/"))
                .isInstanceOf(NoRouteToHostException.class)
                .hasMessageContaining("may not be contacted");
        assertThatThrownBy(() -> get(OutboundPolicy.PUBLIC, "http://[::ffff:127.0.0.1]:" + inside.getPort() + "/"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(OutboundPolicy.PUBLIC, "http://127.1:" + inside.getPort() + "/"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(OutboundPolicy.LOCAL, "http://169.254.169.254/latest/meta-data/"))
                .isInstanceOf(NoRouteToHostException.class);
        assertThat(inside.getRequestCount()).isZero();
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
        OkHttpClient client = OutboundHttp.client(policy).build();
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.code();
        } finally {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
    }
}
