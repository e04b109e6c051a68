package io.ringback.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.ringback.local.demo.CallbackReceiver;
import io.ringback.local.phones.CallTrace;
import io.ringback.local.phones.PhoneEvent.Kind;
import io.ringback.local.stack.LocalStack;
import io.ringback.local.stack.TestStacks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * When a call ends: with its last live leg, with its last but one when no application is attached, or when it is
 * terminated. Ringing legs live, too. Each row is an order of leaving; the call ends with its last step and with none
 * before.
 */
class LeavingIT {
    /** Talks until it is hung up. */
    private static final String TALKS = "00";

    /** Talks for 2 s. */
    private static final String LEAVES = "03";

    /** Rings, but never answers. */
    private static final String RINGS = "11";

    @TempDir
    static Path data;

    private static LocalStack stack;
    private static CallbackReceiver receiver;
    private static Announcement announcement;
    private static DocumentedClient api;

    private enum Step {
        APPLICATION_HANGS_UP,
        APPLICATION_TERMINATES,
        SECOND_APPLICATION_JOINS,
        SECOND_APPLICATION_HANGS_UP,
        FIRST_IS_REMOVED,
        SECOND_IS_REMOVED,
        FIRST_LEAVES,
        SECOND_LEAVES,
        SECOND_IS_NOT_REACHED
    }

    /**
     * An order of leaving.
     *
     * @param phones who is in the call beside the application
     * @param reason why it ended, as the last step gives it
     * @param steps of which only the last ends the call
     */
    private record Row(List<String> phones, String reason, List<Step> steps) {
        @Override
        public String toString() {
            return "phones " + phones + ": " + steps + " → " + reason;
        }
    }

    private static Row row(List<String> phones, String reason, Step... steps) {
        return new Row(phones, reason, Arrays.asList(steps));
    }

