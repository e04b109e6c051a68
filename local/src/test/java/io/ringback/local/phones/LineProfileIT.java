package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each part of a line profile, measured on the packets. */
class LineProfileIT {
    private interface Judge {
        void judge(RawCaller caller, CallTrace trace, String answer) throws IOException;
    }

    private static void call(String profile, String lastDigits, Judge judge) throws IOException {
        LineProfile line = LineProfile.parse(profile);
        try (PhoneNetwork network = PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(line));
                RawCaller caller = new RawCaller(network, "+155501001" + lastDigits, "leg")) {
            String answer = caller.connect();
            judge.judge(caller, network.call("leg").orElseThrow(), answer);
        }
    }

    @Test
    void lossAndJitterLeaveGapsAndOvertaking() throws IOException {
        call(
                "loss=10%,jitter=60ms",
                "00", (caller, trace, answer) -> {
                    await().until(() -> caller.rtp().arrivals().size() > 300);
                    List<RawRtp.Arrival> packets = caller.rtp().arrivals();
                    int first = packets.get(0).sequence();
                    int span = packets.stream()
                            .mapToInt(packet -> (short) (packet.sequence() - first))
                            .max()
                            .orElseThrow();
                    assertThat(1 - packets.size() / (double) span).isCloseTo(0.10, within(0.05));
                    long overtaken = 0;
                    for (int i = 1; i < packets.size(); i++) {
                        overtaken += (short) (packets.get(i).sequence()
                                                - packets.get(i - 1).sequence())
                                        < 0
                                ? 1
                                : 0;
                    }
                    assertThat(overtaken).isGreaterThan(20);
                });
    }

    @Test
    void whatThePhoneHearsIsImpairedTooButItsTraceIsNot() throws IOException {
        call(
                "loss=20%,jitter=60ms",
                "00", (caller, trace, answer) -> {
                    caller.rtp().say(0, 100, 100);
                    await().until(() -> !trace.prompts().isEmpty());
                    assertThat(trace.packetCount()).isGreaterThanOrEqualTo(150);
                    short[] heard = trace.heard();
                    int from = (int) trace.prompts().get(0).fromMs() * 8;
                    int silent = 0;
                    for (int frame = 0; frame < 100; frame++) {
                        int at = from + frame * 160 + 40;
                        silent += heard[at] == 0 && heard[at + 1] == 0 && heard[at + 2] == 0 ? 1 : 0;
                    }
                    assertThat(silent).isBetween(8, 35);
                });
    }

    /** The earliest packet of the first and of the last second: a delay is never negative, so these are undisturbed. */
    @Test
    void driftIsThatOfTheClock() throws IOException {
        call("drift=1000ppm", "00", (caller, trace, answer) -> {
            await().until(() -> caller.rtp().arrivals().size() > 350);
            List<RawRtp.Arrival> packets = caller.rtp().arrivals();
            double early = earliness(packets, 0, 50);
            double late = earliness(packets, 300, 350);
            assertThat((early - late) / (300 * 20e6) * 1e6).isCloseTo(1000, within(300.0));
        });
    }

    /** How late the most punctual of these packets was, by its timestamp, in ns. */
    private static double earliness(List<RawRtp.Arrival> packets, int from, int to) {
        RawRtp.Arrival zero = packets.get(0);
        return packets.subList(from, to).stream()
                .mapToDouble(
                        packet -> packet.nanos() - zero.nanos() - (packet.timestamp() - zero.timestamp()) * 1e9 / 8000)
                .min()
                .orElseThrow();
    }

    @Test
    void nomarkerOmitsTheMarker() throws IOException {
        call("dtmf=nomarker", "01", (caller, trace, answer) -> {
            caller.rtp().say(0, 20, 200);
            await().until(() -> caller.rtp().events().size() == 7);
            assertThat(caller.rtp().events())
                    .allMatch(packet -> (packet.datagram().get(1) & 0x80) == 0);
        });
    }

    @Test
    void lostendLosesEveryEnd() throws IOException {
        call("dtmf=lostend", "04", (caller, trace, answer) -> {
            caller.rtp().say(0, 20, 200);
            await().until(() -> caller.rtp().events().size() == 20);
            await().during(Duration.ofMillis(300))
                    .until(() -> caller.rtp().events().size() == 20);
            assertThat(caller.rtp().events()).allMatch(packet -> (packet.payload()[1] & 0x80) == 0);
        });
    }

    @Test
    void infoSendsKeysByInfoAndNegotiatesNoEvents() throws IOException {
        call("dtmf=info", "02", (caller, trace, answer) -> {
            assertThat(answer).doesNotContain("telephone-event");
            caller.rtp().say(0, 20, 200);
            assertThat(caller.awaitRequest("INFO"))
                    .contains("Content-Type: application/dtmf-relay", "Signal=2\r\nDuration=160\r\n");
        });
    }

    @Test
    void inbandSendsKeysAsTonesAndNegotiatesNoEvents() throws IOException {
        call("dtmf=inband", "02", (caller, trace, answer) -> {
            assertThat(answer).doesNotContain("telephone-event");
            caller.rtp().say(0, 20, 200);
            await().until(() -> loud(caller).size() == 5);
            short[] sound = new short[5 * 160];
            for (int i = 0; i < 5; i++) {
                System.arraycopy(G711.PCMU.decode(loud(caller).get(i)), 0, sound, i * 160, 160);
            }
            assertThat(Spectrum.levelDbfs(sound, 697)).isCloseTo(-12, within(0.5));
            assertThat(Spectrum.levelDbfs(sound, 1336)).isCloseTo(-12, within(0.5));
        });
    }

    private static List<byte[]> loud(RawCaller caller) {
        return caller.rtp().arrivals().stream()
                .map(RawRtp.Arrival::payload)
                .filter(payload -> payload[1] != (byte) 0xFF)
                .toList();
    }

    @Test
    void natSendsFromElsewhereThanItsDescriptionSays() throws IOException {
        call("nat", "00", (caller, trace, answer) -> {
            await().until(() -> caller.rtp().arrivals().size() > 5);
            assertThat(RawCaller.mediaAddress(answer).getAddress().getHostAddress())
                    .isEqualTo("127.99.0.1");
            assertThat(caller.rtp().arrivals())
                    .allMatch(packet ->
                            packet.from().getAddress().getHostAddress().equals("127.0.0.1"));
            caller.rtp().say(0, 20, 0);
            await().during(Duration.ofMillis(500)).until(() -> trace.packetCount() == 0);
            caller.rtp().sendTo(caller.rtp().arrivals().get(0).from());
            caller.rtp().say(0, 20, 0);
            await().until(() -> trace.packetCount() > 0);
        });
    }
}
