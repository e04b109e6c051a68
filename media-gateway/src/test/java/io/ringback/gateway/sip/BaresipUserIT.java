package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringback.core.call.EndReason;
import io.ringback.gateway.sip.Invitation.Sender;
import io.ringback.gateway.sip.SipEndpoint.UserLeg;
import io.ringback.testkit.baresip.Baresip;
import io.ringback.testkit.baresip.BaresipSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A softphone of another make registers, is called and calls. */
class BaresipUserIT {
    private final MemoryUsers users = MemoryUsers.named("ann", "bob");
    private final Callers calls = new Callers();
    private final RecordingListener listener = new RecordingListener();

    @BeforeAll
    static void needsBaresip() {
        assumeTrue(Baresip.installed(), "baresip is not installed");
    }

    private SipStack registrar() throws IOException {
        SipStack stack = SipStack.start(
                new SipSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        null,
                        null,
                        null,
                        SipSettings.Access.DEFAULT,
                        SipSettings.Timing.DEFAULT),
                new MemoryJournal(),
                users.at(InstantSource.system()));
        stack.open(calls);
        return stack;
    }

    private static Baresip phone(Path folder, SipStack registrar, String password, String transport)
            throws IOException {
        return Baresip.start(
                folder,
                BaresipSettings.saysSine(440)
                        .registeredAs(new BaresipSettings.Account(
                                "ann", password, "ringback", registrar.advertised(), transport)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void itRegistersIsCalledAndCalls(String transport, @TempDir Path folder) throws Exception {
        try (SipStack stack = registrar();
                Baresip ann = phone(folder, stack, "secret", transport)) {
            Awaitility.await("registered").until(() -> users.of("ann").size() == 1);
            assertThat(users.of("ann").get(0).flow()).startsWith(transport + ":127.0.0.1:");

            SipLeg called = stack.dialUser(
                    new UserLeg("leg-1", "call-1", users.of("ann"), "bob", "Bob", 30000, Duration.ofSeconds(20)),
                    listener);
            listener.await("connected");
            called.hangUp(EndReason.HUNG_UP_BY_APPLICATION);
            listener.await("ended HUNG_UP_BY_APPLICATION");
            ann.awaitEvent("CALL_CLOSED");

            ann.dial("sip:bob@ringback");
            InboundOffer offer = calls.next();
            assertThat(offer.invitation().sender()).isEqualTo(new Sender.User(SipUsers.identifier("ann"), "ann"));
            assertThat(offer.invitation().user()).isEqualTo("bob");
            RecordingListener calling = new RecordingListener();
            InboundLeg leg = offer.begin("leg-2", "call-2", 30000, calling);
            leg.ring();
            leg.answer();
            calling.await("connected");
            ann.hangUp();
            calling.await("ended HUNG_UP_BY_PARTICIPANT");
        }
    }

    @Test
    void aWrongPasswordDoesNotRegister(@TempDir Path folder) throws Exception {
        try (SipStack stack = registrar();
                Baresip ann = phone(folder, stack, "wrong", "udp")) {
            Awaitility.await("an attempt of " + ann.address())
                    .until(() -> stack.gauges().getOrDefault("failedLogins", 0L) > 0);

            assertThat(users.of("ann")).isEmpty();
        }
    }
}
