package io.ringback.wire.callingserver;

import static io.ringback.wire.callingserver.Reading.body;
import static io.ringback.wire.callingserver.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Tone;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the requests for plays, recordings and tones accept, and how the rest is refused. */
class MediaRequestsTest {
    private static final String PLAY = "{'text':'hello'}";
    private static final String RECORD = "{'recordingStateCallbackUri':'https://app.example.com/r'}";

    @Test
    void aPlaySpeaksATextOrAFile() {
        assertThat(play(PLAY))
                .isEqualTo(new PlayAudioRequest(new PromptSource.Text("hello", null), false, Set.of(), null, null));
        assertThat(
                        play(
                                "{'audioFileUri':'https://a.example/a.wav','audioFileId':'greeting','loop':true,"
                                        + "'stopOnTones':['tone1','pound','a'],'operationContext':'ctx','callbackUri':'https://b.example'}"))
                .isEqualTo(new PlayAudioRequest(
                        new PromptSource.File(URI.create("https://a.example/a.wav"), "greeting"),
                        true,
                        Set.of(Tone.TONE1, Tone.POUND, Tone.A),
                        "ctx",
                        URI.create("https://b.example")));
        assertThat(play("{'text':'hi','voice':'Joanna','stopOnTones':'any'}"))
                .isEqualTo(new PlayAudioRequest(
                        new PromptSource.Text("hi", "Joanna"), false, Set.of(Tone.values()), null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}                                              | audioFileUri | it or text is required",
                "{'text':'a','audioFileUri':'https://a.example'} | audioFileUri | both",
                "{'text':'  '}                                   | text         | is missing",
                "{'audioFileUri':'file:///etc/passwd'}           | audioFileUri | must begin with https://",
                "{'audioFileUri':'http://a.example/a.wav'}       | audioFileUri | must begin with https://",
                "{'text':'a','loop':'yes'}                       | loop         | true or false is accepted",
                "{'text':'a','stopOnTones':'all'}                | stopOnTones  | \"any\" or an array",
                "{'text':'a','stopOnTones':['1']}                | stopOnTones[0] | accepted: tone0, tone1",
                "{'text':'a','stopOnTones':[1]}                  | stopOnTones[0] | a text is accepted",
                "{'text':'a','callbackUri':'ftp://b.example'}    | callbackUri  | must begin with https://",
                "{'text':'a','voice':7}                          | voice        | a text is accepted"
            })
    void aBadPlayIsRefused(String json, String target, String message) {
        MalformedRequest refusal = refusal(() -> play(json));

        assertThat(refusal.target()).isEqualTo(target);
        assertThat(refusal.reason()).contains(message);
    }

    @Test
    void longPromptsAreRefused() {
        assertThat(refusal(() -> play(PLAY.replace("hello", "x".repeat(5001)))).reason())
                .contains("text has 5001")
                .contains("at most 5000");
    }

    @Test
    void outOfCallAPlayNamesItsCallback() {
        assertThat(refusal(() -> PlayAudioRequest.readOutOfCall(body(PLAY), OutboundPolicy.PUBLIC))
                        .target())
                .isEqualTo("callbackUri");
    }

    @Test
    void aRecordingIsMixedWavUnlessAskedOtherwise() {
        StartRecordingRequest expected = new StartRecordingRequest(
                URI.create("https://app.example.com/r"), Recording.Channels.MIXED, Recording.Format.WAV);

        assertThat(record(RECORD)).isEqualTo(expected);
        assertThat(record("{'recordingContentType':'audio','recordingChannelType':'mixed','recordingFormatType':'wav',"
                        + RECORD.substring(1)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"mixed,wav", "mixed,mp3", "unmixed,wav"})
    void aRecordingIsMixedOrUnmixedAndInEitherFormatWhereItCanBe(String channels, String format) {
        StartRecordingRequest request = record("{'recordingChannelType':'" + channels + "','recordingFormatType':'"
                + format + "'," + RECORD.substring(1));

        assertThat(WireNames.of(request.channels())).isEqualTo(channels);
        assertThat(WireNames.of(request.format())).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'recordingChannelType':'unmixed','recordingFormatType':'mp3' | recordingFormatType "
                        + "| accepted for unmixed: wav",
                "'recordingChannelType':'stereo'     | recordingChannelType | accepted: mixed, unmixed",
                "'recordingFormatType':'mp4'         | recordingFormatType  | accepted: wav, mp3",
                "'recordingContentType':'audioVideo' | recordingContentType | accepted: audio"
            })
    void whatCannotBeRecordedIsRefused(String member, String target, String message) {
        MalformedRequest refusal = refusal(() -> record("{" + member + "," + RECORD.substring(1)));

        assertThat(refusal.target()).isEqualTo(target);
        assertThat(refusal.reason()).contains(message);
    }

    @Test
    void aRecordingNeedsItsCallback() {
        assertThat(refusal(() -> record("{}")).target()).isEqualTo("recordingStateCallbackUri");
    }

    @Test
    void tonesKeepTheirOrderAndTheirNumber() {
        assertThat(SendDtmfRequest.read(body("{'tones':['tone1','tone1','pound'],'operationContext':'ctx'}")))
                .isEqualTo(new SendDtmfRequest(List.of(Tone.TONE1, Tone.TONE1, Tone.POUND), "ctx"));
        assertThat(refusal(() -> SendDtmfRequest.read(body("{'tones':[" + "'a',".repeat(32) + "'a']}")))
                        .reason())
                .contains("at most 32");
        assertThat(refusal(() -> SendDtmfRequest.read(body("{'tones':[]}"))).reason())
                .isEqualTo("tones is missing; an array of 1 to 32 tones is required");
    }

    @Test
    void aCancelMayBeEmpty() {
        assertThat(CancelAllRequest.read(JsonBody.parseOptional(new byte[0])).operationContext())
                .isNull();
        assertThat(CancelAllRequest.read(body("{'operationContext':'ctx'}")).operationContext())
                .isEqualTo("ctx");
    }

    private static PlayAudioRequest play(String json) {
        return PlayAudioRequest.read(body(json), OutboundPolicy.PUBLIC);
    }

    private static StartRecordingRequest record(String json) {
        return StartRecordingRequest.read(body(json), OutboundPolicy.PUBLIC);
    }
}
