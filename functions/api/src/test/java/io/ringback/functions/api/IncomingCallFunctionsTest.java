package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Identifier;
import io.ringback.core.call.Incoming.Decided;
import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.media.MediaCommand;
import io.ringback.wire.access.AccessKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AnswerCall, RejectCall, RedirectCall. */
class IncomingCallFunctionsTest {
    private static final Identifier STRANGER = Identifier.ofPhoneNumber("+12025550101");
    /** On the operator's list of own numbers. */
    private static final Identifier OWN = Identifier.ofPhoneNumber("+12025550191");

    @TempDir
    Path folder;

    private ApiBench bench;

    @BeforeEach
    void start() {
        bench = ApiBench.inMemory(folder);
    }

    @Test
    void whoAnswersHasAConnection() {
        ServerCall call = OfferedCall.from(bench, STRANGER);

        Reply reply = bench.invoke("answer-call/ok-while-it-rings");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/serverCallId")).isEqualTo(call.serverCallId());
        bench.events.set(Events.CONNECTION, reply.at("/callConnectionId"));
        assertThat(bench.invoke("get-call/ok").at("/callConnectionState")).isEqualTo("establishing");
        assertThat(ordered()).isInstanceOf(MediaCommand.AnswerLeg.class);
    }

    @ParameterizedTest
    @CsvSource({"no-reason, 480", "ok-while-it-rings, 486", "forbidden, 403"})
    void theCallerIsRefusedByTheReason(String sample, int sipStatus) {
        OfferedCall.from(bench, STRANGER);

        Reply reply = bench.invoke("reject-call/" + sample);

        assertThat(reply.status()).isEqualTo(204);
        assertThat(((MediaCommand.RejectLeg) ordered()).sipStatus()).isEqualTo(sipStatus);
    }

    @ParameterizedTest
    @CsvSource({
        "ok-while-it-rings, 4:+12025550102",
        "to-a-user, 8:acs:ringback_anna",
        "to-a-sip-address, sip:desk@pbx.example.com"
    })
    void theCallerIsSentOn(String sample, String target) {
        ServerCall call = OfferedCall.from(bench, STRANGER);

        Reply reply = bench.invoke("redirect-call/" + sample);

        assertThat(reply.status()).isEqualTo(204);
        MediaCommand.DialLeg dial = (MediaCommand.DialLeg) ordered();
        assertThat(dial.target()).isEqualTo(new Identifier(target));
        assertThat(Objects.requireNonNull(dial.coupling()).participantId())
                .isEqualTo(call.participants().get(0).participantId());
        assertThat(bench.call(call.serverCallId()).connections()).isEmpty();
    }

    @Test
    void aRedirectedCallShowsTheCallersNumberWhereTheOperatorAllowsIt() {
        OfferedCall.from(bench, OWN);
        bench.succeed("redirect-call/ok-while-it-rings");

        assertThat(((MediaCommand.DialLeg) ordered()).callerId()).isEqualTo("+12025550191");
    }

    @Test
    void aRedirectedCallElseShowsTheTrunksOwnNumber() {
        OfferedCall.from(bench, STRANGER);
        bench.succeed("redirect-call/ok-while-it-rings");

        assertThat(((MediaCommand.DialLeg) ordered()).callerId()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "answer-call/malformed-json,    400, 8523, ''",
        "answer-call/no-context,        400, 8523, incomingCallContext",
        "answer-call/garbled-context,   400, 8523, incomingCallContext",
        "answer-call/no-callback,       400, 8523, callbackUri",
        "answer-call/video,             400, 8523, requestedMediaTypes[0]",
        "answer-call/unknown-event,     400, 8523, requestedCallEvents[0]",
        "reject-call/malformed-json,    400, 8523, ''",
        "reject-call/no-context,        400, 8523, incomingCallContext",
        "reject-call/garbled-context,   400, 8523, incomingCallContext",
        "reject-call/unknown-reason,    400, 8523, callRejectReason",
        "redirect-call/malformed-json,  400, 8523, ''",
        "redirect-call/no-context,      400, 8523, incomingCallContext",
        "redirect-call/garbled-context, 400, 8523, incomingCallContext",
        "redirect-call/no-target,       400, 8523, target",
        "redirect-call/not-a-number,    400, 8523, target.phoneNumber.value",
        "redirect-call/forbidden-number, 403, 10300, target",
        "redirect-call/forbidden-host,  403, 10300, target"
    })
    void whatIsRefusedLetsTheCallerRingOn(String sample, int status, String code, String target) {
        ServerCall call = OfferedCall.from(bench, STRANGER);

        Reply reply = bench.invoke(sample);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.target().orElse("")).isEqualTo(target);
        assertThat(bench.pokes.take()).isEmpty();
        assertThat(Objects.requireNonNull(bench.call(call.serverCallId()).incoming())
                        .decided())
                .isEqualTo(Decided.NOT_YET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer-call", "reject-call", "redirect-call"})
    void aContextDiesWithItsKey(String operation) {
        OfferedCall.from(bench, STRANGER);
        bench.rotate(new AccessKeys(List.of("bmV4dA==")));
        String event = bench.events.read(operation + "/ok-while-it-rings").replace(ApiBench.KEY, "bmV4dA==");

        Reply reply = bench.invokeWith(operation, event);

        assertThat(reply.code()).isEqualTo("8523");
        assertThat(reply.target()).contains("incomingCallContext");
        assertThat(reply.message()).contains("was not made here, or was changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer-call", "reject-call", "redirect-call"})
    void aCallThatIsForgottenIsNoLongerRinging(String operation) {
        bench.events.set(
                Events.CONTEXT,
                bench.context(
                        "forgotten0forgotten0",
                        "subscription",
                        bench.clock.instant().plusSeconds(60)));

        Reply reply = bench.invoke(operation + "/ok-while-it-rings");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("8501");
        assertThat(reply.message()).isEqualTo("the call is no longer ringing");
    }

    @Test
    void onlyTheFirstDecisionCounts() {
        OfferedCall.from(bench, STRANGER);
        bench.succeed("reject-call/ok-while-it-rings");

        Reply reply = bench.invoke("answer-call/ok-while-it-rings");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.target()).contains("incomingCallContext");
        assertThat(reply.message()).contains("the first decision counts");
    }

    /** The last order to the media gateway. */
    private MediaCommand ordered() {
        List<Effect> effects =
                bench.calls.commits().get(bench.calls.commits().size() - 1).effects();
        return effects.stream()
                .filter(Effect.Command.class::isInstance)
                .map(effect -> ((Effect.Command) effect).command())
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
