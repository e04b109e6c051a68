package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.demo.ReceivedEvent;
import io.ringback.local.phones.CallTrace;
import io.ringback.local.phones.Canary;
import io.ringback.local.phones.ReceivedPacket;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import io.ringback.testkit.sound.LiteralG711;
import io.ringback.testkit.sound.PacketJudge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As many as a call may have, all at once, while the media gateway runs as a process of its own: one talks, the others
 * listen. What the sender makes is judged, its sequence numbers, timestamps and sound; when it came is printed, because
 * that tells as much about how busy this machine is.
 */
class ConferenceIT {
    private static final int LEGS = 50;
    private static final String TALKER = "+15555550124";
    private static final int TALK = 1300;
    private static final int RATE = 8000;
    private static final int FRAME = 160;
    private static final int MU_LAW = 0;
    private static final Duration LENGTH = Duration.ofSeconds(60);

    /** After the last one joined: for what was under way then. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    /** What one phone received while the one talked. */
    private record Received(String number, List<ReceivedPacket> packets) {
        /** @param from monotonic, ns */
        static Received by(CallTrace call, long from) {
            return new Received(
                    call.number(),
                    call.packets().stream()
                            .filter(packet -> packet.arrivalNanos() >= from)
                            .toList());
        }

        PacketJudge judge() {
            PacketJudge judge = new PacketJudge(FRAME, RATE);
            packets.forEach(packet -> {
                byte[] bytes = packet.packet().bytes();
                judge.packet(packet.arrivalNanos(), bytes, bytes.length);
            });
            return judge;
        }

        /** What was sent, as if it had come in time. */
        short[] sound() {
            assertThat(packets)
                    .as("to " + number)
                    .allMatch(received -> received.packet().payloadType() == MU_LAW);
            List<byte[]> payloads = packets.stream()
                    .map(received -> received.packet().payload())
                    .toList();
            short[] sound = new short[payloads.size() * FRAME];
            for (int i = 0; i < sound.length; i++) {
                sound[i] = LiteralG711.muLaw(payloads.get(i / FRAME)[i % FRAME]);
            }
            return sound;
        }
    }

    @Test
    void everybodyHearsTheOneWhoTalksAndNoFrameIsLostOrRepeated() throws Exception {
        try (LocalStack stack = LocalStack.start(TestStacks.options(folder.resolve("data"), LEGS)
                        .with()
                        .split(true)
                        .build());
                CallbackReceiver receiver = TestStacks.receiver()) {
            DocumentedClient api =
                    new DocumentedClient(stack.ready().http(), stack.ready().accessKey());
            String connection = callEverybody(api, receiver);
            Phases phases = new Phases();
            phases.spend("settling", SETTLING);
            List<Received> received;
            double machineLateMillis;
            try (Canary canary = new Canary()) {
                long from = System.nanoTime();
                phases.spend("talk", LENGTH);
                machineLateMillis = canary.worstLatenessMillis();
                received = stack.phones().calls().stream()
                        .map(call -> Received.by(call, from))
                        .toList();
            }
            assertThat(api.call("ListParticipants", Map.of("callConnectionId", connection)))
                    .as("nobody has left")
                    .hasSize(LEGS);
            judge(received, machineLateMillis);
        }
    }

    private static void judge(List<Received> received, double machineLateMillis) {
        assertThat(received).hasSize(LEGS);
        assertThat(received).filteredOn(leg -> leg.number().equals(TALKER)).hasSize(1);
        DoubleSummaryStatistics gaps = new DoubleSummaryStatistics();
        DoubleSummaryStatistics drifts = new DoubleSummaryStatistics();
        List<String> complaints = new ArrayList<>();
        for (Received leg : received) {
            PacketJudge judge = leg.judge();
            gaps.accept(judge.longestGapMillis());
            drifts.accept(judge.driftPpm());
            judge.complaints(Double.MAX_VALUE, Double.MAX_VALUE)
                    .forEach(complaint -> complaints.add(leg.number() + ": " + complaint));
        }
        System.out.printf(
                Locale.ROOT,
                "%d legs: longest time between two packets %.1f ms (on average of the legs %.1f ms), "
                        + "drift %.0f to %.0f ppm; this machine ran threads %.1f ms late%n",
                received.size(),
                gaps.getMax(),
                gaps.getAverage(),
                drifts.getMin(),
                drifts.getMax(),
                machineLateMillis);
        // A pacer that the machine holds up for more than 200 ms skips cycles (telephony §6).
        assumeTrue(
                complaints.isEmpty() || machineLateMillis < 100,
                () -> "this machine is too busy to measure: " + complaints);
        assertThat(complaints).isEmpty();
        for (Received leg : received) {
            short[] sound = leg.sound();
            assertThat(sound.length / (double) RATE).as("seconds of sound").isGreaterThan(LENGTH.toSeconds() - 2.0);
            if (leg.number().equals(TALKER)) {
                Heard.of(sound, RATE).exactly();
            } else {
                Heard.of(sound, RATE).exactly(TALK);
            }
        }
    }

    /** Returns the id of the connection when all are in. */
    private static String callEverybody(DocumentedClient api, CallbackReceiver receiver) throws Exception {
        List<Map<String, ?>> targets = new ArrayList<>();
        Stream.concat(IntStream.range(1, LEGS).mapToObj(ConferenceIT::listener), Stream.of(TALKER))
                .forEach(number -> targets.add(Map.of("phoneNumber", Map.of("value", number))));
        String connection = api.call(
                        "CreateCall",
                        Map.of(),
                        Map.of(
                                "targets", targets,
                                "source", Map.of("communicationUser", Map.of("id", "8:acs:ringback_conference")),
                                "alternateCallerId", Map.of("value", "+15555550199"),
                                "callbackUri", receiver.uri("/callbacks").toString()))
                .path("callConnectionId")
                .asText();
        await().atMost(PATIENCE).until(() -> results(receiver).size() == LEGS - 1);
        assertThat(results(receiver))
                .as("the first to answer establishes the call, the others come to it")
                .allSatisfy(result -> assertThat(result.path("status").asText())
                        .as(result.toString())
                        .isEqualTo("completed"));
        return connection;
    }

    private static List<JsonNode> results(CallbackReceiver receiver) {
        return receiver.events().stream()
                .filter(event -> event.type().equals("InviteParticipantResult"))
                .map(ReceivedEvent::data)
                .toList();
    }

    /** The number of a phone that only listens. */
    private static String listener(int number) {
        return "+1" + (200 + number) + "5550100";
    }
}
