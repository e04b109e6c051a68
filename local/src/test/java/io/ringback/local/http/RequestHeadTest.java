package io.ringback.local.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long what stands before a request's body may be, over a real connection. */
@Timeout(60)
class RequestHeadTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** More than what lies between two sockets ever holds. */
    private static final int ENDLESS = 64 * 1024 * 1024;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpListener listener;

    @BeforeEach
    void listen() throws IOException {
        listener = HttpListener.http(new InetSocketAddress(HERE, 0));
        listener.serve(
                new HttpApi(Map.of(), InstantSource.system(), (route, answer) -> {}),
                new InvokeApi(Map.of(), List::of),
                threads);
    }

    @AfterEach
    void stop() {
        listener.close();
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%s HTTP/1.1|Host: a",
                "GET /?top=%s HTTP/1.1|Host: a",
                "GET / HTTP/1.1|Host: a|X-Long: %s",
                "GET / HTTP/1.1|Host: a|X-One: %s|X-Two: 1|X-Three: 2"
            })
    void requestLineAndHeadersHaveTenKilobytesTogether(String head) throws IOException {
        assertThat(ask(filled(head, HttpApi.MAX_HEAD))).startsWith("HTTP/1.1 404 ");
        assertThat(ask(filled(head, HttpApi.MAX_HEAD + 1))).startsWith("HTTP/1.1 431 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /", "GET /?top=", "GET / HTTP/1.1\r\nHost: a\r\nX-Long: "})
    void whoeverNeverComesToAnEndIsCutOffAndNobodyElse(String beginning) throws IOException {
        try (Socket endless = new Socket(HERE, listener.port())) {
            OutputStream out = endless.getOutputStream();
            out.write(beginning.getBytes(US_ASCII));
            byte[] more = "x".repeat(64 * 1024).getBytes(US_ASCII);

            assertThatThrownBy(() -> {
                        for (int sent = 0; sent < ENDLESS; sent += more.length) {
                            out.write(more);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(ask("GET / HTTP/1.1|Host: a")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void theLimitIsThatOfTheCloud() {
        assertThat(HttpApi.MAX_HEAD).isEqualTo(10_240);
    }

    /** The head with so many characters in its place that it counts as long as this. */
    private static String filled(String head, int bytes) {
        String empty = head.replace("%s", "").replace(": ", "").replace("|", "");
        return head.replace("%s", "x".repeat(bytes - empty.length()));
    }

    /** The first line of the answer. */
    private String ask(String head) throws IOException {
        try (Socket socket = new Socket(HERE, listener.port())) {
            socket.getOutputStream().write((head.replace("|", "\r\n") + "\r\n\r\n").getBytes(US_ASCII));
            String status = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            return status == null ? "" : status;
        }
    }
}
