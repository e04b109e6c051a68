package io.ringback.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringback.media.Sound;
import java.io.IOException;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.polly.PollyClient;

/** The SDK's own client against a stand-in for Polly. */
class PollySynthesizerTest {
    private final MockWebServer server = new MockWebServer();
    private PollySynthesizer synthesizer;

    @BeforeEach
    void start() throws IOException {
        server.start();
        synthesizer = new PollySynthesizer(PollyClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .endpointOverride(server.url("/").uri())
                .build());
    }

    @AfterEach
    void stop() {
        synthesizer.close();
        server.close();
    }

    @Test
    void asksForTheTelephonesRateAndReadsLittleEndianSamples() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "audio/pcm")
                .body(new Buffer().writeShortLe(1).writeShortLe(-2).writeShortLe(300))
                .build());
        Sound sound = synthesizer.speak("Hello", "Matthew");
        assertThat(sound.sampleRate()).isEqualTo(8000);
        assertThat(sound.samples()).containsExactly(1, -2, 300);
        RecordedRequest request = server.takeRequest();
        assertThat(Objects.requireNonNull(request.getBody()).utf8())
                .contains("\"Text\":\"Hello\"", "\"VoiceId\":\"Matthew\"", "\"SampleRate\":\"8000\"", "\"pcm\"");
    }

    @Test
    void saysWhyPollyRefused() {
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .setHeader("x-amzn-ErrorType", "ValidationException")
                .body("{\"message\":\"This voice does not support the selected engine: neural\"}")
                .build());
        assertThatThrownBy(() -> synthesizer.speak("Hello", "Ivy"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not support the selected engine");
    }

    @Test
    void offersItsDefaultFirstAndEachVoiceOnce() {
        assertThat(synthesizer.voices())
                .startsWith("Joanna")
                .contains("Matthew")
                .doesNotHaveDuplicates();
    }
}
