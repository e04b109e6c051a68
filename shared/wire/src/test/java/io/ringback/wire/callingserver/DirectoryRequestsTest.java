package io.ringback.wire.callingserver;

import static io.ringback.wire.callingserver.Reading.body;
import static io.ringback.wire.callingserver.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.port.CallLog;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is accepted about subscriptions, identities and pages, member by member. */
class DirectoryRequestsTest {
    private static final String SUBSCRIBE =
            "{'endpoint':'https://app.example.com/calls','eventTypes':['Microsoft.Communication.IncomingCall'],"
                    + "'to':['+12025550190','8:acs:ringback_anna'],'schema':'eventGrid'}";

    @Test
    void aSubscriptionIsReadWhole() {
        assertThat(subscribe(SUBSCRIBE))
                .isEqualTo(new CreateEventSubscriptionRequest(
                        URI.create("https://app.example.com/calls"),
                        Set.of(Announcement.INCOMING_CALL),
                        List.of(Identifier.ofPhoneNumber("+12025550190"), Identifier.ofUser("anna")),
                        Envelope.EVENT_GRID));
    }

    @Test
    void aShortSubscriptionIsAboutEverything() {
        assertThat(subscribe("{'endpoint':'https://a.example/'}"))
                .isEqualTo(new CreateEventSubscriptionRequest(
                        URI.create("https://a.example/"),
                        Set.of(Announcement.values()),
                        List.of(),
                        Envelope.CLOUD_EVENTS));
    }

    @ParameterizedTest
    @CsvSource({
        "IncomingCall,INCOMING_CALL",
        "CallStarted,CALL_STARTED",
        "CallEnded,CALL_ENDED",
        "CallParticipantAdded,CALL_PARTICIPANT_ADDED",
        "CallParticipantRemoved,CALL_PARTICIPANT_REMOVED"
    })
    void eachAnnouncementHasItsType(String type, Announcement announcement) {
        assertThat(subscribe(SUBSCRIBE.replace("IncomingCall", type)).announcements())
                .containsExactly(announcement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'endpoint'             | 'callbackUri'          | endpoint      | is missing",
                "https://app            | http://app             | endpoint      | must begin with https://",
                "'https://app.example.com/calls' | {}            | endpoint      | a text is accepted",
                "Communication.Incoming | Communication.Upcoming | eventTypes[0] | Communication.IncomingCall, Micro",
                "Communication.IncomingCall | Communication.PlayAudioResult | eventTypes[0] | accepted are",
                "['Microsoft.Communication.IncomingCall'] | []   | eventTypes    | is empty",
                "['Microsoft.Communication.IncomingCall'] | 'x'  | eventTypes    | an array is accepted",
                "'+12025550190'         | '202-555-0190'         | to[0]         | of no known form",
                "'+12025550190'         | '+1'                   | to[0]         | E.164",
                "'8:acs:ringback_anna'  | '8:acs:'               | to[1]         | of no known form",
                "'8:acs:ringback_anna'  | 'sip:anna@ringback'    | to[1]         | is a SIP address",
                "'+12025550190'         | 12025550190            | to[0]         | a text is accepted",
                "'eventGrid'            | 'xml'                  | schema        | accepted: cloudEvents, eventGrid"
            })
    void aMalformedSubscriptionIsRefused(String part, String instead, String target, String message) {
        MalformedRequest refusal = refusal(() -> subscribe(SUBSCRIBE.replace(part, instead)));

        assertThat(refusal.target()).isEqualTo(target);
        assertThat(refusal.reason()).startsWith(target).contains(message);
    }

    @Test
    void aSubscriptionIsBounded() {
        String longest = "https://app.example.com/" + "x".repeat(488);
        String numbers = "'+12025550190',".repeat(50) + "'+12025550190'";

        assertThat(subscribe("{'endpoint':'" + longest + "'}").endpoint()).isEqualTo(URI.create(longest));
        assertThat(refusal(() -> subscribe("{'endpoint':'" + longest + "x'}")).reason())
                .isEqualTo("endpoint has 513 bytes in UTF-8; at most 512 are accepted");
        assertThat(refusal(() -> subscribe("{'endpoint':'https://a.example/','to':[" + numbers + "]}"))
                        .reason())
                .isEqualTo("to has 51 elements; at most 50 are accepted");
    }

    @Test
    void anIdentityMayHaveAName() {
        assertThat(CreateIdentityRequest.read(body("{'displayName':'Anna'}")).displayName())
                .isEqualTo("Anna");
        assertThat(CreateIdentityRequest.read(body("{}")).displayName()).isNull();
        assertThat(refusal(() -> CreateIdentityRequest.read(body("{'displayName':'" + "x".repeat(129) + "'}")))
                        .reason())
                .isEqualTo("displayName has 129 bytes in UTF-8; at most 128 are accepted");
    }

    @Test
    void aPageHasItsMostWhereNothingIsAsked() {
        assertThat(PageQuery.read(query(Map.of()), 100)).isEqualTo(new PageQuery(100, null));
        assertThat(PageQuery.read(query(Map.of("top", "7", "continuationToken", "t")), 100))
                .isEqualTo(new PageQuery(7, "t"));
    }

    @Test
    void theCallLogIsAskedByTimeStateAndNumber() {
        assertThat(PageQuery.calls(query(Map.of(
                        "from", "2026-11-22T10:00:00Z",
                        "to", "2026-11-22T12:00:00+01:00",
                        "state", "established",
                        "phoneNumber", "+12025550101",
                        "top", "2"))))
                .isEqualTo(new CallLog.Question(
                        Instant.parse("2026-11-22T10:00:00Z"),
                        Instant.parse("2026-11-22T11:00:00Z"),
                        CallState.ESTABLISHED,
                        "+12025550101",
                        2,
                        null));
        assertThat(PageQuery.calls(query(Map.of())))
                .isEqualTo(new CallLog.Question(null, null, null, null, CallLog.MOST, null));
    }

    @ParameterizedTest
    @CsvSource({
        "top,0,from 1 to 100",
        "top,101,from 1 to 100",
        "top,-1,from 1 to 100",
        "top,many,from 1 to 100",
        "top,99999999999,from 1 to 100",
        "top,'',from 1 to 100",
        "from,yesterday,like 2026-11-22T10:00:00Z",
        "to,2026-11-22,like 2026-11-22T10:00:00Z",
        "from,+1000000000-12-31T23:59:59Z,like 2026-11-22T10:00:00Z",
        "to,-1000000000-01-01T00:00:00Z,like 2026-11-22T10:00:00Z",
        "state,Established,'accepted: establishing, established'",
        "phoneNumber,12025550101,E.164"
    })
    void aMalformedQueryIsRefused(String name, String value, String message) {
        MalformedRequest refusal = refusal(() -> PageQuery.calls(query(Map.of(name, value))));

        assertThat(refusal.target()).isEqualTo(name);
        assertThat(refusal.reason()).startsWith(name).contains(message);
    }

    @Test
    void aTokenIsBounded() {
        assertThat(refusal(() -> PageQuery.read(query(Map.of("continuationToken", "t".repeat(1025))), 100))
                        .target())
                .isEqualTo("continuationToken");
    }

    private static Function<String, Optional<String>> query(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        return name -> Optional.ofNullable(all.get(name));
    }

    private static CreateEventSubscriptionRequest subscribe(String json) {
        return CreateEventSubscriptionRequest.read(body(json), OutboundPolicy.PUBLIC);
    }
}
