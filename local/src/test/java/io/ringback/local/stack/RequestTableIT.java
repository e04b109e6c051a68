package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.aws.RandomIds;
import io.ringback.aws.emulated.Usage;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.Tone;
import io.ringback.core.media.LegStatistics;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays one call step by step and holds docs/performance.md to what it asked of DynamoDB and SQS. With
 * {@code -Dringback.performance.write=true} it writes the table instead.
 */
class RequestTableIT {
    private static final Path ROOT = root();
    private static final Path DOCUMENT = ROOT.resolve("docs/performance.md");
    private static final String BEGIN = "<!-- requests: begin -->\n";
    private static final String END = "<!-- requests: end -->";

    private final RequestTable table = new RequestTable();
    private Usage wholeCall = Usage.NONE;
    private String call = "";
    private long lastNumber;

    @TempDir
    private Path data;

    /** One step of the call. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    @Test
    void theTableOfRequestsIsTrue() throws Exception {
        try (MeteredFunctions functions = new MeteredFunctions(data, ROOT.resolve("template.yaml"));
                FarSide farSide = new FarSide()) {
            functions.announce(farSide.control());
            playCall(functions, farSide);
            table.add("**the whole call**", wholeCall);
            takeCaller(functions, farSide);
            inPassing(functions, farSide);
            repeat(functions, farSide);
        }

        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        if (Boolean.getBoolean("ringback.performance.write")) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + table.markdown() + document.substring(end));
        } else {
            assertThat(RequestTable.countsOf(document.substring(begin, end))).isEqualTo(table.counts());
        }
    }

    private void playCall(MeteredFunctions functions, FarSide farSide) throws Exception {
        String[] connection = {""};
        step(functions, "CreateCall", () -> {
            JsonNode created = functions.call("POST", "/calling/callConnections", """
                    {"targets": [{"phoneNumber": {"value": "+15555550101"}}],
                     "source": {"communicationUser": {"id": "8:acs:ringback_reminders"}},
                     "alternateCallerId": {"value": "+15555550199"},
                     "callbackUri": "%s", "requestedCallEvents": ["dtmfReceived"]}""".formatted(farSide.callbackUri()));
            call = created.path("serverCallId").asText();
            connection[0] = created.path("callConnectionId").asText();
        });
        String inCall = "/calling/callConnections/" + connection[0];
        step(functions, "media worker: dial", () -> drained(functions, "MediaWorkerFunction"));
        step(functions, "delivery: establishing", () -> drained(functions, "DeliverCallbackFunction"));
        String participant = farSide.last(MediaCommand.DialLeg.class).participantId();
        step(functions, "media event: ringing", () -> happens(functions, new MediaEvent.LegRinging(participant, 180)));
        step(functions, "media event: answered", () -> happens(functions, new MediaEvent.LegConnected(participant)));
        step(functions, "delivery: established", () -> drained(functions, "DeliverCallbackFunction"));

        String[] recording = {""};
        step(
                functions,
                "StartRecording",
                () -> recording[0] = functions
                        .call("POST", "/calling/serverCalls/" + call + "/recordings", """
                        {"recordingStateCallbackUri": "%s"}""".formatted(
                                        farSide.callbackUri()))
                        .path("recordingId")
                        .asText());
        step(functions, "media worker: record", () -> drained(functions, "MediaWorkerFunction"));
        Instant started = Instant.now();
        step(
                functions,
                "media event: recording",
                () -> happens(
                        functions,
                        new MediaEvent.RecordingChanged(
                                recording[0], MediaEvent.RecordingChanged.Change.START, started, 0, List.of())));
        step(functions, "delivery: recording", () -> drained(functions, "DeliverCallbackFunction"));

        step(functions, "PlayAudio", () -> functions.call("POST", inCall + "/:playAudio", """
                {"text": "Your appointment is tomorrow at nine. Press one to confirm.",
                 "stopOnTones": ["tone1"], "operationContext": "prompt"}"""));
        step(functions, "media worker: play", () -> drained(functions, "MediaWorkerFunction"));
        String play = farSide.last(MediaCommand.Play.class).operationId();
        step(
                functions,
                "media events: key pressed, play stopped by it, in one batch",
                () -> happens(
                        functions,
                        new MediaEvent.PlayStarted(play),
                        new MediaEvent.TonePressed(participant, Tone.TONE1),
                        new MediaEvent.PlayEnded(play, MediaEvent.PlayEnded.Outcome.COMPLETED, Tone.TONE1, 0, "")));
        step(functions, "delivery: key press and play result", () -> drained(functions, "DeliverCallbackFunction"));

        step(functions, "TerminateCall", () -> functions.call("POST", inCall + "/:terminate", "{}"));
        step(functions, "media worker: end the call", () -> drained(functions, "MediaWorkerFunction"));
        step(
                functions,
                "media events: leg ended, recording stopped, its file, in one batch",
                () -> happens(
                        functions,
                        new MediaEvent.LegEnded(
                                participant,
                                EndReason.HUNG_UP_BY_APPLICATION,
                                200,
                                "",
                                new LegStatistics(500, 500, 0, 1.0, 20.0)),
                        new MediaEvent.RecordingChanged(
                                recording[0], MediaEvent.RecordingChanged.Change.STOP, started, 9000, List.of()),
                        new MediaEvent.RecordingFile(
                                recording[0], true, recording[0] + ".wav", 9000, 144_044, 1, List.of(), "")));
        step(
                functions,
                "deliveries: terminating, terminated, recording, its file",
                () -> drained(functions, "DeliverCallbackFunction"));
        alone(functions, "GetCall", () -> functions.call("GET", inCall, ""));
        alone(
                functions,
                "GetRecording",
                () -> functions.call("GET", "/calling/serverCalls/" + call + "/recordings/" + recording[0], ""));
    }

    /** A caller comes in, and one subscription is asked about it. */
    private void takeCaller(MeteredFunctions functions, FarSide farSide) throws Exception {
        functions.subscribe(farSide.callbackUri());
        MediaEvent offer = new MediaEvent.CallOffered(
                Origin.Kind.INCOMING,
                Identifier.ofPhoneNumber("+15555550101"),
                null,
                Identifier.ofPhoneNumber("+15555550199"),
                "caller",
                null,
                Instant.now().plusSeconds(60));
        String incoming = new RandomIds().newServerCallId();
        alone(
                functions,
                "media event: a call comes in",
                () -> functions.report(new MediaReport(incoming, MeteredFunctions.GATEWAY, 1, Instant.now(), offer)));
        alone(functions, "delivery: IncomingCall", () -> drained(functions, "DeliverCallbackFunction"));
    }

