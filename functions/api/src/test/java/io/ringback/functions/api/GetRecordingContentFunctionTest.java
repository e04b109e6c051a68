package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.ServerCall;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.port.RecordingFiles;
import io.ringback.wire.access.AccessKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetRecordingContentFunctionTest {
    private static final int PART = 4 * 1024 * 1024;
    private static final String OK = "get-recording-content/ok";

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 24_044, PART})
    void upTo4MiBComeWhole(int size) throws IOException {
        byte[] content = record(size);

        Reply reply = bench.invoke(OK);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.base64()).isTrue();
        assertThat(reply.bytes()).isEqualTo(content);
        assertThat(reply.headers()).containsEntry("content-type", "audio/wav").containsEntry("accept-ranges", "bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-43     | 0    | 43   | bytes 0-43/1000",
                "bytes=990-     | 990  | 999  | bytes 990-999/1000",
                "bytes=-10      | 990  | 999  | bytes 990-999/1000",
                "bytes=-5000    | 0    | 999  | bytes 0-999/1000",
                "bytes=500-5000 | 500  | 999  | bytes 500-999/1000",
                "bytes=999-999  | 999  | 999  | bytes 999-999/1000"
            })
    void aRangeComesAsAPart(String range, int first, int last, String contentRange) throws IOException {
        byte[] content = record(1000);

        Reply reply = bench.invokeWith(OK, withRange(range));

        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.headers()).containsEntry("content-range", contentRange);
        assertThat(reply.bytes()).isEqualTo(Arrays.copyOfRange(content, first, last + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999-"})
    void aRangeOutsideIsRefusedAndTheSizeTold(String range) throws IOException {
        record(1000);

        Reply reply = bench.invokeWith(OK, withRange(range));

        assertThat(reply.status()).isEqualTo(416);
        assertThat(reply.code()).isEqualTo("416");
        assertThat(reply.target()).contains("Range");
        assertThat(reply.message()).contains("1000 bytes");
        assertThat(reply.headers()).containsEntry("content-range", "bytes */1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-4", "bytes=-", "bytes=a-b", "seconds=1-2", "bytes=0-1,5-6"})
    void whatIsNotOneRangeOfBytesIsIgnored(String range) throws IOException {
        byte[] content = record(1000);

        Reply reply = bench.invokeWith(OK, withRange(range));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.bytes()).isEqualTo(content);
    }

    @Test
    void ofALongRangeTheFirst4MiBCome() throws IOException {
        byte[] content = record(PART + 100);

        Reply reply = bench.invokeWith(OK, withRange("bytes=50-"));

        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.headers()).containsEntry("content-range", "bytes 50-" + (PART + 49) + "/" + (PART + 100));
        assertThat(reply.bytes()).isEqualTo(Arrays.copyOfRange(content, 50, PART + 50));
    }

    @Test
    void aLongRecordingIsFoundUnderALinkThatNeedsNoKey() throws IOException {
        byte[] content = record(PART + 1);

        Reply redirect = bench.invoke(OK);
        Reply followed = bench.invokeWith(OK, follow(redirect.header("location")));

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.text()).isEmpty();
        assertThat(followed.status()).isEqualTo(206);
        assertThat(followed.headers()).containsEntry("content-range", "bytes 0-" + (PART - 1) + "/" + (PART + 1));
        assertThat(followed.bytes()).isEqualTo(Arrays.copyOf(content, PART));
    }

    @Test
    void aLinkExpires() throws IOException {
        record(PART + 1);
        String link = bench.invoke(OK).header("location");
        bench.clock.advance(Duration.ofMinutes(10));

        assertLinkRefused(link);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expires=1", "signature=A", "signature=!"})
    void aLinkCannotBeChanged(String change) throws IOException {
        record(PART + 1);

        assertLinkRefused(bench.invoke(OK).header("location").replaceFirst(change.substring(0, 8), change));
    }

    @Test
    void aLinkIsForOneRecordingOnly() throws IOException {
        record(PART + 1);
        String query = URI.create(bench.invoke(OK).header("location")).getRawQuery();
        record(PART + 1);
        String other = bench.invoke(OK).header("location").replaceFirst("\\?.*", "?" + query);

        assertLinkRefused(other);
    }

    @Test
    void aLinkDiesWithItsKey() throws IOException {
        record(PART + 1);
        String link = bench.invoke(OK).header("location");
        bench.rotate(new AccessKeys(List.of("bmV4dA==", ApiBench.KEY)));
        Reply whileBothLive = bench.invokeWith(OK, follow(link));
        bench.rotate(new AccessKeys(List.of("bmV4dA==")));

        assertThat(whileBothLive.status()).isEqualTo(206);
        assertLinkRefused(link);
    }

    @Test
    void aRecordingThatRunsHasNoContentYet() {
        ServerCall call = bench.placeAnsweredCall();
        bench.events.set(Events.RECORDING, bench.invoke("start-recording/ok").at("/recordingId"));
        int commits = bench.calls.commits().size();

        Reply reply = bench.invoke(OK);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("8522");
        assertThat(reply.target()).contains("recordingId");
        assertThat(reply.message()).contains("its status is recording").contains("once it is available");
        assertThat(bench.calls.commits()).hasSize(commits);
        assertThat(call.recordings()).isEmpty();
    }

    @Test
    void aFileThatIsMissingIsNotFound() throws IOException {
        record(10);
        bench.files.delete("r.wav");

        assertThat(bench.invoke(OK).status()).isEqualTo(404);
    }

    @Test
    void contentThatWasDeletedIsGoneFromTheStoreToo() throws IOException {
        record(10);
        String metadata =
                RecordingFiles.metadataKey(bench.invoke("get-recording/ok").at("/recordingId"));
        bench.files.store(metadata, Files.writeString(folder.resolve("who-was-there"), "{}"), "application/json");

        Reply deleted = bench.invoke("delete-recording-content/ok");
        Reply reply = bench.invoke(OK);

        assertThat(deleted.status()).isEqualTo(202);
        assertThat(bench.files.size("r.wav")).isEmpty();
        assertThat(bench.files.size(metadata)).as("who was there").isEmpty();
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("8522");
        assertThat(reply.target()).contains("recordingId");
        assertThat(reply.message()).isEqualTo("the recording's content was deleted");
        assertThat(bench.invoke("get-recording/ok").json().has("contentUri")).isFalse();
    }

    /** It was given up, and the gateway has recorded all the same. */
    @Test
    void theFileOfARecordingThatWasToldAsFailedCanOnlyBeDeleted() throws IOException {
        ServerCall call = bench.placeAnsweredCall();
        String recordingId = bench.invoke("start-recording/ok").at("/recordingId");
        bench.events.set(Events.RECORDING, recordingId);
        bench.files.store("r.wav", Files.write(folder.resolve("file"), new byte[10]), "audio/wav");
        bench.happen(call, new MediaEvent.RecordingFile(recordingId, false, null, 0, 0, 0, List.of(), "failed"));
        bench.happen(call, new MediaEvent.RecordingFile(recordingId, true, "r.wav", 1, 10, 1, List.of(), "done"));

        assertThat(bench.invoke(OK).status()).isEqualTo(404);
        assertThat(bench.files.size("r.wav")).isPresent();
        assertThat(bench.invoke("get-recording/ok").json().has("contentUri")).isFalse();
        assertThat(bench.invoke("delete-recording-content/ok").status()).isEqualTo(202);
        assertThat(bench.files.size("r.wav")).isEmpty();
    }

    @Test
    void mp3ComesAsSuch() throws IOException {
        record("start-recording/mp3", 10);

        assertThat(bench.invoke(OK).header("content-type")).isEqualTo("audio/mpeg");
    }

    /** A recording of this many bytes that is finished; the events name it. */
    private byte[] record(int size) throws IOException {
        return record("start-recording/ok", size);
    }

    private byte[] record(String sample, int size) throws IOException {
        ServerCall call = bench.placeAnsweredCall();
        String recordingId = bench.invoke(sample).at("/recordingId");
        bench.events.set(Events.RECORDING, recordingId);
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Path file = Files.createTempFile(folder, "spool", null);
        Files.write(file, content);
        bench.files.store("r.wav", file, "audio/wav");
        bench.happen(call, new MediaEvent.RecordingFile(recordingId, true, "r.wav", 1500, size, 1, List.of(), "done"));
        return content;
    }

    private String withRange(String range) {
        return bench.events.read("get-recording-content/range").replace("bytes=0-43", range);
    }

    /** The event of a GET of this link without any credentials. */
    private String follow(String link) {
        URI uri = URI.create(link);
        String[] parameters = uri.getRawQuery().split("[=&]", -1);
        String event = bench.events
                .read("get-recording-content/no-key")
                .replaceAll("/calling/serverCalls/[^{\"]+/content", uri.getPath())
                .replace("\"api-version=2021-06-15-preview\"", "\"" + uri.getRawQuery() + "\"")
                .replace(
                        "\"api-version\": \"2021-06-15-preview\"",
                        "\"" + parameters[0] + "\": \"" + parameters[1] + "\", \"" + parameters[2] + "\": \""
                                + parameters[3] + "\"");
        assertThat(event).contains(uri.getPath()).doesNotContain("authorization");
        return event;
    }

    private void assertLinkRefused(String link) {
        Reply reply = bench.invokeWith(OK, follow(link));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.message()).contains("the link has expired or was changed");
    }
}
