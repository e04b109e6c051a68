package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sdp.NegotiatedMedia;
import io.ringback.gateway.sip.SipEndpoint.OutboundLeg;
import io.ringback.testkit.sipp.Sipp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIPp plays the trunk: each scenario is SIPp's judgement of our messages, the listener's story is ours of its. */
class SippTrunkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration RING = Duration.ofSeconds(30);
    private static final AtomicInteger LEGS = new AtomicInteger();
    private static final MemoryJournal JOURNAL = new MemoryJournal();
    private static @Nullable SipStack endpoint;

    private final RecordingListener listener = new RecordingListener();
    private final String legId = "leg-" + LEGS.incrementAndGet();
    private String transport = "udp";

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Sipp.installed(), "sipp is not installed");
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        endpoint = SipStack.start(
                new SipSettings(
                        loopback, null, null, "+15550100", SipSettings.Access.DEFAULT, SipSettings.Timing.DEFAULT),
                JOURNAL);
    }

    /** What a call needs is gone when the longest of RFC 3261's timers, 64 × T1, is over. */
    @AfterAll
    static void nothingIsLeft() {
        if (endpoint != null) {
            try (SipStack stopping = endpoint) {
                Awaitility.await("gauges at 0")
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(stopping.gauges())
                                .containsEntry("dialogs", 0L)
                                .containsEntry("timers", 0L)
                                .containsEntry("clientTransactions", 0L)
                                .containsEntry("serverTransactions", 0L));
                assertThat(stopping.ready()).isTrue();
            }
        }
    }

    /** A test's part between the start of SIPp and its end. */
    private interface Play {
        void with(SipStack endpoint, Sipp trunk) throws IOException;
    }

    private void play(String scenario, Path logs, Play play, String... options) throws Exception {
        try (Sipp trunk = Sipp.called(scenario(scenario), logs, options)) {
            try {
                play.with(endpoint(), trunk);
            } catch (ConditionTimeoutException e) {
                throw new AssertionError(listener.events() + "\n" + endpoint().gauges() + trunk.traces(), e);
            }
            trunk.awaitSatisfied(PATIENCE);
            Awaitility.await("nothing left to end")
                    .untilAsserted(() -> assertThat(JOURNAL.open()).doesNotContainKey(legId));
        }
    }

    private static SipStack endpoint() {
        return Objects.requireNonNull(endpoint);
    }

    private static Path scenario(String name) throws URISyntaxException {
        URL resource = SippTrunkIT.class.getResource("/sipp/" + name + ".xml");
        assertThat(resource).as(name).isNotNull();
        return Path.of(resource.toURI());
    }

    private SipLeg dial(SipStack endpoint, Sipp trunk, Duration ring) {
        SipRoute route = new SipRoute("127.0.0.1", trunk.address().getPort(), transport, null)
                .withCredentials("ringback", "secret");
        return endpoint.dial(new OutboundLeg(legId, "call-1", "+15550123", route, null, 30000, ring), listener);
    }

    /** Dials, waits for the answer, hangs up. */
    private void callThrough(SipStack endpoint, Sipp trunk) {
        SipLeg leg = dial(endpoint, trunk, RING);
        listener.await("connected");
        leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        listener.await("ended HUNG_UP_BY_APPLICATION");
    }

    @Test
    void anAnsweredCallIsHungUp(@TempDir Path logs) throws Exception {
        play("answer", logs, this::callThrough);

        assertThat(listener.events())
                .containsExactly("ringing 180", "media", "connected", "ended HUNG_UP_BY_APPLICATION");
        assertThat(listener.media().get(0).sendTelephoneEvent()).hasValue(96);
        assertThat(listener.media().get(0).receiveTelephoneEvent()).hasValue(101);
    }

    @ParameterizedTest
    @CsvSource({"busy,BUSY 486", "decline,DECLINED 603", "redirect,UNREACHABLE 302"})
    void aRefusalEndsTheLegWithItsReason(String scenario, String outcome, @TempDir Path logs) throws Exception {
        play(scenario, logs, (endpoint, trunk) -> {
            dial(endpoint, trunk, RING);
            listener.await("ended " + outcome);
        });
    }

    @Test
    void anUnansweredCallIsCancelledWhenItsRingingTimeIsOver(@TempDir Path logs) throws Exception {
        play("no-answer", logs, (endpoint, trunk) -> {
            dial(endpoint, trunk, Duration.ofSeconds(2));
            listener.await("ended NO_ANSWER 487");
        });
    }

    @Test
    void theTrunkHangsUp(@TempDir Path logs) throws Exception {
        play("hang-up", logs, (endpoint, trunk) -> {
            dial(endpoint, trunk, RING);
            listener.await("ended HUNG_UP_BY_PARTICIPANT");
        });
    }

    @Test
    void lostMessagesAreRepeated(@TempDir Path logs) throws Exception {
        play("lossy", logs, (endpoint, trunk) -> {
            SipLeg leg = dial(endpoint, trunk, RING);
            listener.await("connected");
            leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
            listener.await("ended HUNG_UP_BY_APPLICATION");
        });
    }

    @Test
    void aRepeated200GetsItsAckAgain(@TempDir Path logs) throws Exception {
        play(
                "lost-ack",
                logs,
                (endpoint, trunk) -> {
                    long repeated = endpoint.gauges().getOrDefault("repeatedAcks", 0L);
                    SipLeg leg = dial(endpoint, trunk, RING);
                    listener.await("connected");
                    Awaitility.await("second ACK")
                            .until(() -> endpoint.gauges().getOrDefault("repeatedAcks", 0L) > repeated);
                    leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
                },
                "-nr"); // SIPp is not to take the repeated ACK for a repetition of its own making
    }

    @Test
    void challengesAreAnsweredForInviteAndBye(@TempDir Path logs) throws Exception {
        play("digest", logs, this::callThrough);
    }

    @Test
    void theTrunkSetsTheSessionIntervalAndRefreshesIt(@TempDir Path logs) throws Exception {
        play("session", logs, (endpoint, trunk) -> {
            SipLeg leg = dial(endpoint, trunk, RING);
            Awaitility.await("after the ACK of the re-INVITE")
                    .atMost(PATIENCE)
                    .until(() -> trunk.messages().contains("CSeq: 2 ACK"));
            leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        });
    }

    @Test
    void theFarSideHoldsAndResumes(@TempDir Path logs) throws Exception {
        play("hold", logs, (endpoint, trunk) -> {
            SipLeg leg = dial(endpoint, trunk, RING);
            Awaitility.await("three negotiations")
                    .atMost(PATIENCE)
                    .until(() -> listener.media().size() == 3);
            leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        });

        assertThat(listener.media()).extracting(NegotiatedMedia::weSend).containsExactly(true, false, true);
        assertThat(listener.media()).extracting(NegotiatedMedia::weReceive).containsExactly(true, true, true);
    }

    @Test
    void aLateOfferIsOurs(@TempDir Path logs) throws Exception {
        play("late-offer", logs, (endpoint, trunk) -> {
            SipLeg leg = dial(endpoint, trunk, RING);
            Awaitility.await("the answer in the ACK")
                    .atMost(PATIENCE)
                    .until(() -> listener.media().size() == 2);
            leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        });

        assertThat(listener.media().get(1).weSend()).isFalse();
    }

    @Test
    void aSecondPhoneThatAnswersIsReleased(@TempDir Path logs) throws Exception {
        play("fork", logs, (endpoint, trunk) -> {
            SipLeg leg = dial(endpoint, trunk, RING);
            Awaitility.await("the second phone's BYE")
                    .atMost(PATIENCE)
                    .until(() -> trunk.messages().contains("BYE sip:"));
            leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        });

        assertThat(listener.events()).containsOnlyOnce("connected");
    }

    @Test
    void anAnswerThatCrossesTheCancelIsReleasedAndReportedCancelled(@TempDir Path logs) throws Exception {
        play("cancel-crossing", logs, (endpoint, trunk) -> {
            SipLeg leg = dial(endpoint, trunk, RING);
            listener.await("ringing 180");
            leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
            listener.await("ended CANCELLED 200");
        });

        assertThat(listener.events()).doesNotContain("connected");
    }

    @Test
    void reliableRingingIsAcknowledged(@TempDir Path logs) throws Exception {
        play("reliable", logs, this::callThrough);
    }

    @Test
    void allElseWithinTheDialogIsAnswered(@TempDir Path logs) throws Exception {
        play("requests", logs, (endpoint, trunk) -> {
            SipLeg leg = dial(endpoint, trunk, RING);
            listener.await("tone 5");
            Awaitility.await("the last request's ACK")
                    .atMost(PATIENCE)
                    .until(() -> trunk.messages().contains("CSeq: 7 ACK"));
            leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
        });
    }

    @Test
    void aTcpTrunkIsCalledOverTcp(@TempDir Path logs) throws Exception {
        transport = "tcp";
        play("answer", logs, this::callThrough, "-t", "t1");
    }
}