    /** What costs something whether or not anybody calls. */
    private void inPassing(MeteredFunctions functions, FarSide farSide) throws Exception {
        alone(functions, "a poke that finds nothing to deliver", () -> {
            functions.pokeCallbacksOf(call, farSide.callbackUri());
            drained(functions, "DeliverCallbackFunction");
        });
        alone(functions, "Sweeper, nothing due, each minute", () -> functions.tick("SweeperFunction"));
        alone(
                functions,
                "GatewayWatch, one gateway in health, each minute",
                () -> functions.tick("GatewayWatchFunction"));
    }

    /** What it costs that a request may come again; without that it costs nothing. */
    private void repeat(MeteredFunctions functions, FarSide farSide) throws Exception {
        UUID createOnce = UUID.randomUUID();
        UUID hangUpOnce = UUID.randomUUID();
        String body = """
                {"targets": [{"phoneNumber": {"value": "+15555550101"}}],
                 "source": {"communicationUser": {"id": "8:acs:ringback_reminders"}},
                 "alternateCallerId": {"value": "+15555550199"},
                 "callbackUri": "%s", "requestedCallEvents": ["dtmfReceived"]}""".formatted(farSide.callbackUri());
        String[] connection = {""};
        alone(
                functions,
                "CreateCall that names itself",
                () -> connection[0] = functions
                        .call("/calling/callConnections", body, createOnce)
                        .path("callConnectionId")
                        .asText());
        alone(
                functions,
                "the same CreateCall again",
                () -> functions.call("/calling/callConnections", body, createOnce));
        String hangUp = "/calling/callConnections/" + connection[0] + "/:hangup";
        alone(functions, "HangUpCall that names itself", () -> functions.call(hangUp, "{}", hangUpOnce));
        alone(functions, "the same HangUpCall again", () -> functions.call(hangUp, "{}", hangUpOnce));
        alone(
                functions,
                "another HangUpCall that names itself and changes nothing",
                () -> functions.call(hangUp, "{}", UUID.randomUUID()));
    }

    /** A step that is part of the call. */
    private void step(MeteredFunctions functions, String what, Step step) throws Exception {
        functions.restart();
        step.run();
        Usage usage = functions.take();
        table.add(what, usage);
        wholeCall = wholeCall.plus(usage);
    }

    /** Something that is not part of the call. */
    private void alone(MeteredFunctions functions, String what, Step step) throws Exception {
        functions.restart();
        step.run();
        table.add(what, functions.take());
    }

    private static void drained(MeteredFunctions functions, String function) throws Exception {
        assertThat(functions.drain(function)).isPositive();
    }

    private void happens(MeteredFunctions functions, MediaEvent... events) throws Exception {
        MediaReport[] reports = new MediaReport[events.length];
        for (int i = 0; i < events.length; i++) {
            reports[i] = new MediaReport(call, MeteredFunctions.GATEWAY, ++lastNumber, Instant.now(), events[i]);
        }
        functions.report(reports);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("template.yaml"))) {
            folder = folder.resolveSibling(".").normalize();
        }
        return folder;
    }
}
