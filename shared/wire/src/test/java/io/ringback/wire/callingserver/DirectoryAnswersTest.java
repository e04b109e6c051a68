package io.ringback.wire.callingserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.CallState;
import io.ringback.core.call.Callback;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Origin;
import io.ringback.core.call.ResultInfo;
import io.ringback.core.call.Subscriber.Announcement;
import io.ringback.core.decision.Target;
import io.ringback.core.directory.Subscription;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.Cause;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Timelines;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectoryAnswersTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final URI ENDPOINT = URI.create("https://app.example.com/calls?tenant=7");
    private static final Identifier ADA = Identifier.ofPhoneNumber("+12025550101");
    private static final Identifier BOB = Identifier.ofUser("bob");
    private static final String ADA_JSON = "{'rawId':'4:+12025550101','phoneNumber':{'value':'+12025550101'}}";
    private static final String BOB_JSON =
            "{'rawId':'8:acs:ringback_bob','communicationUser':{'id':'8:acs:ringback_bob'}}";

    @Test
    void aSubscriptionIsToldAsItCanBeGiven() {
        Subscription subscription = new Subscription(
                "sub1",
                new Callback(ENDPOINT, Callback.EVENT_GRID),
                Set.of(Announcement.CALL_ENDED, Announcement.INCOMING_CALL),
                List.of(ADA, BOB),
                AT);
        String json = "{'subscriptionId':'sub1','endpoint':'https://app.example.com/calls?tenant=7','eventTypes':["
                + "'Microsoft.Communication.IncomingCall','Microsoft.Communication.CallEnded'],'to':['+12025550101',"
                + "'8:acs:ringback_bob'],'schema':'eventGrid','createdAt':'2026-11-22T10:00:00Z'}";

        assertThat(DirectoryAnswers.subscription(subscription)).isEqualTo(json(json));
        assertThat(DirectoryAnswers.subscriptions(List.of(subscription))).isEqualTo(json("[" + json + "]"));
        assertThat(DirectoryAnswers.subscriptions(List.of())).isEqualTo("[]");
    }

    @Test
    void thePasswordIsToldOnceOnly() {
        UserIdentity bob = new UserIdentity(BOB, "bob", "a1", "Bob B.", AT);
        String before = "{'identifier':" + BOB_JSON + ",'displayName':'Bob B.','createdAt':'2026-11-22T10:00:00Z',"
                + "'sip':{'username':'bob',";

        assertThat(DirectoryAnswers.newIdentity(bob, "ringback", "secret"))
                .isEqualTo(json(before + "'password':'secret','domain':'ringback'}}"));
        assertThat(DirectoryAnswers.identity(bob, "ringback")).isEqualTo(json(before + "'domain':'ringback'}}"));
        assertThat(DirectoryAnswers.identities(List.of(bob), "ringback", "bob"))
                .isEqualTo(json("{'identities':[" + before + "'domain':'ringback'}}]," + "'continuationToken':'bob'}"));
        assertThat(DirectoryAnswers.identities(List.of(), "ringback", null)).isEqualTo(json("{'identities':[]}"));
    }

    @Test
    void aCallIsALineOfTheLog() {
        CallLog.Summary call = new CallLog.Summary(
                "call1",
                CallState.TERMINATED,
                new Origin(Origin.Kind.PEER, ADA, List.of(BOB)),
                AT,
                null,
                AT.plusSeconds(9),
                ResultInfo.of(EndReason.BUSY, 486, "busy"),
                List.of("conn1"));

        assertThat(CallLogAnswers.calls(new CallLog.Answer.Page(List.of(call), "next")))
                .isEqualTo(
                        json("{'calls':[{'serverCallId':'call1','state':'terminated','kind':'peer','from':" + ADA_JSON
                                + ",'to':[" + BOB_JSON + "],'startedAt':'2026-11-22T10:00:00Z','endedAt':"
                                + "'2026-11-22T10:00:09Z','endReason':{'code':486,'subcode':560486,'reason':'busy',"
                                + "'sipStatus':486,'message':'busy'},'callConnectionIds':['conn1']}],"
                                + "'continuationToken':'next'}"));
    }

    @Test
    void aTimelineTellsCausesEffectsAndEveryAttempt() {
        Timelines.Answer.Page page = new Timelines.Answer.Page(
                List.of(
                        new Timelines.Happened(
                                1, new Cause(Cause.Kind.MEDIA_EVENT, "TonePressed", AT, Map.of("tone", "#"))),
                        new Timelines.ParticipantEnded(2, AT, "p1", ADA, null),
                        new Timelines.Sent(2, AT, Target.MEDIA, 4, "EndCall", "EndCall", null, Map.of(), List.of()),
                        new Timelines.Sent(
                                2,
                                AT,
                                Target.ofCallback(ENDPOINT),
                                7,
                                "ev1",
                                "Microsoft.Communication.CallEnded",
                                URI.create("https://app.example.com/calls"),
                                Map.of("durationMs", "9000"),
                                List.of(new Outbox.Attempt(7, AT, Outbox.Attempt.Outcome.FAILED, 503, "later")))),
                null);

        assertThat(CallLogAnswers.timeline(page))
                .isEqualTo(json("{'entries':[{'kind':'mediaEvent','version':1,'at':'2026-11-22T10:00:00Z',"
                        + "'name':'TonePressed','details':{'tone':'#'}},{'kind':'participantEnded','version':2,"
                        + "'at':'2026-11-22T10:00:00Z','participantId':'p1','identifier':" + ADA_JSON
                        + "},{'kind':'command','version':2,'at':'2026-11-22T10:00:00Z','type':'EndCall','sequence':4,"
                        + "'details':{},'attempts':[]},{'kind':'event','version':2,'at':'2026-11-22T10:00:00Z',"
                        + "'id':'ev1','type':'Microsoft.Communication.CallEnded','sequence':7,"
                        + "'destination':'https://app.example.com/calls','details':{'durationMs':'9000'},'attempts':"
                        + "[{'at':'2026-11-22T10:00:00Z','outcome':'failed','status':503,'detail':'later'}]}]}"));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
