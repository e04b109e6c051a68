package io.ringback.functions.api;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Pause;
import io.ringback.core.call.ServerCall;
import io.ringback.core.call.Subscriber;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The situation that an operation meets; the sample events name its call. */
enum Scene {
    /** No call at all. */
    NOTHING {
        @Override
        void set(ApiBench bench) {
            bench.clock.advance(Duration.ofSeconds(1));
        }
    },
    /** The call's only target rings. */
    RINGING {
        @Override
        void set(ApiBench bench) {
            bench.placeCall();
        }
    },
    /** The call's only target has answered. */
    ANSWERED {
        @Override
        void set(ApiBench bench) {
            bench.placeAnsweredCall();
        }
    },
    /** Nobody took the call's first event. */
    DEAD_LETTER {
        @Override
        void set(ApiBench bench) {
            bench.giveUp(bench.placeCall(), 1);
        }
    },
    MUTED {
        @Override
        void set(ApiBench bench) {
            after(bench, ANSWERED, "mute-participant/ok");
        }
    },
    HELD {
        @Override
        void set(ApiBench bench) {
            after(bench, ANSWERED, "hold-participant/ok");
        }
    },
    /** The other party is being transferred, and the new one rings. */
    TRANSFERRING {
        @Override
        void set(ApiBench bench) {
            after(bench, ANSWERED, "transfer-call/ok");
        }
    },
    /** The call's only target has answered, and its gateway has no room for another leg. */
    ANSWERED_AND_FULL {
        @Override
        void set(ApiBench bench) {
            ANSWERED.set(bench);
            bench.fillGateway();
        }
    },
    /** The call takes no more texts. */
    HEAVY {
        @Override
        void set(ApiBench bench) {
            ServerCall call = bench.placeAnsweredCall();
            URI longest = URI.create("https://events.example.com/" + "x".repeat(160 * 1024));
            Subscriber subscriber = new Subscriber("s", new Callback(longest, "2021-06-15-preview"), Set.of());
            bench.become(call.withSubscribers(List.of(subscriber)));
        }
    },
    /** As many cancellations run as there may be. */
    CANCELLING {
        @Override
        void set(ApiBench bench) {
            after(bench, ANSWERED, "play-audio/ok");
            for (int i = 0; i < 8; i++) {
                bench.succeed("cancel-all-media-operations/ok");
            }
        }
    },
    /** The call goes on, but the participant in question has left. */
    LEFT {
        @Override
        void set(ApiBench bench) {
            ServerCall call = bench.placeAnsweredCall();
            bench.join(call, 2);
            bench.leave(call, call.participants().get(0).participantId());
        }
    },
    RECORDED {
        @Override
        void set(ApiBench bench) {
            bench.placeAnsweredCall();
            bench.events.set(
                    Events.RECORDING, bench.invoke("start-recording/ok").at("/recordingId"));
        }
    },
    PAUSED {
        @Override
        void set(ApiBench bench) {
            after(bench, RECORDED, "pause-recording/ok");
        }
    },
    /** The recording has had as many pauses as it may have. */
    PAUSED_OFTEN {
        @Override
        void set(ApiBench bench) {
            RECORDED.set(bench);
            ServerCall call = bench.firstCall();
            Pause pause = new Pause(bench.clock.instant(), bench.clock.instant());
            bench.become(
                    call.withRecordings(List.of(call.recordings().get(0).withPauses(Collections.nCopies(32, pause)))));
        }
    },
    STOPPED {
        @Override
        void set(ApiBench bench) {
            after(bench, RECORDED, "stop-recording/ok");
        }
    },
    /** The recording's file is there. */
    AVAILABLE {
        @Override
        void set(ApiBench bench) {
            STOPPED.set(bench);
            bench.finishRecording();
        }
    },
    /** The recording's content was deleted. */
    DELETED {
        @Override
        void set(ApiBench bench) {
            after(bench, AVAILABLE, "delete-recording-content/ok");
        }
    },
    /** A call has come in, and nobody has decided about it. */
    OFFERED {
        @Override
        void set(ApiBench bench) {
            OfferedCall.from(bench, Identifier.ofPhoneNumber("+12025550101"));
        }
    },
    /** A call has come in, and its gateway has no room for another leg. */
    OFFERED_AND_FULL {
        @Override
        void set(ApiBench bench) {
            OFFERED.set(bench);
            bench.fillGateway();
        }
    },
    /** Somebody has answered the call that came in. */
    DECIDED {
        @Override
        void set(ApiBench bench) {
            after(bench, OFFERED, "answer-call/ok-while-it-rings");
        }
    },
    /** The caller has given up before anybody decided. */
    GIVEN_UP {
        @Override
        void set(ApiBench bench) {
            ServerCall call = OfferedCall.from(bench, Identifier.ofPhoneNumber("+12025550101"));
            bench.leave(call, call.participants().get(0).participantId());
        }
    },
    /** Nobody has decided in time. */
    RUNG_OUT {
        @Override
        void set(ApiBench bench) {
            OFFERED.set(bench);
            bench.clock.advance(Duration.ofSeconds(60));
        }
    },
    /** The application has left; its call goes on between two others. */
    DETACHED {
        @Override
        void set(ApiBench bench) {
            bench.join(bench.placeAnsweredCall(), 1);
            bench.succeed("hang-up-call/ok");
        }
    },
    /** The call is over. */
    ENDED {
        @Override
        void set(ApiBench bench) {
            ServerCall call = bench.placeAnsweredCall();
            bench.leave(call, call.participants().get(0).participantId());
        }
    };

    abstract void set(ApiBench bench);

    private static void after(ApiBench bench, Scene before, String sample) {
        before.set(bench);
        bench.succeed(sample);
    }
}
