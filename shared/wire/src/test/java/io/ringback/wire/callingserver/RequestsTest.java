package io.ringback.wire.callingserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Tone;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each request accepts, and how the rest is refused: the message names place and accepted values. */
class RequestsTest {
    private static final String CREATE = "{'targets':[{'phoneNumber':{'value':'+12025550101'}}],"
            + "'source':{'communicationUser':{'id':'8:acs:res_bob'}},'alternateCallerId':{'value':'+12025550100'},"
            + "'callbackUri':'https://app.example.com/events?x=1'}";
    private static final String PLAY = "{'text':'hello'}";
    private static final String INVITE = "{'participants':[{'rawId':'8:acs:ringback_ada'}]}";
    private static final String RECORD = "{'recordingStateCallbackUri':'https://app.example.com/r'}";

    @Test
    void aShortCreateCallHasItsDefaults() {
        assertThat(create(CREATE))
                .isEqualTo(new CreateCallRequest(
                        List.of(Identifier.ofPhoneNumber("+12025550101")),
                        new Identifier("8:acs:res_bob"),
                        "+12025550100",
                        URI.create("https://app.example.com/events?x=1"),
                        null,
                        Set.of(),
                        Duration.ofSeconds(60),
                        null));
    }

    @Test
    void aFullCreateCallIsReadWhole() {
        CreateCallRequest request = create("{'targets':[{'rawId':'4:+12025550101'}],'source':{'rawId':'4:+12025550199',"
                + "'phoneNumber':{'value':'+12025550199'}},'callbackUri':'https://a.example/','subject':'Bins',"
                + "'requestedMediaTypes':['audio'],'requestedCallEvents':['dtmfReceived','participantsUpdated'],"
                + "'ringTimeoutInSeconds':5,'operationContext':'ctx','alternateCallerId':null,'unknown':{'deep':[1]}}");

        assertThat(request)
                .isEqualTo(new CreateCallRequest(
                        List.of(Identifier.ofPhoneNumber("+12025550101")),
                        Identifier.ofPhoneNumber("+12025550199"),
                        null,
                        URI.create("https://a.example/"),
                        "Bins",
                        Set.of(RequestedEvent.values()),
                        Duration.ofSeconds(5),
                        "ctx"));
        assertThat(request.callerId()).contains("+12025550199");
        assertThat(request.callerIdPlace()).isEqualTo("source");
        assertThat(create(CREATE).callerIdPlace()).isEqualTo("alternateCallerId.value");
    }

    @Test
    void aGroupIsReadInItsOrderAndOnlyPhoneNumbersNeedACallerId() {
        String group = "{'targets':[{'rawId':'sip:front-desk@pbx.example.com'},"
                + "{'communicationUser':{'id':'8:acs:ringback_ada'}}],"
                + "'source':{'rawId':'8:acs:res_bob'},'callbackUri':'https://a.example/'}";

        CreateCallRequest request = create(group);

        assertThat(request.targets())
                .containsExactly(
                        new Identifier("sip:front-desk@pbx.example.com"), new Identifier("8:acs:ringback_ada"));
        assertThat(request.callerId()).isEmpty();
        assertThat(refusal(() -> create(group.replace("sip:front-desk@pbx.example.com", "4:+12025550101")))
                        .target())
                .isEqualTo("alternateCallerId");
    }

