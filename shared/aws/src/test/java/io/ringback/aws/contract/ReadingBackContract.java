package io.ringback.aws.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.ServerCall;
import io.ringback.core.decision.Effect;
import io.ringback.core.port.CallStore.Commit;
import io.ringback.core.port.CallStore.CommitResult;
import java.util.List;
import java.util.Locale;

/** What the contracts about reading back do all the time. */
abstract class ReadingBackContract extends StreamContract {
    static String id(int number) {
        return String.format(Locale.ROOT, "call%016d", number);
    }

    final void store(ServerCall call) {
        store(call, List.of());
    }

    final void store(ServerCall call, List<Effect> effects) {
        store(new Commit(call, effects, CallSamples.causes(clock.instant()), clock.instant()));
    }

    final void store(Commit commit) {
        assertThat(storage.calls().commit(commit)).isEqualTo(CommitResult.STORED);
    }

    static List<String> tampered(String token) {
        char middle = token.charAt(token.length() / 2);
        return List.of(
                "",
                "A",
                "not a token!",
                "A".repeat(5000),
                token + "A",
                token.substring(4),
                token.replace(middle, middle == 'x' ? 'y' : 'x'));
    }
}
