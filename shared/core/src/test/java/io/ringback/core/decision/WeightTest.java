package io.ringback.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.Samples;
import io.ringback.core.TestIds;
import io.ringback.core.call.Callback;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaEvent;
import io.ringback.core.media.MediaEvent.LegConnected;
import io.ringback.core.media.MediaReport;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A call takes texts up to a bound in bytes, so that its item fits, whatever they are made of. */
class WeightTest {
    private final TestIds ids = new TestIds();
    private final ServerCall call = established();
    private final CallCommand play = Samples.play(call.connections().get(0).callConnectionId());

    @Test
    void aCallTakesTextsUpToTheBoundAndNotAByteMore() {
        long light = Weight.of(((Decision.Accepted) decide(call, play)).next());

        assertThat(decide(heavierBy(Limits.WEIGHT - light), play)).isInstanceOf(Decision.Accepted.class);
        assertThat(decide(heavierBy(Limits.WEIGHT - light + 1), play))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OPERATION_NOT_ALLOWED));
    }

    @Test
    void bytesCountAndNotLetters() {
        ServerCall ascii = withSubscriber("https://a.example/eee");
        ServerCall greek = withSubscriber("https://a.example/εεε");

        assertThat(Weight.of(greek) - Weight.of(ascii)).isEqualTo(3);
    }

    @Test
    void whateverBringsNothingIsTakenOfTheHeaviestCall() {
        ServerCall heavy = heavierBy(2 * Limits.WEIGHT);
        String connection = heavy.connections().get(0).callConnectionId();

        assertThat(decide(heavy, new CallCommand.HangUp(connection))).isInstanceOf(Decision.Accepted.class);
        assertThat(decide(heavy, new CallCommand.Terminate(connection))).isInstanceOf(Decision.Accepted.class);
        assertThat(decide(heavy, new CallCommand.LoseGateway(Samples.GATEWAY))).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void aCallThatWouldBeginTooHeavyDoesNotBegin() {
        CallCommand.CreateCall light = Samples.createCall(1);
        CallCommand.CreateCall heavy = new CallCommand.CreateCall(
                light.gateway(),
                List.of(subscriber("https://a.example/" + "x".repeat((int) Limits.WEIGHT))),
                light.targets(),
                light.source(),
                light.alternateCallerId(),
                light.callerId(),
                light.callback(),
                light.subject(),
                light.requestedEvents(),
                light.ringTimeout(),
                light.operationContext());

        assertThat(CallRules.create(heavy, Samples.NOW, ids)).isInstanceOf(Decision.Rejected.class);
    }

    private Decision decide(ServerCall before, CallCommand command) {
        return CallRules.decide(before, command, Samples.NOW, ids);
    }

    private ServerCall established() {
        ServerCall created = ((Decision.Accepted) CallRules.create(Samples.createCall(1), Samples.NOW, ids)).next();
        MediaEvent answered = new LegConnected(created.participants().get(0).participantId());
        return CallRules.apply(
                        created,
                        List.of(new MediaReport(created.serverCallId(), Samples.GATEWAY, 1, Samples.NOW, answered)),
                        Samples.NOW,
                        ids)
                .next();
    }

    private ServerCall heavierBy(long bytes) {
        String start = "https://a.example/";
        return withSubscriber(start + "x".repeat((int) bytes - start.length()));
    }

    private ServerCall withSubscriber(String uri) {
        return call.withSubscribers(List.of(subscriber(uri)));
    }

    private static Subscriber subscriber(String uri) {
        return new Subscriber("subscription", new Callback(URI.create(uri), "2021-06-15-preview"), Set.of());
    }
}
