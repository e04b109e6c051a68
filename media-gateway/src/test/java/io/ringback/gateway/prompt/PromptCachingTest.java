package io.ringback.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

/** How long a file is kept, and under which name. */
class PromptCachingTest extends FromServer {
    @Test
    void keepsAFileForFiveMinutesThenAsksWhetherItChanged() throws Exception {
        server.enqueue(file(AudioFiles.wav(AudioFiles.PCM, 8000, 1))
                .newBuilder()
                .setHeader("ETag", "\"1\"")
                .build());
        short[] first = audio(fetch("/prompt.wav"));
        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(audio(fetch("/prompt.wav"))).isSameAs(first);
        assertThat(server.getRequestCount()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        server.enqueue(new MockResponse.Builder().code(304).build());
        assertThat(audio(fetch("/prompt.wav"))).isSameAs(first);
        server.takeRequest();
        assertThat(server.takeRequest().getHeaders().get("If-None-Match")).isEqualTo("\"1\"");
        assertThat(audio(fetch("/prompt.wav"))).isSameAs(first);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void obeysCacheControl() throws Exception {
        byte[] wav = AudioFiles.wav(AudioFiles.PCM, 8000, 1);
        server.enqueue(
                file(wav).newBuilder().setHeader("Cache-Control", "no-store").build());
        server.enqueue(file(wav)
                .newBuilder()
                .setHeader("Cache-Control", "max-age=3600")
                .build());
        audio(fetch("/prompt.wav"));
        audio(fetch("/prompt.wav"));
        clock.advance(Duration.ofMinutes(59));
        audio(fetch("/prompt.wav"));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void noServerBindsUsForMoreThanADay() throws Exception {
        for (int i = 0; i < 2; i++) {
            server.enqueue(file(AudioFiles.wav(AudioFiles.PCM, 8000, 1))
                    .newBuilder()
                    .setHeader("Cache-Control", "max-age=31536000")
                    .build());
        }
        audio(fetch("/prompt.wav"));
        clock.advance(Duration.ofDays(1).minusSeconds(1));
        audio(fetch("/prompt.wav"));
        assertThat(server.getRequestCount()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        audio(fetch("/prompt.wav"));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void keepsAFileByItsIdWhateverItsUrl() throws Exception {
        server.enqueue(file(AudioFiles.wav(AudioFiles.PCM, 8000, 1)));
        audio(fetch(server.url("/a?signature=1").uri(), "greeting"));
        audio(fetch(server.url("/a?signature=2").uri(), "greeting"));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void keepsNoMoreThanItMay() throws Exception {
        for (int i = 0; i < 4; i++) {
            server.enqueue(file(AudioFiles.wav(AudioFiles.PCM, 8000, 1)));
        }
        audio(fetch("/1"));
        audio(fetch("/2"));
        audio(fetch("/3"));
        audio(fetch("/1"));
        assertThat(server.getRequestCount()).isEqualTo(4);
    }
}
