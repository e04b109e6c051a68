package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a caller and we agree on: late offers, hold, and for how long without a refresh. */
class CallerSessionIT extends FromTrunk {
    CallerSessionIT() throws IOException {}

    @Test
    void aLateOfferIsOursAndTheAckAnswersIt() throws Exception {
        Ask invite = invite().body("");
        send(invite);
        begin().answer();
        Message ok = trunk.expect("SIP/2.0 200");
        assertThat(ok.text()).contains("m=audio 30000 RTP/AVP 0 8 101");
        assertThat(listener.events()).isEmpty();
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok).body(UdpPeer.SDP));
        listener.await("connected");

        assertThat(listener.events()).containsExactly("media", "connected");
        bye(ok);
    }

    @Test
    void aLateOfferThatIsNotAnsweredEndsTheCall() throws Exception {
        Ask invite = invite().body("");
        send(invite);
        begin().answer();
        Message ok = trunk.expect("SIP/2.0 200");
        send(Ask.of("ACK", trunk).ofInvite(invite).within(ok));
        trunk.answer(trunk.expect("BYE"), "200 OK", "", "");

        listener.await("ended UNREACHABLE");
    }

    @Test
    void theCallerMayRefreshTheSessionOrLeaveItToUs() throws Exception {
        Ask invite = invite().with("Supported: timer", "Session-Expires: 4;refresher=uas", "Allow: UPDATE");
        Message ok = connect(invite);
        assertThat(ok.header("Session-Expires")).isEqualTo("4;refresher=uas");
        Message update = trunk.expect("UPDATE");
        assertThat(update.header("Session-Expires")).contains("refresher=uac");
        trunk.answer(update, "200 OK", "", "", "Session-Expires: 1800;refresher=uac");

        bye(ok);
    }

    @Test
    void aSessionThatTheCallerDoesNotRefreshExpires() throws Exception {
        Message ok = connect(invite().with("Supported: timer", "Session-Expires: 2;refresher=uac"));
        assertThat(ok.header("Require")).isEqualTo("timer");
        trunk.answer(trunk.expect("BYE"), "200 OK", "", "");

        listener.await("ended MEDIA_LOST");
    }

    @Test
    void aPhoneThatHoldsIsVisibleInBothDirections() throws Exception {
        Message ok = connect(invite());
        int cseq = 2;
        for (String direction : List.of("sendonly", "inactive", "sendrecv")) {
            Ask again = Ask.of("INVITE", trunk).cseq(cseq).within(ok).body(UdpPeer.SDP + "a=" + direction + "\r\n");
            send(again);
            Message answer = trunk.expect("SIP/2.0 200");
            send(Ask.of("ACK", trunk).cseq(cseq).within(answer));
            cseq++;
        }

        bye(ok);
        assertThat(listener.media()).extracting(NegotiatedMedia::weSend).containsExactly(true, false, false, true);
        assertThat(listener.media()).extracting(NegotiatedMedia::weReceive).containsExactly(true, true, false, true);
    }
}
