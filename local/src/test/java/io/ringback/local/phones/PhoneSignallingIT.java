package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The phones' signalling, called by hand over UDP. */
class PhoneSignallingIT {
    private static PhoneNetwork network;
    private static int legs;

    /** One network for all tests: JAIN-SIP takes a second to stop. */
    @BeforeAll
    static void start() throws IOException {
        network = PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.CLEAN));
    }

    @AfterAll
    static void close() throws IOException {
        network.close();
    }

    private static RawCaller caller(String lastDigits) throws IOException {
        return new RawCaller(network, "+155501001" + lastDigits, "leg-" + ++legs);
    }

    private static CallTrace trace(RawCaller caller) {
        return network.call(caller.legId()).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"10, 486", "12, 603", "13, 480", "14, 404", "99, 404", "19, 404"})
    void refusesAsItsNumberSays(String lastDigits, int status) throws IOException {
        try (RawCaller caller = caller(lastDigits)) {
            caller.invite(caller.offer("0 101"));
            caller.await(status);
            await().untilAsserted(() -> assertThat(trace(caller).first(PhoneEvent.Kind.REJECTED))
                    .hasValueSatisfying(event -> assertThat(event.detail()).isEqualTo(String.valueOf(status))));
        }
    }

    @Test
    void ringsBeforeItAnswersWithTheChosenCodecAndEvent() throws IOException {
        try (RawCaller caller = caller("00")) {
            caller.invite(caller.offer("8 0 101"));
            caller.await(180);
            String answer = caller.await(200);
            assertThat(answer).contains("RTP/AVP 8 101\r\n", "a=rtpmap:101 telephone-event/8000", "a=sendrecv");
        }
    }

    @Test
    void countsInvitesByLegAndIgnoresRetransmissions() throws IOException {
        try (RawCaller caller = caller("10")) {
            caller.invite(caller.offer("0"));
            caller.invite(caller.offer("0"));
            caller.await(486);
            assertThat(network.invitesByLeg()).containsEntry(caller.legId(), 1);
        }
    }

    @Test
    void repeatsTheAnswerUntilItIsAcknowledged() throws IOException {
        try (RawCaller caller = caller("00")) {
            caller.invite(caller.offer("0 101"));
            caller.await(200);
            caller.await(200);
            caller.ack("");
            await().untilAsserted(() ->
                    assertThat(trace(caller).first(PhoneEvent.Kind.CONFIRMED)).isPresent());
        }
    }

    @Test
    void aCancelWhileItRingsEndsTheInviteWith487() throws IOException {
        try (RawCaller caller = caller("11")) {
            caller.invite(caller.offer("0"));
            caller.await(180);
            caller.send("CANCEL", "", "");
            caller.await(487);
            assertThat(trace(caller).first(PhoneEvent.Kind.CANCELLED)).isPresent();
        }
    }

    @Test
    void aByeIsAnsweredAndNoted() throws IOException {
        try (RawCaller caller = caller("00")) {
            caller.connect();
            caller.send("BYE", "", "");
            caller.await(200);
            assertThat(trace(caller).first(PhoneEvent.Kind.BYE_RECEIVED)).isPresent();
        }
    }

    @Test
    void phone03HangsUpAfterTwoSeconds() throws IOException {
        try (RawCaller caller = caller("03")) {
            caller.connect();
            caller.awaitRequest("BYE");
            Duration talked = Duration.ofNanos(
                    trace(caller).first(PhoneEvent.Kind.HUNG_UP).orElseThrow().nanos()
                            - trace(caller)
                                    .first(PhoneEvent.Kind.CONFIRMED)
                                    .orElseThrow()
                                    .nanos());
            assertThat(talked).isBetween(Duration.ofMillis(1990), Duration.ofMillis(2500));
        }
    }

    @Test
    void phone07RingsFiveSeconds() throws IOException {
        try (RawCaller caller = caller("07")) {
            caller.connect();
            Duration rung = Duration.ofNanos(trace(caller)
                            .first(PhoneEvent.Kind.ANSWERED)
                            .orElseThrow()
                            .nanos()
                    - trace(caller).first(PhoneEvent.Kind.RINGING).orElseThrow().nanos());
            assertThat(rung).isBetween(Duration.ofMillis(4990), Duration.ofMillis(5500));
        }
    }

    @Test
    void holdIsAnsweredAndStopsItsSound() throws IOException {
        try (RawCaller caller = caller("00")) {
            caller.connect();
            await().until(() -> caller.rtp().arrivals().size() > 5);
            caller.send("INVITE", caller.offer("0 101") + "a=sendonly\r\n", "");
            assertThat(caller.await(200)).contains("a=recvonly");
            caller.ack("");
            int after = caller.rtp().arrivals().size();
            caller.send("INVITE", caller.offer("0 101"), "");
            assertThat(caller.await(200)).contains("a=sendrecv");
            await().until(() -> caller.rtp().arrivals().size() > after + 5);
        }
    }

    @Test
    void anUpdateWithoutAnOfferIsARefresh() throws IOException {
        try (RawCaller caller = caller("00")) {
            caller.connect();
            caller.send("UPDATE", "", "Session-Expires: 90;refresher=uac\r\nSupported: timer");
            assertThat(caller.await(200)).contains("Session-Expires: 90;refresher=uac", "Content-Length: 0");
        }
    }

    @Test
    void aLateOfferIsMadeByThePhoneAndAnsweredInTheAck() throws IOException {
        try (RawCaller caller = caller("00")) {
            caller.invite("");
            String offer = caller.await(200);
            assertThat(offer).contains("RTP/AVP 0 8 97", "a=rtpmap:97 telephone-event/8000");
            caller.ack(caller.offer("0 101"));
            await().until(() -> caller.rtp().arrivals().size() > 5);
        }
    }

    @Test
    void anOfferWithoutG711IsRefused() throws IOException {
        try (RawCaller caller = caller("00")) {
            caller.invite(caller.offer("9 101"));
            caller.await(488);
        }
    }

    @Test
    void videoIsRefusedByPortZeroAndTheAudioTaken() throws IOException {
        try (RawCaller caller = caller("00")) {
            caller.invite(caller.offer("0") + "m=video 4000 RTP/AVP 99\r\na=rtpmap:99 H264/90000\r\n");
            assertThat(caller.await(200)).contains("m=video 0 RTP/AVP 99\r\n").containsPattern("m=audio [1-9]");
        }
    }

    @Test
    void optionsAndInfoAreAnsweredAndUnknownMethodsAreNot() throws IOException {
        try (RawCaller caller = caller("00")) {
            caller.send("OPTIONS", "", "");
            caller.await(200);
            caller.connect();
            caller.send("OPTIONS", "", "");
            caller.await(200);
            caller.send("INFO", "", "");
            caller.await(200);
            caller.send("MESSAGE", "", "");
            assertThat(caller.await(405)).contains("Allow: INVITE,");
        }
    }

    @Test
    void aByeForNoCallIs481() throws IOException {
        try (RawCaller caller = caller("00")) {
            caller.send("BYE", "", "");
            caller.await(481);
        }
    }

    @Test
    void nonsenseDoesNotStopTheNetwork() throws IOException {
        try (RawCaller caller = caller("10")) {
            caller.sendText("nonsense");
            caller.sendText("INVITE sip:+15550100100@x SIP/2.0\r\nVia: broken\r\n\r\n");
            caller.sendText("\0\0\0\0");
            caller.invite("v=0\r\nm=audio\r\n");
            caller.await(488);
        }
        try (RawCaller caller = caller("12")) {
            caller.invite(caller.offer("0"));
            caller.await(603);
        }
    }
}
