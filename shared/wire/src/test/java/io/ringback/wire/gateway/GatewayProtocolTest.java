package io.ringback.wire.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Pause;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Recording;
import io.ringback.core.call.Tone;
import io.ringback.core.media.LegStatistics;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GatewayProtocolTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.125Z");
    private static final GatewayRef GATEWAY = new GatewayRef("gw-1", "01JD8X0000000000000000000A");
    private static final String PLAY = GatewayProtocol.encode(envelope(
            new MediaCommand.Play("op1", null, new PromptSource.Text("hello", null), false, Set.of(Tone.STAR), AT)));

    static Stream<MediaCommand> commands() {
        return Stream.of(
                new MediaCommand.DialLeg(
                        "p1",
                        Identifier.ofPhoneNumber("+12025550101"),
                        "+12025550100",
                        Duration.ofSeconds(60),
                        new MediaCommand.DialLeg.Coupling("p0", MediaCommand.DialLeg.Coupling.Kind.FORWARD),
                        AT),
                new MediaCommand.DialLeg("p1", new Identifier("sip:a@b"), null, Duration.ofMillis(1500), null, AT),
                new MediaCommand.AnswerLeg("p2", AT),
                new MediaCommand.RejectLeg("p2", 486, AT),
                new MediaCommand.SetLeg("p2", true, false, null, MediaCommand.SetLeg.Sounding.PLAIN, AT),
                new MediaCommand.SetLeg(
                        "p2",
                        false,
                        true,
                        new PromptSource.Text("please wait", null),
                        new MediaCommand.SetLeg.Sounding(
                                true, true, new PromptSource.File(URI.create("https://example.com/a.wav"), "music")),
                        AT),
                new MediaCommand.SendTones("op3", "p2", List.of(Tone.TONE1, Tone.TONE1, Tone.POUND), AT),
                new MediaCommand.HangUpLeg("p1", EndReason.HUNG_UP_BY_APPLICATION, AT),
                new MediaCommand.EndCall(List.of("p1", "p2"), EndReason.MAX_DURATION, AT),
                new MediaCommand.Play(
                        "op1",
                        "p1",
                        new PromptSource.File(URI.create("https://example.com/a.wav?x=%20"), "greeting"),
                        true,
                        Set.of(Tone.TONE1, Tone.POUND),
                        AT),
                new MediaCommand.Play("op1", null, new PromptSource.Text("grüß\n\"dich\"", null), false, Set.of(), AT),
                new MediaCommand.CancelMedia("op2", List.of("op1"), AT),
                new MediaCommand.SetRecording(
                        "r1",
                        MediaCommand.SetRecording.Wanted.PAUSED,
                        Recording.Channels.MIXED,
                        Recording.Format.WAV,
                        AT));
    }

    static Stream<MediaEvent> events() {
        List<Pause> pauses = List.of(new Pause(AT, AT.plusSeconds(2)), new Pause(AT.plusSeconds(9), null));
        return Stream.of(
                new MediaEvent.CallOffered(
                        Origin.Kind.INCOMING,
                        Identifier.ofPhoneNumber("+12025550101"),
                        "Ada \"L.\"",
                        Identifier.ofPhoneNumber("+12025550100"),
                        "p1",
                        null,
                        AT),
                new MediaEvent.CallOffered(
                        Origin.Kind.PEER,
                        new Identifier("8:acs:ringback_ada"),
                        null,
                        new Identifier("8:acs:ringback_bob"),
                        "p1",
                        "p2",
                        AT),
                new MediaEvent.LegHeld("p1", true),
                new MediaEvent.TonesSent("op3", MediaEvent.PlayEnded.Outcome.FAILED, 8501, "the leg is gone"),
                new MediaEvent.LegRinging("p1", 183),
                new MediaEvent.LegConnected("p1"),
                new MediaEvent.LegEnded("p1", EndReason.BUSY, 486, "busy here", null),
                new MediaEvent.LegEnded(
                        "p1", EndReason.HUNG_UP_BY_PARTICIPANT, null, "BYE", new LegStatistics(500, 499, 1, 0.75, -1)),
                new MediaEvent.TonePressed("p1", Tone.A),
                new MediaEvent.PlayStarted("op1"),
                new MediaEvent.PlayEnded("op1", MediaEvent.PlayEnded.Outcome.COMPLETED, Tone.TONE1, 0, "stopped"),
                new MediaEvent.PlayEnded("op1", MediaEvent.PlayEnded.Outcome.FAILED, null, 8536, "no such host"),
                new MediaEvent.MediaCancelled("op2", List.of()),
                new MediaEvent.RecordingChanged("r1", MediaEvent.RecordingChanged.Change.RESUME, AT, 1_500, pauses),
                new MediaEvent.RecordingFile("r1", true, "a/r1.wav", 1_500, 24_044, 1, pauses, ""),
                new MediaEvent.RecordingFile("r1", false, null, 0, 0, 0, List.of(), "disk full"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandSurvivesTheJourney(MediaCommand command) {
        CommandEnvelope envelope = envelope(command);

        assertThat(GatewayProtocol.decodeCommand(GatewayProtocol.encode(envelope)))
                .isEqualTo(envelope);
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventSurvivesTheJourney(MediaEvent event) {
        MediaReport report = new MediaReport("call-1", GATEWAY, 7, AT, event);

        assertThat(GatewayProtocol.decodeReport(GatewayProtocol.encode(report))).isEqualTo(report);
        assertThat(GatewayProtocol.decodeEvents(GatewayProtocol.encodeEvents(List.of(report, report))))
                .containsExactly(report, report);
    }

    @Test
    void theSamplesMissNoType() {
        assertThat(commands().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(MediaCommand.class.getPermittedSubclasses());
        assertThat(events().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(MediaEvent.class.getPermittedSubclasses());
    }

    @Test
    void theEnvelopeReadsLikeItsDocumentation() {
        assertThat(PLAY)
                .isEqualTo("{\"serverCallId\":\"call-1\",\"gateway\":{\"gatewayId\":\"gw-1\","
                        + "\"epoch\":\"01JD8X0000000000000000000A\"},\"sequence\":3,\"command\":{\"type\":\"Play\","
                        + "\"operationId\":\"op1\",\"source\":{\"type\":\"Text\",\"text\":\"hello\"},\"loop\":false,"
                        + "\"stopOnTones\":[\"STAR\"],\"notAfter\":\"2026-11-22T10:00:00.125Z\"}}");
    }

    @Test
    void eachCommandHasItsPath() {
        assertThat(commands().map(command -> GatewayProtocol.path(envelope(command))))
                .containsExactly(
                        "/calls/call-1/legs/p1",
                        "/calls/call-1/legs/p1",
                        "/calls/call-1/legs/p2",
                        "/calls/call-1/legs/p2",
                        "/calls/call-1/legs/p2",
                        "/calls/call-1/legs/p2",
                        "/calls/call-1/operations/op3",
                        "/calls/call-1/legs/p1",
                        "/calls/call-1",
                        "/calls/call-1/operations/op1",
                        "/calls/call-1/operations/op1",
                        "/calls/call-1/operations/op2",
                        "/calls/call-1/recordings/r1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "\"call-1\"       | 17              | serverCallId",
                "\"call-1\"       | null            | serverCallId",
                "\"sequence\":3   | \"sequence\":\"3\" | sequence",
                "\"sequence\":3   | \"sequence\":3.5 | sequence",
                "\"sequence\":3,  | ^^              | sequence",
                "\"loop\":false   | \"loop\":null   | command.loop",
                "\"loop\":false,  | ^^              | loop",
                "\"STAR\"         | \"HASH\"        | command.stopOnTones[0]",
                "\"STAR\"         | 1               | command.stopOnTones[0]",
                "\"STAR\"         | null            | command.stopOnTones",
                "2026-11-22T10    | yesterday       | command.notAfter: must be a moment like",
                "\"type\":\"Play\" | \"type\":\"Sing\" | Sing",
                "\"type\":\"Play\", | ^^            | type",
                "\"loop\"         | \"louder\":1,\"loop\" | command.louder",
                "\"sequence\":3   | \"sequence\":3,\"sequence\":4 | sequence"
            })
    void whatIsNotAnEnvelopeIsRefusedAndThePlaceNamed(String valid, String broken, String named) {
        assertThat(PLAY).contains(valid);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayProtocol.decodeCommand(PLAY.replace(valid, broken)))
                .withMessageStartingWith("not a media command: ")
                .withMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {"^^", "{", "[]", "null", "{} {}", "17"})
    void whatIsNotAnObjectIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayProtocol.decodeReport(json))
                .withMessageStartingWith("not a media report: ");
    }

    private static CommandEnvelope envelope(MediaCommand command) {
        return new CommandEnvelope("call-1", GATEWAY, 3, command);
    }
}
