package io.ringback.wire.callingserver;

import static io.ringback.wire.callingserver.Reading.body;
import static io.ringback.wire.callingserver.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Connection.RequestedEvent;
import io.ringback.core.call.Identifier;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CreateCall accepts, and how the rest is refused: the message names place and accepted values. */
class CreateCallRequestTest {
    private static final String CREATE = "{'targets':[{'phoneNumber':{'value':'+12025550101'}}],"
            + "'source':{'communicationUser':{'id':'8:acs:res_bob'}},'alternateCallerId':{'value':'+12025550100'},"
            + "'callbackUri':'https://app.example.com/events?x=1'}";

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
                "{'phoneNumber':{'value':'+12025550101'}}   | {'rawId':'4:+12025550101'},{'rawId':'sip:a@b.example'},"
                        + "{'phoneNumber':{'value':'+12025550101'}} | targets[2] | same party as targets[0]",
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

    private static CreateCallRequest create(String json) {
        return CreateCallRequest.read(body(json), OutboundPolicy.PUBLIC);
    }
}
