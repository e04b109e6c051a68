package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sip.UdpPeer.Message;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom we refuse, with which status, and before anybody is asked where that is known. */
class RefusedCallerIT extends FromTrunk {
    RefusedCallerIT() throws IOException {}

    @ParameterizedTest
    @CsvSource({"486,BUSY", "403,DECLINED", "480,NO_ANSWER"})
    void aRefusalSaysItsStatus(int status, EndReason reason) throws Exception {
        send(invite());
        begin().refuse(status, reason);
        Message refusal = trunk.expect("SIP/2.0 " + status);

        listener.await("ended " + reason + " " + status);
        send(Ask.of("ACK", trunk).within(refusal).branch("INVITE"));
    }

    @Test
    void anOfferThatNobodyTakesOnIsRefused() throws Exception {
        send(invite());
        CALLS.next().refuse(404);

        trunk.expect("SIP/2.0 404");
    }

    @ParameterizedTest
    @CsvSource({"Require: warp,420", "Session-Expires: 1,422", "Content-Type: text/plain,415"})
    void whatWeCannotServeIsRefusedBeforeAnybodyIsAsked(String header, int status) throws Exception {
        String text = header.startsWith("Content-Type")
                ? invite().text().replace("application/sdp", "text/plain")
                : invite().with(header).text();
        trunk.send(text, endpoint.advertised());
        Message refusal = trunk.expect("SIP/2.0 " + status);

        assertThat(refusal.header("Unsupported") + refusal.header("Min-SE") + refusal.header("Accept"))
                .isIn("warp", "2", "application/sdp");
        assertThat(CALLS.none()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"RTP/AVP 18", "RTP/SAVP 0"})
    void mediaThatAreNoneOfOursGet488(String line) throws Exception {
        send(invite().body(UdpPeer.SDP.replace("RTP/AVP 0", line)));

        trunk.expect("SIP/2.0 488");
        assertThat(CALLS.none()).isTrue();
    }

    @Test
    void aDescriptionThatCannotBeReadGets488AndAMissingContact400() throws Exception {
        send(invite().body("v=0\r\nm=audio\r\n").callId("a"));
        trunk.expect("SIP/2.0 488");
        send(invite().contact("").callId("b"));
        trunk.expect("SIP/2.0 400");
        send(invite().contact("<tel:+15550100>").callId("c"));
        trunk.expect("SIP/2.0 400");

        assertThat(CALLS.none()).isTrue();
    }

    @Test
    void callsBeyondTheLimitAreSentElsewhere() throws Exception {
        for (String id : List.of("a", "b", "c")) {
            send(invite().callId(id));
            trunk.expect("SIP/2.0 100");
        }
        send(invite().callId("d"));
        assertThat(trunk.expect("SIP/2.0 503").header("Retry-After")).isEqualTo("5");
        for (int i = 0; i < 3; i++) {
            CALLS.next().refuse(480);
            trunk.expect("SIP/2.0 480");
        }
        send(invite().callId("e"));
        CALLS.next().refuse(480);
    }

    @Test
    void aUserIsNobodyWhereNobodyCanRegisterThoughATrunkSaysSo() throws Exception {
        try (UdpPeer stranger = new UdpPeer()) {
            Ask invite =
                    Ask.of("INVITE", stranger).from("<sip:ann@ringback>;tag=a").body(UdpPeer.SDP);
            stranger.send(invite.text(), endpoint.advertised());
            stranger.expect("SIP/2.0 403");
        }
        assertThat(CALLS.none()).isTrue();
    }

    @Test
    void aDecisionThatFailsIsA503() throws Exception {
        endpoint.open(offer -> {
            throw new IllegalStateException("from the handler, as this test wants it");
        });
        send(invite());

        assertThat(trunk.expect("SIP/2.0 503").header("Retry-After")).isEqualTo("5");
    }
}
