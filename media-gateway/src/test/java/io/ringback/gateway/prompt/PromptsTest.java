package io.ringback.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.PromptSource;
import io.ringback.gateway.prompt.PromptLibrary.Fetched;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.network.RebindingNetwork;
import io.ringback.wire.outbound.Network;
import io.ringback.wire.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptsTest {
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final FakeClock clock = FakeClock.atNoon();
    private final MockWebServer server = new MockWebServer();
    private final Prompts prompts = new Prompts(
            OutboundPolicy.LOCAL, new FreeTtsSynthesizer(), new Prompts.Limits(MOST_BYTES, TIMEOUT, 40_000), clock);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        prompts.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8000, 1", "1, 8000, 2", "1, 11025, 1", "1, 16000, 1", "1, 22050, 2", "1, 24000, 1", "1, 32000, 1",
        "1, 44100, 2", "1, 48000, 1", "1, 48000, 2", "6, 8000, 1", "6, 8000, 2", "7, 8000, 1", "7, 16000, 2"
    })
    void playsEveryKindOfWav(int coding, int rate, int channels) throws Exception {
        server.enqueue(file(AudioFiles.wav(coding, rate, channels)));
        assertThatItIsASecondOfTheTone(audio(fetch("/prompt.wav")));
    }

    @ParameterizedTest
    @CsvSource({"16000, 1", "22050, 1", "44100, 2", "48000, 1"})
    void playsMp3(int rate, int channels) throws Exception {
        server.enqueue(file(AudioFiles.mp3(rate, channels)));
        short[] samples = audio(fetch("/prompt"));
        // The encoder pads at both ends.
        assertThat(samples.length).isBetween(8000, 9500);
        assertThat(crossings(samples)).isBetween(960, 1040);
    }

    @Test
    void namesAMissingFile() throws Exception {
        server.enqueue(new MockResponse.Builder().code(404).build());
        assertRefused(fetch("/gone.wav"), PromptLibrary.UNREACHABLE, "/gone.wav", "404");
    }

    /** What a server says instead of HTTP goes into an event of the call. */
    @Test
    void tellsLittleOfAServerThatSpeaksNoHttp() throws Exception {
        server.enqueue(
                new MockResponse.Builder().status("no such thing ".repeat(5000)).build());
        Fetched fetched = fetch("/odd.wav");
        assertRefused(fetched, PromptLibrary.UNREACHABLE, "/odd.wav", "no such thing");
        assertThat(((Fetched.Refused) fetched).message()).hasSizeLessThan(400);
    }

    @Test
    void namesAFileThatIsTooLargeWhetherItSaysSoOrNot() throws Exception {
        server.enqueue(file(new byte[MOST_BYTES + 1]));
        server.enqueue(new MockResponse.Builder()
                .chunkedBody(new Buffer().write(new byte[MOST_BYTES + 1]), 10_000)
                .build());
        assertRefused(fetch("/large.wav"), PromptLibrary.UNREACHABLE, "/large.wav", "larger than 1 MiB");
        assertRefused(fetch("/larger.wav"), PromptLibrary.UNREACHABLE, "/larger.wav", "larger than 1 MiB");
    }

    @Test
    void namesAServerThatIsTooSlow() throws Exception {
        server.enqueue(file(AudioFiles.wav(AudioFiles.PCM, 8000, 1))
                .newBuilder()
                .throttleBody(1000, 1, TimeUnit.SECONDS)
                .build());
        assertRefused(fetch("/slow.wav"), PromptLibrary.UNREACHABLE, "/slow.wav", "longer than 2 s");
    }

    @Test
    void namesAServerThatIsNotThere() throws Exception {
        URI gone = server.url("/prompt.wav").uri();
        server.close();
        assertRefused(fetch(gone, null), PromptLibrary.UNREACHABLE, gone.toString(), "could not be reached");
    }

    @ParameterizedTest
    @CsvSource({
        "<!DOCTYPE html><p>, a web page",
        "OggS1234, an Ogg file",
        "fLaC1234, a FLAC file",
        "hello, no audio",
        "{}, text",
        "'', empty"
    })
    void namesWhatIsNoAudio(String content, String named) throws Exception {
        server.enqueue(file(content.getBytes(StandardCharsets.UTF_8)));
        assertRefused(fetch("/prompt.wav"), PromptLibrary.WRONG_FORMAT, "/prompt.wav", named);
    }

    @Test
    void namesAWavOfAnotherKind() throws Exception {
        server.enqueue(file(AudioFiles.wav(AudioFiles.PCM, 96000, 1)));
        assertRefused(fetch("/prompt.wav"), PromptLibrary.WRONG_FORMAT, "96000", "8 to 48 kHz");
    }

    @Test
    void survivesDamagedMp3() throws Exception {
        byte[] mp3 = AudioFiles.mp3(44100, 1);
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            byte[] damaged = mp3.clone();
            for (int i = 0; i < 200; i++) {
                damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt();
            }
            server.enqueue(file(damaged));
            assertThat(fetch("/damaged-" + round)).isNotNull();
        }
    }

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
    void whatUnpacksToMoreThanTheLimitIsTooLarge() throws Exception {
        Buffer packed = new Buffer();
        try (var gzip = new GZIPOutputStream(packed.outputStream())) {
            gzip.write(new byte[64 * MOST_BYTES]);
        }
        assertThat(packed.size()).isLessThan(MOST_BYTES / 4);
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(packed)
                .build());

        assertRefused(fetch("/bomb.wav"), PromptLibrary.UNREACHABLE, "/bomb.wav", "larger than 1 MiB");
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

    @Test
    void speaksText() throws Exception {
        short[] speech = audio(prompts.fetch(new PromptSource.Text("Your appointment is tomorrow.", null))
                .get());
        assertThat(speech.length).isBetween(8000, 40_000);
        short[] narrower = audio(prompts.fetch(new PromptSource.Text("Your appointment is tomorrow.", "kevin"))
                .get());
        assertThat(Arrays.equals(speech, narrower)).isFalse();
    }

    @Test
    void namesTheVoicesThatThereAre() throws Exception {
        assertRefused(prompts.fetch(new PromptSource.Text("Hello", "joanna")).get(), 0, "joanna", "kevin16", "kevin");
        assertRefused(
                prompts.fetch(new PromptSource.Text("a".repeat(4001), null)).get(), 0, "4000");
    }

    private Fetched fetch(String path) throws Exception {
        return fetch(server.url(path).uri(), null);
    }

    private Fetched fetch(URI uri, @Nullable String audioFileId) throws Exception {
        return prompts.fetch(new PromptSource.File(uri, audioFileId)).get(10, TimeUnit.SECONDS);
    }

    private static MockResponse file(byte[] bytes) {
        return new MockResponse.Builder().body(new Buffer().write(bytes)).build();
    }

    private static MockResponse redirect(String to) {
        return new MockResponse.Builder().code(302).setHeader("Location", to).build();
    }

    private static short[] audio(Fetched fetched) {
        assertThat(fetched).isInstanceOf(Fetched.Audio.class);
        return ((Fetched.Audio) fetched).samples();
    }

    private static void assertRefused(Fetched fetched, int subcode, String... words) {
        assertThat(fetched).isInstanceOf(Fetched.Refused.class);
        assertThat(((Fetched.Refused) fetched).subcode()).isEqualTo(subcode);
        assertThat(((Fetched.Refused) fetched).message()).contains(words);
    }

    private static void assertThatItIsASecondOfTheTone(short[] samples) {
        assertThat(samples.length).isBetween(7999, 8001);
        assertThat(crossings(samples)).isBetween(990, 1010);
    }

    /** Changes of sign, near silence left out. */
    private static int crossings(short[] samples) {
        int crossings = 0;
        int sign = 0;
        for (short sample : samples) {
            int now = Math.abs(sample) < 1000 ? sign : Integer.signum(sample);
            crossings += sign != 0 && now != sign ? 1 : 0;
            sign = now;
        }
        return crossings;
    }
}
