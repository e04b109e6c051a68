package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the phones hear, say and press over a clean line, judged by literal packets. */
class PhoneSoundIT {
    private static PhoneNetwork network;
    private static int legs;

    @BeforeAll
    static void start() throws IOException {
        network = PhoneNetwork.start(PhoneNetwork.Settings.onLoopback(LineProfile.CLEAN));
    }

    @AfterAll
    static void close() throws IOException {
        network.close();
    }

    private static RawCaller connected(String lastDigits) throws IOException {
        RawCaller caller = new RawCaller(network, "+155501001" + lastDigits, "leg-" + ++legs);
        caller.connect();
        return caller;
    }

    private static CallTrace trace(RawCaller caller) {
        return network.call(caller.legId()).orElseThrow();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void phone01PressesOnceWhenThePromptHasEnded() throws IOException {
        try (RawCaller caller = connected("01")) {
            caller.rtp().say(10, 50, 400);
            await().until(() -> caller.rtp().events().size() == 7);
            List<RawRtp.Arrival> events = caller.rtp().events();
            assertThat(events)
                    .extracting(RawRtp.Arrival::payload)
                    .containsExactly(
                            bytes(1, 10, 0x00, 0xA0),
                            bytes(1, 10, 0x01, 0x40),
                            bytes(1, 10, 0x01, 0xE0),
                            bytes(1, 10, 0x02, 0x80),
                            bytes(1, 0x8A, 0x03, 0x20),
                            bytes(1, 0x8A, 0x03, 0x20),
                            bytes(1, 0x8A, 0x03, 0x20));
            assertThat(events)
                    .extracting(packet -> packet.datagram().get(1) & 0xFF)
                    .containsExactly(0x80 | 101, 101, 101, 101, 101, 101, 101);
            assertThat(events)
                    .extracting(RawRtp.Arrival::timestamp)
                    .containsOnly(events.get(0).timestamp());

            HeardPrompt prompt = trace(caller).prompts().get(0);
            assertThat(prompt.toMs() - prompt.fromMs()).isBetween(980L, 1040L);
            assertThat(pressedAfter(caller, prompt.toMs())).isBetween(1200L, 1700L);
            await().during(Duration.ofMillis(500))
                    .until(() -> caller.rtp().events().size() == 7);
        }
    }

    /** How long after this moment of the call the first key was pressed, in ms. */
    private static long pressedAfter(RawCaller caller, long callMs) {
        CallTrace trace = trace(caller);
        long answered = trace.first(PhoneEvent.Kind.ANSWERED).orElseThrow().nanos();
        long pressed = trace.first(PhoneEvent.Kind.PRESSED).orElseThrow().nanos();
        return (pressed - answered) / 1_000_000 - callMs;
    }

    @Test
    void phone20GreetsBeepsAndThenKeepsWhatItHears() throws IOException {
        try (RawCaller caller = connected("20")) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            trace(caller).first(PhoneEvent.Kind.RECORDING_BEGAN).isPresent());
            short[] heard = caller.rtp().heard();
            short[] beep = Arrays.copyOfRange(heard, heard.length - 4000, heard.length - 800);
            short[] greeting = Arrays.copyOfRange(heard, 8000, 40_000);

            assertThat(Spectrum.levelDbfs(beep, 1000)).isBetween(-12.0, -8.0);
            assertThat(Spectrum.levelDbfs(greeting, 1000)).isLessThan(-40);
            assertThat(Spectrum.levelDbfs(greeting, 360)).isGreaterThan(-40);
        }
    }

    @Test
    void phone21SaysBackWhatItHears() throws IOException {
        try (RawCaller caller = connected("21")) {
            caller.rtp().say(10, 100, 400);
            await().until(() -> {
                short[] heard = caller.rtp().heard();
                return heard.length > 9600
                        && Spectrum.levelDbfs(Arrays.copyOfRange(heard, heard.length - 8000, heard.length), 440) > -14;
            });
        }
    }

    @Test
    void phone05PressesHalfASecondIntoThePrompt() throws IOException {
        try (RawCaller caller = connected("05")) {
            caller.rtp().say(10, 150, 400);
            await().until(() -> caller.rtp().events().size() == 7);
            await().until(() -> !trace(caller).prompts().isEmpty());
            HeardPrompt prompt = trace(caller).prompts().get(0);
            assertThat(pressedAfter(caller, prompt.fromMs())).isBetween(480L, 900L);
        }
    }

    @Test
    void phone04PressesItsKeysInOrder() throws IOException {
        try (RawCaller caller = connected("04")) {
            caller.rtp().say(0, 20, 400);
            await().until(() -> caller.rtp().events().size() == 35);
            assertThat(caller.rtp().events().stream()
                            .map(packet -> packet.payload()[0])
                            .distinct())
                    .containsExactly((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 11);
            assertThat(trace(caller).events())
                    .filteredOn(event -> event.kind() == PhoneEvent.Kind.PRESSED)
                    .extracting(PhoneEvent::detail)
                    .containsExactly("1", "2", "3", "4", "#");
        }
    }

    @Test
    void phone06HearsThePromptAndPressesNothing() throws IOException {
        try (RawCaller caller = connected("06")) {
            caller.rtp().say(0, 30, 400);
            await().until(() -> !trace(caller).prompts().isEmpty());
            await().during(Duration.ofMillis(500))
                    .until(() -> caller.rtp().events().isEmpty());
        }
    }

    @Test
    void aPromptAlsoEndsWhenItsPacketsJustStop() throws IOException {
        try (RawCaller caller = connected("00")) {
            caller.rtp().say(0, 30, 0);
            await().until(() -> !trace(caller).prompts().isEmpty());
            HeardPrompt prompt = trace(caller).prompts().get(0);
            assertThat(prompt.toMs() - prompt.fromMs()).isBetween(580L, 640L);
        }
    }

    @Test
    void keepsWhatItHeardSampleBySample() throws IOException {
        try (RawCaller caller = connected("00")) {
            caller.rtp().say(0, 50, 100);
            await().until(() -> trace(caller).packetCount() >= 150);
            await().untilAsserted(
                            () -> assertThat(loudPart(trace(caller).heard())).containsExactly(toneOf(50)));
            assertThat(trace(caller).packets())
                    .extracting(received -> received.packet().ssrc())
                    .containsOnly(0x1234);
            assertThat(trace(caller).packets())
                    .isSortedAccordingTo((a, b) -> Long.compare(a.arrivalNanos(), b.arrivalNanos()));
        }
    }

    private static short[] toneOf(int packets) {
        short[] tone = new short[packets * 160];
        for (int packet = 0; packet < packets; packet++) {
            System.arraycopy(G711.PCMU.decode(RawRtp.tone(packet)), 0, tone, packet * 160, 160);
        }
        return tone;
    }

    /** From 0, the first sample of the tone, on: as many samples as it has. */
    private static short[] loudPart(short[] heard) {
        int from = 0;
        while (from < heard.length && heard[from] == 0) {
            from++;
        }
        return Arrays.copyOfRange(heard, Math.max(0, from - 1), from - 1 + 50 * 160);
    }

    @Test
    void phone22SaysItsToneForFiveSeconds() throws IOException {
        try (RawCaller caller = connected("22")) {
            await().until(() -> caller.rtp().arrivals().size() > 300);
            List<byte[]> loud = caller.rtp().arrivals().stream()
                    .map(RawRtp.Arrival::payload)
                    .filter(payload -> payload[1] != (byte) 0xFF)
                    .toList();
            assertThat(loud).hasSize(250);
            short[] sound = new short[250 * 160];
            for (int i = 0; i < 250; i++) {
                System.arraycopy(G711.PCMU.decode(loud.get(i)), 0, sound, i * 160, 160);
            }
            assertThat(Spectrum.levelDbfs(sound, 1004)).isCloseTo(-10, within(0.1));
        }
    }

    @Test
    void packetsLeaveOneByOneWithoutAGap() throws IOException {
        try (RawCaller caller = connected("00")) {
            await().until(() -> caller.rtp().arrivals().size() > 100);
            List<RawRtp.Arrival> packets = caller.rtp().arrivals();
            for (int i = 1; i < packets.size(); i++) {
                assertThat(packets.get(i).sequence())
                        .isEqualTo((packets.get(i - 1).sequence() + 1) & 0xFFFF);
                assertThat(packets.get(i).timestamp())
                        .isEqualTo(packets.get(i - 1).timestamp() + 160);
            }
            Set<Integer> sources = new HashSet<>();
            packets.forEach(packet -> sources.add(packet.datagram().getInt(8)));
            assertThat(sources).hasSize(1);
            assertThat(packets.get(0).datagram().get(1)).isEqualTo((byte) 0x80);
        }
    }

    @Test
    void phone23IsGoneAfterTwoSecondsForRtpAndSip() throws IOException {
        try (RawCaller caller = connected("23")) {
            await().until(() ->
                    trace(caller).first(PhoneEvent.Kind.NETWORK_GONE).isPresent());
            await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(2)).until(() -> {
                List<RawRtp.Arrival> packets = new ArrayList<>(caller.rtp().arrivals());
                return System.nanoTime() - packets.get(packets.size() - 1).nanos() > 40_000_000;
            });
            assertThat(caller.rtp().arrivals().size()).isBetween(90, 120);
            caller.readUntilQuiet();
            caller.send("OPTIONS", "", "");
            caller.send("INVITE", caller.offer("0 101"), "");
            caller.send("BYE", "", "");
            assertThat(caller.receive(Duration.ofSeconds(1))).isEmpty();
        }
    }
}