    static Stream<Row> rows() {
        String application = "hungUpByApplication";
        String participant = "hungUpByParticipant";
        return Stream.of(
                row(List.of(TALKS), application, Step.APPLICATION_HANGS_UP),
                row(List.of(TALKS), application, Step.FIRST_IS_REMOVED),
                row(List.of(LEAVES), participant, Step.FIRST_LEAVES),
                row(List.of(RINGS), application, Step.APPLICATION_HANGS_UP),
                row(
                        List.of(TALKS),
                        application,
                        Step.SECOND_APPLICATION_JOINS,
                        Step.APPLICATION_HANGS_UP,
                        Step.SECOND_APPLICATION_HANGS_UP),
                row(List.of(TALKS, TALKS), application, Step.APPLICATION_TERMINATES),
                row(List.of(TALKS, TALKS), application, Step.APPLICATION_HANGS_UP, Step.FIRST_IS_REMOVED),
                row(List.of(TALKS, TALKS), application, Step.FIRST_IS_REMOVED, Step.APPLICATION_HANGS_UP),
                row(List.of(TALKS, TALKS), application, Step.SECOND_IS_REMOVED, Step.FIRST_IS_REMOVED),
                row(List.of(TALKS, LEAVES), application, Step.SECOND_LEAVES, Step.APPLICATION_HANGS_UP),
                row(List.of(TALKS, LEAVES), participant, Step.APPLICATION_HANGS_UP, Step.SECOND_LEAVES),
                row(
                        List.of(TALKS, TALKS, TALKS),
                        application,
                        Step.APPLICATION_HANGS_UP,
                        Step.FIRST_IS_REMOVED,
                        Step.SECOND_IS_REMOVED),
                row(List.of(TALKS, RINGS), application, Step.APPLICATION_TERMINATES),
                row(List.of(TALKS, RINGS), application, Step.APPLICATION_HANGS_UP, Step.FIRST_IS_REMOVED),
                row(List.of(TALKS, RINGS), "cancelled", Step.APPLICATION_HANGS_UP, Step.SECOND_IS_REMOVED),
                row(List.of(TALKS, RINGS), "noAnswer", Step.APPLICATION_HANGS_UP, Step.SECOND_IS_NOT_REACHED),
                row(List.of(TALKS, RINGS), "cancelled", Step.FIRST_IS_REMOVED, Step.SECOND_IS_REMOVED),
                row(List.of(TALKS, RINGS), application, Step.SECOND_IS_REMOVED, Step.APPLICATION_HANGS_UP));
    }

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(TestStacks.options(data));
        receiver = TestStacks.receiver();
        announcement = Announcement.ofTone(1900, Duration.ofMillis(200));
        api = new DocumentedClient(stack.ready().http(), stack.ready().accessKey());
        PhoneCall.subscribe(api, receiver);
    }

    @AfterAll
    static void stop() {
        announcement.close();
        receiver.close();
        stack.close();
    }

    @ParameterizedTest(name = "{0}")
    @Execution(CONCURRENT)
    @MethodSource("rows")
    void theCallEndsWithTheLastStepAndNotBefore(Row row) throws Exception {
        Leaving leaving = Leaving.begin(row);
        for (Step step : row.steps().subList(0, row.steps().size() - 1)) {
            leaving.take(step);
            leaving.goesOn();
        }
        long last = System.nanoTime();
        leaving.take(row.steps().get(row.steps().size() - 1));
        leaving.ended(row.reason(), last);
    }

    /** A call while a row is played. */
    private static final class Leaving {
        private final PhoneCall call;

        /** What each participant's phone is, in order of invitation. */
        private final Map<String, String> phones = new LinkedHashMap<>();

        /** Those of them who still ring or talk. */
        private final Map<String, String> live = new TreeMap<>();

        /** Of the applications; and those that are attached. */
        private final List<String> connections = new ArrayList<>();

        private final List<String> attached = new ArrayList<>();

        private Leaving(PhoneCall call) {
            this.call = call;
            connections.add(call.connection());
        }

        static Leaving begin(Row row) throws Exception {
            Leaving leaving = new Leaving(PhoneCall.to(row.phones().get(0), stack, api, receiver));
            leaving.attached.addAll(leaving.connections);
            leaving.arrives(leaving.call.first(), row.phones().get(0));
            for (String phone : row.phones().subList(1, row.phones().size())) {
                leaving.arrives(leaving.call.invite(phone), phone);
            }
            return leaving;
        }

        private void arrives(String participantId, String phone) throws Exception {
            phones.put(participantId, phone);
            live.put(participantId, phone);
            if (phone.equals(RINGS)) {
                call.awaitPhone(participantId, Kind.RINGING);
            } else if (phone.equals(TALKS)) {
                call.awaitConnected(participantId);
            }
        }

        void take(Step step) throws Exception {
            switch (step) {
                case APPLICATION_HANGS_UP -> hangUp(connections.get(0));
                case SECOND_APPLICATION_HANGS_UP -> hangUp(connections.get(1));
                case APPLICATION_TERMINATES -> {
                    api.call("TerminateCall", call.path());
                    call.awaitState(call.connection(), "terminated");
                }
                case SECOND_APPLICATION_JOINS -> {
                    connections.add(call.joined());
                    attached.add(connections.get(1));
                }
                case FIRST_IS_REMOVED -> remove(id(0));
                case SECOND_IS_REMOVED -> remove(id(1));
                case FIRST_LEAVES -> gone(id(0));
                case SECOND_LEAVES, SECOND_IS_NOT_REACHED -> gone(id(1));
            }
        }

        private String id(int index) {
            return List.copyOf(phones.keySet()).get(index);
        }

        private void hangUp(String connection) throws Exception {
            api.call("HangUpCall", Map.of("callConnectionId", connection));
            attached.remove(connection);
            call.awaitState(connection, "terminated");
        }

        private void remove(String participantId) throws Exception {
            api.call(
                    "RemoveParticipantOutOfCall",
                    Map.of("serverCallId", call.serverCall(), "participantId", participantId));
            gone(participantId);
            call.awaitPhone(participantId, endOf(phones.getOrDefault(participantId, "")));
        }

        private void gone(String participantId) throws Exception {
            if (RINGS.equals(live.remove(participantId))) {
                call.awaitNotReached(participantId);
            } else {
                call.awaitGone(participantId);
            }
        }

        /**
         * The roster is who is left, the applications are attached, and something can be played to whoever talks. While
         * somebody may leave at any moment, only the end will tell.
         */
        void goesOn() throws Exception {
            if (!live.containsValue(LEAVES)) {
                assertThat(call.roster()).isEqualTo(live.keySet());
                if (live.containsValue(TALKS)) {
                    call.play(announcement.uri());
                }
                assertThat(call.count("CallEnded")).isZero();
            }
            for (String connection : attached) {
                assertThat(api.call("GetCall", Map.of("callConnectionId", connection))
                                .path("callConnectionState")
                                .asText())
                        .isEqualTo("established");
            }
        }

        /** How we end a call to such a phone. */
        private static Kind endOf(String phone) {
            return phone.equals(RINGS) ? Kind.CANCELLED : Kind.BYE_RECEIVED;
        }

        /**
         * Everybody was told so once, and nobody who was left was hung up before.
         *
         * @param since when the last step began, as {@link System#nanoTime()} says it
         */
        void ended(String reason, long since) throws Exception {
            assertThat(call.awaitEnd().path("resultInfo").path("reason").asText())
                    .isEqualTo(reason);
            for (String connection : connections) {
                call.awaitState(connection, "terminated");
                assertThat(call.states(connection)).endsWith("terminating", "terminated");
                assertThat(call.states(connection)).containsOnlyOnce("terminating", "terminated");
            }
            for (Map.Entry<String, String> left : live.entrySet()) {
                Kind end = endOf(left.getValue());
                CallTrace phone = call.awaitPhone(left.getKey(), end);
                assertThat(phone.first(end).orElseThrow().nanos()).isGreaterThan(since);
            }
            assertThat(call.count("CallStarted")).isEqualTo(1);
            assertThat(call.count("CallEnded")).isEqualTo(1);
        }
    }
}