    @Test
    void groupsAreBounded() {
        String many = CREATE.replace("[{", "[" + "{'rawId':'8:acs:r_u'},".repeat(50) + "{");

        assertThat(refusal(() -> create(many)).reason())
                .contains("targets has 51 elements")
                .contains("at most 50");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[{'phoneNumber':{'value':'+12025550101'}}] | []         | targets | 1 to 50 identifiers",
                "[{'phoneNumber':{'value':'+12025550101'}}] | {}         | targets | an array is accepted",
                "{'phoneNumber':{'value':'+12025550101'}}   | 7          | targets[0] | is 7; an object is accepted",
                "{'phoneNumber':{'value':'+12025550101'}}   | {}         | targets[0] | names nobody; accepted is",
                "{'phoneNumber':{'value':'+12025550101'}}   | {'rawId':'tel:1'} | targets[0].rawId | no known form",
                "{'phoneNumber':{'value':'+12025550101'}}   | {'rawId':'sip:a b@c'} | targets[0].rawId | no known form",
                "{'phoneNumber':{'value':'+12025550101'}}   | {'rawId':'4:+12025550101'},{'rawId':'?'} "
                        + "| targets[1].rawId | no known form",
                "'+12025550101'    | '12025550101'       | targets[0].phoneNumber.value | E.164",
                "'+12025550101'    | '+02025550101'      | targets[0].phoneNumber.value | E.164",
                "'+12025550101'    | '+1202555010a'      | targets[0].phoneNumber.value | E.164",
                "'+12025550101'    | '+1234567890123456' | targets[0].phoneNumber.value | 7 to 15 digits",
                "'+12025550101'    | 12025550101         | targets[0].phoneNumber.value | a text is accepted",
                "{'phoneNumber':{'value':'+12025550101'}} | {'rawId':'4:2025550101'} | targets[0].rawId | E.164",
                "{'phoneNumber':  | {'rawId':'4:+12025550102','phoneNumber': | targets[0].rawId | somebody else",
                "{'phoneNumber':  | {'communicationUser':{'id':'8:acs:a_b'},'phoneNumber': | targets[0] | exactly one",
                "'8:acs:res_bob'  | 'bob'               | source.communicationUser.id | 8:acs:",
                "'source'         | 'sauce'             | source | is missing",
                "'alternateCallerId':{'value':'+12025550100'}, | ^^ | alternateCallerId | source with a phone number",
                "'+12025550100'   | 'me'                | alternateCallerId.value | E.164",
                "{'value':'+12025550100'} | '+12025550100' | alternateCallerId | an object is accepted",
                "'callbackUri'    | 'callbackUrl'       | callbackUri | is missing",
                "https://app      | http://app          | callbackUri | must begin with https://",
                "https://app.example.com/events?x=1 | /events | callbackUri | https://",
                "https://app      | https://me:pw@app   | callbackUri | user name or password",
                "https://app.example.com/events?x=1 | https://a b | callbackUri | is not a URI",
                "https://app.example.com/events?x=1 | ^^   | callbackUri | https://",
                "}],'source'      | }],'requestedMediaTypes':['audio','video'],'source' | requestedMediaTypes[1] "
                        + "| audio only",
                "}],'source'      | }],'requestedCallEvents':['hangup'],'source' | requestedCallEvents[0] "
                        + "| accepted: participantsUpdated, dtmfReceived",
                "}],'source'      | }],'ringTimeoutInSeconds':4,'source'   | ringTimeoutInSeconds | from 5 to 180",
                "}],'source'      | }],'ringTimeoutInSeconds':181,'source' | ringTimeoutInSeconds | is 181",
                "}],'source'      | }],'ringTimeoutInSeconds':'60','source' | ringTimeoutInSeconds | a text",
                "}],'source'      | }],'ringTimeoutInSeconds':6.5,'source' | ringTimeoutInSeconds | whole number",
                "}],'source'      | }],'ringTimeoutInSeconds':99999999999,'source' | ringTimeoutInSeconds | from 5",
                "}],'source'      | }],'operationContext':{},'source'      | operationContext | a text is accepted",
            })
    void aBadCreateCallIsRefused(String valid, String broken, String target, String message) {
        assertThat(CREATE).contains(valid);
        MalformedRequest refusal = refusal(() -> create(CREATE.replace(valid, broken)));

        assertThat(refusal.target()).isEqualTo(target);
        assertThat(refusal.reason()).startsWith(target + " ").contains(message);
    }

    @ParameterizedTest
    @CsvSource({"subject,256", "operationContext,512"})
    void textsAreBounded(String member, int max) {
        String longest = CREATE.replace("'source'", "'" + member + "':'" + "x".repeat(max) + "','source'");
        MalformedRequest refusal = refusal(() -> create(longest.replace("xx'", "xxx'")));

        assertThat(create(longest).callbackUri()).hasHost("app.example.com");
        assertThat(refusal.target()).isEqualTo(member);
        assertThat(refusal.reason()).contains("has " + (max + 1)).contains("at most " + max);
    }

    @Test
    void callbackUrisAreBounded() {
        MalformedRequest refusal = refusal(() -> create(CREATE.replace("x=1", "x".repeat(1024))));

        assertThat(refusal.target()).isEqualTo("callbackUri");
        assertThat(refusal.reason()).contains("at most 1024");
    }

    @Test
    void aLaptopMayUsePlainHttp() {
        JsonBody json = body(CREATE.replace("https://app.example.com", "http://localhost:9000"));

        assertThat(CreateCallRequest.read(json, OutboundPolicy.LOCAL).callbackUri())
                .hasHost("localhost");
    }

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
    void anInvitationNamesPartiesAndHowTheyAreCalled() {
        assertThat(InviteParticipantsRequest.read(
                        body("{'participants':[{'rawId':'4:+12025550101'},{'rawId':'8:acs:ringback_ada'}],"
                                + "'alternateCallerId':{'value':'+12025550100'},'ringTimeoutInSeconds':20,"
                                + "'operationContext':'ctx','callbackUri':'https://b.example'}"),
                        OutboundPolicy.PUBLIC))
                .isEqualTo(new InviteParticipantsRequest(
                        List.of(Identifier.ofPhoneNumber("+12025550101"), new Identifier("8:acs:ringback_ada")),
                        "+12025550100",
                        Duration.ofSeconds(20),
                        "ctx",
                        URI.create("https://b.example")));
        assertThat(InviteParticipantsRequest.read(body(INVITE), OutboundPolicy.PUBLIC))
                .isEqualTo(new InviteParticipantsRequest(
                        List.of(new Identifier("8:acs:ringback_ada")), null, Duration.ofSeconds(60), null, null));
    }

    @Test
    void outOfCallARequestNamesItsCallback() {
        assertThat(refusal(() -> InviteParticipantsRequest.readOutOfCall(body(INVITE), OutboundPolicy.PUBLIC))
                        .target())
                .isEqualTo("callbackUri");
        assertThat(refusal(() -> PlayAudioRequest.readOutOfCall(body(PLAY), OutboundPolicy.PUBLIC))
                        .target())
                .isEqualTo("callbackUri");
    }

    @Test
    void aHoldHasMusicOrSilence() {
        assertThat(HoldParticipantRequest.read(JsonBody.parseOptional(new byte[0]), OutboundPolicy.PUBLIC)
                        .music())
                .isNull();
        assertThat(HoldParticipantRequest.read(
                                body("{'audioFileUri':'https://a.example/waltz.wav'}"), OutboundPolicy.PUBLIC)
                        .music())
                .isEqualTo(new PromptSource.File(URI.create("https://a.example/waltz.wav"), null));
    }

    @Test
    void aTransferNamesItsTargetAndPerhapsWhoIsTransferred() {
        assertThat(TransferCallRequest.read(body("{'targetParticipant':{'rawId':'8:acs:ringback_ada'}}")))
                .isEqualTo(new TransferCallRequest(
                        new Identifier("8:acs:ringback_ada"), null, null, Duration.ofSeconds(60), null));
        assertThat(TransferCallRequest.read(body("{'targetParticipant':{'rawId':'4:+12025550101'},"
                        + "'alternateCallerId':{'value':'+12025550100'},'transferee':'p1',"
                        + "'ringTimeoutInSeconds':20,'operationContext':'ctx'}")))
                .isEqualTo(new TransferCallRequest(
                        Identifier.ofPhoneNumber("+12025550101"), "+12025550100", "p1", Duration.ofSeconds(20), "ctx"));
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
    void aJoinNamesItsCallback() {
        assertThat(JoinCallRequest.read(
                        body("{'source':{'rawId':'8:acs:res_bob'},'callbackUri':'https://a.example/','subject':'s',"
                                + "'requestedMediaTypes':['audio'],'requestedCallEvents':['dtmfReceived'],"
                                + "'operationContext':'ctx'}"),
                        OutboundPolicy.PUBLIC))
                .isEqualTo(new JoinCallRequest(
                        new Identifier("8:acs:res_bob"),
                        URI.create("https://a.example/"),
                        "s",
                        Set.of(RequestedEvent.DTMF_RECEIVED),
                        "ctx"));
    }

    @Test
    void aCancelMayBeEmpty() {
        assertThat(CancelAllRequest.read(JsonBody.parseOptional(new byte[0])).operationContext())
                .isNull();
        assertThat(CancelAllRequest.read(body("{'operationContext':'ctx'}")).operationContext())
                .isEqualTo("ctx");
    }

    private static CreateCallRequest create(String json) {
        return CreateCallRequest.read(body(json), OutboundPolicy.PUBLIC);
    }

    private static PlayAudioRequest play(String json) {
        return PlayAudioRequest.read(body(json), OutboundPolicy.PUBLIC);
    }

    private static StartRecordingRequest record(String json) {
        return StartRecordingRequest.read(body(json), OutboundPolicy.PUBLIC);
    }

    private static JsonBody body(String json) {
        return JsonBody.parse(json.replace('\'', '"').getBytes(UTF_8));
    }

    private static MalformedRequest refusal(Runnable reading) {
        return Objects.requireNonNull(
                catchThrowableOfType(MalformedRequest.class, reading::run), "nothing was refused");
    }
}
