package io.ringback.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.PromptSource;
import io.ringback.gateway.prompt.PromptLibrary.Fetched;
import io.ringback.testkit.FakeClock;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server of files and the library of prompts that fetches from it. */
abstract class FromServer {
    static final int MOST_BYTES = 1 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    final FakeClock clock = FakeClock.atNoon();
    final MockWebServer server = new MockWebServer();
    final Prompts prompts = new Prompts(
            OutboundPolicy.LOCAL, new FreeTtsSynthesizer(), new Prompts.Limits(MOST_BYTES, TIMEOUT, 40_000), clock);

    @BeforeEach
    final void start() throws IOException {
        server.start();
    }

    @AfterEach
    final void stop() {
        prompts.close();
        server.close();
    }

    final Fetched fetch(String path) throws Exception {
        return fetch(server.url(path).uri(), null);
    }

    final Fetched fetch(URI uri, @Nullable String audioFileId) throws Exception {
        return prompts.fetch(new PromptSource.File(uri, audioFileId)).get(10, TimeUnit.SECONDS);
    }

    static MockResponse file(byte[] bytes) {
        return new MockResponse.Builder().body(new Buffer().write(bytes)).build();
    }

    static short[] audio(Fetched fetched) {
        assertThat(fetched).isInstanceOf(Fetched.Audio.class);
        return ((Fetched.Audio) fetched).samples();
    }

    static void assertRefused(Fetched fetched, int subcode, String... words) {
        assertThat(fetched).isInstanceOf(Fetched.Refused.class);
        assertThat(((Fetched.Refused) fetched).subcode()).isEqualTo(subcode);
        assertThat(((Fetched.Refused) fetched).message()).contains(words);
    }
}
