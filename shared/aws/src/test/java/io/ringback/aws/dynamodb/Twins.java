package io.ringback.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.aws.contract.CallSamples;
import io.ringback.aws.contract.Storage;
import io.ringback.core.decision.Target;
import io.ringback.core.port.FirstAnswer;
import io.ringback.core.port.StreamRef;
import io.ringback.testkit.FakeClock;
import io.ringback.testkit.Generator;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/** DynamoDB and its twin in memory, and what is asked of them at random. */
record Twins(Generator generator, FakeClock clock, Storage memory, Storage dynamo) {
    static final List<String> CALLS = List.of("call0000000000000001", "call0000000000000002");
    static final List<Target> TARGETS = List.of(Target.MEDIA, CallSamples.CALLBACKS, CallSamples.OTHER_CALLBACKS);

    private static final List<String> REQUESTS = List.of("request-1", "request-2", "request-3");

    /** Asks both, who have to say the same. */
    <T> T both(Function<Storage, T> question) {
        T expected = question.apply(memory);
        assertThat(question.apply(dynamo)).isEqualTo(expected);
        return expected;
    }

    /** Of one of a few requests, which expires soon. */
    FirstAnswer answer() {
        return new FirstAnswer(
                generator.pick(REQUESTS),
                generator.text("ab", 2),
                generator.text("abc", 9),
                List.of(new StreamRef(generator.pick(CALLS), generator.pick(TARGETS))),
                clock.instant(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(generator.between(0, 90)));
    }

    void firstAnswers() {
        String request = generator.pick(REQUESTS);
        both(storage -> storage.firstAnswers().find(request, clock.instant()));
    }
}
