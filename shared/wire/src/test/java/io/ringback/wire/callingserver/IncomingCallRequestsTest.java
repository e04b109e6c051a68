package io.ringback.wire.callingserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.Identifier;
import io.ringback.core.command.CallCommand.RejectCall.Reason;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is accepted of a decision about a call that came in, member by member. */
class IncomingCallRequestsTest {
    private static final String ANSWER =
            "{'incomingCallContext':'ctx-1','callbackUri':'https://app.example.com/e','requestedMediaTypes':['audio'],"
                    + "'requestedCallEvents':['dtmfReceived'],'operationContext':'menu','unknown':1}";

    @Test
    void anAnswerIsReadWhole() {
        assertThat(AnswerCallRequest.read(body(ANSWER), OutboundPolicy.PUBLIC))
                .isEqualTo(new AnswerCallRequest(
                        "ctx-1",
                        URI.create("https://app.example.com/e"),
                        Set.of(RequestedEvent.DTMF_RECEIVED),
                        "menu"));
        assertThat(AnswerCallRequest.read(
                        body("{'incomingCallContext':'c','callbackUri':'https://a.example/'}"), OutboundPolicy.PUBLIC))
                .isEqualTo(new AnswerCallRequest("c", URI.create("https://a.example/"), Set.of(), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'incomingCallContext'       | 'context'         | incomingCallContext    | is missing",
                "'ctx-1'                     | 7                 | incomingCallContext    | is 7; a text is accepted",
                "'ctx-1'                     | ' '               | incomingCallContext    | is missing",
                "'callbackUri'               | 'callback'        | callbackUri            | is missing",
                "https://app                 | ftp://app         | callbackUri            | must begin with https://",
                "['audio']                   | ['audio','video'] | requestedMediaTypes[1] | audio only",
                "['dtmfReceived']            | ['everything']    | requestedCallEvents[0] | accepted: participants",
                "['dtmfReceived']            | 'dtmfReceived'    | requestedCallEvents    | an array is accepted",
                "'menu'                      | ['menu']          | operationContext       | a text is accepted"
            })
    void aMalformedAnswerIsRefused(String part, String instead, String target, String message) {
        assertRefused(ANSWER.replace(part, instead), target, message, IncomingCallRequestsTest::answer);
    }

    @Test
    void aContextThatIsTooLongIsNotLookedAt() {
        assertRefused(
                ANSWER.replace("ctx-1", "c".repeat(1025)),
                "incomingCallContext",
                "at most 1024 are accepted",
                IncomingCallRequestsTest::answer);
    }

    @ParameterizedTest
    @CsvSource({"none,NONE", "busy,BUSY", "forbidden,FORBIDDEN"})
    void aRejectionHasAReason(String name, Reason reason) {
        assertThat(RejectCallRequest.read(body("{'incomingCallContext':'c','callRejectReason':'" + name + "'}")))
                .isEqualTo(new RejectCallRequest("c", reason));
    }

    @Test
    void aRejectionNeedsNoReason() {
        assertThat(RejectCallRequest.read(body("{'incomingCallContext':'c'}")))
                .isEqualTo(new RejectCallRequest("c", Reason.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'callRejectReason':'busy'}                           | incomingCallContext | is missing",
                "{'incomingCallContext':'c','callRejectReason':'Busy'} | callRejectReason | accepted: none, busy, forb",
                "{'incomingCallContext':'c','callRejectReason':486}    | callRejectReason | a text is accepted"
            })
    void aMalformedRejectionIsRefused(String json, String target, String message) {
        assertRefused(json, target, message, RejectCallRequest::read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'phoneNumber':{'value':'+12025550102'}}            | 4:+12025550102",
                "{'communicationUser':{'id':'8:acs:ringback_anna'}}  | 8:acs:ringback_anna",
                "{'rawId':'sip:desk@pbx.example.com'}                | sip:desk@pbx.example.com"
            })
    void aRedirectionNamesAnybody(String target, String rawId) {
        assertThat(RedirectCallRequest.read(body("{'incomingCallContext':'c','target':" + target + "}")))
                .isEqualTo(new RedirectCallRequest("c", new Identifier(rawId)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'target':{'rawId':'8:acs:a_b'}}                                    | incomingCallContext | is missing",
                "{'incomingCallContext':'c'}                                         | target | is missing",
                "{'incomingCallContext':'c','target':'+12025550102'}                 | target | an object is accepted",
                "{'incomingCallContext':'c','target':{}}                             | target | names nobody",
                "{'incomingCallContext':'c','target':{'phoneNumber':{'value':'1'}}}  | target.phoneNumber.value | E.164"
            })
    void aMalformedRedirectionIsRefused(String json, String target, String message) {
        assertRefused(json, target, message, RedirectCallRequest::read);
    }

    @FunctionalInterface
    private interface Reader {
        Object read(JsonBody json);
    }

    private static void assertRefused(String json, String target, String message, Reader reader) {
        MalformedRequest refusal = Objects.requireNonNull(
                catchThrowableOfType(MalformedRequest.class, () -> reader.read(body(json))), "nothing was refused");
        assertThat(refusal.target()).isEqualTo(target);
        assertThat(refusal.reason()).startsWith(target).contains(message);
    }

    private static AnswerCallRequest answer(JsonBody json) {
        return AnswerCallRequest.read(json, OutboundPolicy.PUBLIC);
    }

    private static JsonBody body(String json) {
        return JsonBody.parse(json.replace('\'', '"').getBytes(UTF_8));
    }
}
