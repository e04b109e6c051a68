package io.ringback.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.PromptSource;
import io.ringback.gateway.prompt.PromptLibrary.Fetched;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** What is said of a file that cannot be fetched, and of a text that cannot be spoken. */
class PromptsTest extends FromServer {
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
}
