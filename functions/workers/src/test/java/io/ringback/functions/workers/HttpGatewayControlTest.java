package io.ringback.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.functions.workers.GatewayControl.Reply;
import io.ringback.wire.gateway.CommandEnvelope;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpGatewayControlTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String CALL = "call-000000000000001";
    private static final CommandEnvelope COMMAND = new CommandEnvelope(
            CALL,
            FakeGateway.LIFE,
            7,
            new MediaCommand.EndCall(List.of("p1"), EndReason.HUNG_UP_BY_APPLICATION, NOON.plusSeconds(30)));

    private final MockWebServer server = new MockWebServer();
    private final RotatingToken token = new RotatingToken();
    private final HttpGatewayControl control = new HttpGatewayControl(token);

    /** A token that was replaced since it was last read. */
    private static final class RotatingToken implements ControlToken {
        private int reads;

        @Override
        public String current() {
            return "old";
        }

        @Override
        public String fresh() {
            reads++;
            return "new";
        }
    }

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCommandIsPutToItsPathWithTheToken() throws InterruptedException {
        answer(200, "{\"status\":\"accepted\"}");

        assertThat(control.send(gateway(), COMMAND)).isEqualTo(new Reply.Accepted());
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("PUT");
        assertThat(request.getTarget()).isEqualTo("/calls/" + CALL);
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer old");
        assertThat(token.reads).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429})
    void aTokenThatIsRefusedIsReadAnewAndTriedOnceMore(int status) throws InterruptedException {
        answer(status, "{}");
        answer(200, "{}");

        assertThat(control.send(gateway(), COMMAND)).isEqualTo(new Reply.Accepted());
        server.takeRequest();
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer new");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429})
    void aTokenThatStaysRefusedIsNoReasonToDropTheCommand(int status) {
        answer(status, "{}");
        answer(status, "no");

        assertThat(control.send(gateway(), COMMAND)).isEqualTo(new Reply.Unavailable(status, "no"));
    }

    @Test
    void onlyItsOwnConflictIsAnEpochMismatch() {
        answer(409, "{\"error\":{\"code\":\"epochMismatch\"}}");
        answer(409, "{\"error\":{\"code\":\"other\"}}");

        assertThat(control.send(gateway(), COMMAND)).isEqualTo(new Reply.EpochMismatch());
        assertThat(control.send(gateway(), COMMAND)).isInstanceOf(Reply.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 500, 503})
    void theRestIsForAnotherTime(int status) {
        answer(status, "x".repeat(1000));

        assertThat(control.send(gateway(), COMMAND)).isEqualTo(new Reply.Unavailable(status, "x".repeat(200)));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aGatewayThatTakesMoreThanTwoSecondsIsNotThere() {
        server.enqueue(
                new MockResponse.Builder().headersDelay(20, TimeUnit.SECONDS).build());

        assertThat(control.send(gateway(), COMMAND)).isInstanceOf(Reply.Unavailable.class);
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() {
        answer(200, "x".repeat((4 << 20) + 1));

        assertThat(control.events(gateway(), CALL, 0)).isEmpty();
    }

    @Test
    void eventsThatAreNoneAreAsGoodAsNoAnswer() throws InterruptedException {
        answer(200, "{\"events\":[{}]}");
        answer(404, "{}");

        assertThat(control.events(gateway(), CALL, 41)).isEmpty();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/calls/" + CALL + "/events?after=41");
        assertThat(control.events(gateway(), CALL, 41)).isEmpty();
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private Gateway gateway() {
        return new Gateway(FakeGateway.LIFE, server.url("/").uri(), 0, 1, false, false, NOON);
    }
}
