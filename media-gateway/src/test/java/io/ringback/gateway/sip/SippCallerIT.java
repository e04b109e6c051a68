package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringback.core.call.EndReason;
import io.ringback.testkit.sipp.Sipp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIPp plays a trunk that calls us: each scenario is SIPp's judgement of our messages. */
class SippCallerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final AtomicInteger LEGS = new AtomicInteger();
    private static final MemoryJournal JOURNAL = new MemoryJournal();
    private static final Callers CALLS = new Callers();
    private static @Nullable SipStack endpoint;

    private final RecordingListener listener = new RecordingListener();
    private final String legId = "leg-" + LEGS.incrementAndGet();

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Sipp.installed(), "sipp is not installed");
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SipSettings.Timing usual = SipSettings.Timing.DEFAULT;
        endpoint = SipStack.start(
                new SipSettings(
                        loopback,
                        null,
                        null,
                        null,
                        SipSettings.Access.of("ringback", List.of("127.0.0.1")),
                        new SipSettings.Timing(
                                usual.sessionInterval(),
                                Duration.ofSeconds(1),
                                usual.endReport(),
                                usual.giveUp(),
                                usual.probe(),
                                usual.watchdog())),
                JOURNAL);
        endpoint.open(CALLS);
    }

    @AfterAll
    static void stop() {
        if (endpoint != null) {
            try (SipStack stopping = endpoint) {
                assertThat(stopping.gauges()).containsEntry("pendingCalls", 0L);
                assertThat(JOURNAL.open()).isEmpty();
            }
        }
    }

    /** What the called side does. */
    private interface Called {
        void by(InboundLeg leg);
    }

    private void call(String scenario, Path logs, Called called, String outcome, String... options) throws Exception {
        URL resource = SippCallerIT.class.getResource("/sipp/" + scenario + ".xml");
        assertThat(resource).as(scenario).isNotNull();
        SipStack stack = Objects.requireNonNull(endpoint);
        try (Sipp caller = Sipp.calling(path(resource), logs, "+15550199", stack.advertised(), options)) {
            InboundLeg leg = CALLS.next().begin(legId, "call-1", 30000, listener);
            try {
                leg.ring();
                called.by(leg);
                listener.await(outcome);
            } catch (ConditionTimeoutException e) {
                throw new AssertionError(listener.events() + "\n" + stack.gauges() + caller.traces(), e);
            }
            caller.awaitSatisfied(PATIENCE);
        }
    }

    private static Path path(@Nullable URL resource) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(resource).toURI());
    }

    @Test
    void anAnsweredCallerIsHungUp(@TempDir Path logs) throws Exception {
        call(
                "calls",
                logs,
                leg -> {
                    leg.answer();
                    listener.await("connected");
                    leg.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
                },
                "ended HUNG_UP_BY_APPLICATION");

        assertThat(listener.media().get(0).sendTelephoneEvent()).hasValue(96);
    }

    @Test
    void anAnsweredCallerHangsUp(@TempDir Path logs) throws Exception {
        call("calls-and-hangs-up", logs, InboundLeg::answer, "ended HUNG_UP_BY_PARTICIPANT");
    }

    @Test
    void aCallerOverTcpHangsUp(@TempDir Path logs) throws Exception {
        call("calls-and-hangs-up", logs, InboundLeg::answer, "ended HUNG_UP_BY_PARTICIPANT", "-t", "t1");
    }

    @Test
    void aCallerIsRefused(@TempDir Path logs) throws Exception {
        call("calls-busy", logs, leg -> leg.refuse(486, EndReason.BUSY), "ended BUSY 486");
    }

    @Test
    void aCallerGivesUp(@TempDir Path logs) throws Exception {
        call("calls-and-gives-up", logs, leg -> {}, "ended CANCELLED 487");
    }

    @Test
    void theAnswerIsRepeatedForACallerWhoseAckIsLost(@TempDir Path logs) throws Exception {
        call("calls-and-loses-its-ack", logs, InboundLeg::answer, "ended HUNG_UP_BY_PARTICIPANT", "-nr");

        assertThat(listener.events()).containsOnlyOnce("connected");
    }

    @Test
    void aCallerWithoutOfferGetsOurs(@TempDir Path logs) throws Exception {
        call("calls-without-offer", logs, InboundLeg::answer, "ended HUNG_UP_BY_PARTICIPANT");

        assertThat(listener.events()).containsExactly("media", "connected", "ended HUNG_UP_BY_PARTICIPANT");
    }

    @Test
    void aCallerWhoDemandsReliableRingingGetsIt(@TempDir Path logs) throws Exception {
        call("calls-reliably", logs, InboundLeg::answer, "ended HUNG_UP_BY_PARTICIPANT");
    }

    @Test
    void theSessionIsRefreshedForACallerWhoLeavesItToUs(@TempDir Path logs) throws Exception {
        call("calls-with-a-session-timer", logs, InboundLeg::answer, "ended HUNG_UP_BY_PARTICIPANT");
    }
}
