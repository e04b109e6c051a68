package io.ringback.core.decision;

import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Ids;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The door to the domain's decisions. Pure: the same arguments give the same answer. */
public final class CallRules {
    private CallRules() {}

    /**
     * Decides about a command.
     *
     * @param call the loaded call; null for CreateCall
     */
    public static Decision decide(@Nullable ServerCall call, CallCommand command, Instant now, Ids ids) {
        throw new UnsupportedOperationException();
    }

    /**
     * Applies the next media event ({@code report.number() == call.lastAppliedEvent() + 1}). An event that cannot
     * apply changes nothing but the number.
     */
    public static Decision.Accepted apply(ServerCall call, MediaReport report, Instant now, Ids ids) {
        throw new UnsupportedOperationException();
    }
}
