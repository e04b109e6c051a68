package io.ringback.functions.workers;

import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.Recording;
import io.ringback.core.call.ServerCall;
import io.ringback.core.command.CallCommand;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.Gateways;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Gateways.PinnedCall;
import io.ringback.wire.log.Masked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a gateway for lost that is silent and does not answer, fences it, and ends its calls (telephony §2). The calls
 * of a life before the present one are the gateway's own to end, from its journal; what it has not ended a while after
 * its start it will not end. A recording that had not begun, and of which a gateway that is back has nothing to say, was
 * never ordered of it.
 */
final class GatewayWatch {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayWatch.class);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration RECOVERY = Duration.ofMinutes(15);

    /** By then a gateway has told of every recording in its journal that it had not begun. */
    private static final Duration RETURN = Duration.ofSeconds(10);

    /** What one call may take. */
    private static final Duration ONE_CALL = Duration.ofSeconds(5);

    private final Gateways gateways;
    private final GatewayControl control;
    private final CallStore calls;
    private final CallProcessor processor;
    private final InstantSource clock;

    GatewayWatch(
            Gateways gateways, GatewayControl control, CallStore calls, CallProcessor processor, InstantSource clock) {
        this.gateways = gateways;
        this.control = control;
        this.calls = calls;
        this.processor = processor;
        this.clock = clock;
    }

    /** One round; what there is no time for is left to the next. */
    void run(Deadline deadline) {
        for (Gateway gateway : gateways.all()) {
            if (!deadline.leaves(ONE_CALL)) {
                LOG.warn("gateway={}: left to the next round", gateway.ref().gatewayId());
                return;
            }
            try {
                look(gateway, deadline);
            } catch (RuntimeException e) {
                LOG.error("gateway={}: cannot be watched: {}", gateway.ref().gatewayId(), Masked.trace(e));
            }
        }
    }

    private void look(Gateway gateway, Deadline deadline) {
        if (isLost(gateway)) {
            end(gateways.openCalls(gateway.ref()), gateway.heartbeatAt(), deadline);
        }
        endEarlierLives(gateway, deadline);
    }

    private boolean isLost(Gateway gateway) {
        Instant now = clock.instant();
        if (gateway.fenced()) {
            return true;
        }
        if (!gateway.heartbeatAt().plus(SILENCE).isBefore(now) || control.isAlive(gateway)) {
            return false;
        }
        boolean fenced = gateways.fence(gateway, now);
        if (fenced) {
            LOG.error(
                    "gateway={} epoch={}: silent since {}, fenced",
                    gateway.ref().gatewayId(),
                    gateway.ref().epoch(),
                    gateway.heartbeatAt());
        }
        return fenced;
    }

    private void endEarlierLives(Gateway gateway, Deadline deadline) {
        List<PinnedCall> left = gateways.openCallsOfEarlierLives(gateway.ref());
        if (left.isEmpty()) {
            return;
        }
        Instant began = Epoch.start(gateway.ref());
        if (began.plus(SILENCE).isBefore(clock.instant())) {
            end(left, began, deadline);
        }
        if (began.plus(RETURN).isBefore(clock.instant())) {
            giveUpUnbegun(left, gateway, deadline);
        }
    }

    private void giveUpUnbegun(List<PinnedCall> left, Gateway back, Deadline deadline) {
        for (PinnedCall pinned : left) {
            if (!deadline.leaves(ONE_CALL)) {
                return;
            }
            alone(pinned, () -> giveUpUnbegun(pinned, back));
        }
    }

    private void giveUpUnbegun(PinnedCall pinned, Gateway back) {
        Optional<ServerCall> call = calls.load(pinned.serverCallId()).filter(GatewayWatch::hasUnbegunRecording);
        boolean nothingToSay = call.flatMap(
                        known -> control.events(back, pinned.serverCallId(), known.lastAppliedEvent()))
                .map(List::isEmpty)
                .orElse(false);
        if (nothingToSay) {
            processor.change(pinned.serverCallId(), new CallCommand.GiveUpRecovery(pinned.gateway(), false));
        }
    }

    private static boolean hasUnbegunRecording(ServerCall call) {
        return call.recordings().stream()
                .anyMatch(recording ->
                        recording.status() == Recording.Status.RECOVERING && recording.startDateTime() == null);
    }

    /** Ends what is left of these calls; {@code lostAt} is when their gateway was last there. */
    private void end(List<PinnedCall> left, Instant lostAt, Deadline deadline) {
        for (PinnedCall pinned : left) {
            if (!deadline.leaves(ONE_CALL)) {
                LOG.warn(
                        "gateway={}: {} calls, some left to the next round",
                        pinned.gateway().gatewayId(),
                        left.size());
                return;
            }
            alone(pinned, () -> end(pinned, lostAt));
        }
    }

    private void end(PinnedCall pinned, Instant lostAt) {
        LOG.warn(
                "serverCallId={} epoch={}: the gateway is lost",
                pinned.serverCallId(),
                pinned.gateway().epoch());
        processor.change(pinned.serverCallId(), new CallCommand.LoseGateway(pinned.gateway()));
        Optional<ServerCall> call = calls.load(pinned.serverCallId());
        if (call.isPresent() && isBeyondRecovery(call.get(), lostAt)) {
            processor.change(pinned.serverCallId(), new CallCommand.GiveUpRecovery(pinned.gateway(), true));
        }
    }

    /** A call that cannot be read or changed is left to the next round, and holds up no other. */
    private static void alone(PinnedCall pinned, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("serverCallId={}: left to the next round: {}", pinned.serverCallId(), Masked.trace(e));
        }
    }

    private boolean isBeyondRecovery(ServerCall call, Instant lostAt) {
        @Nullable Instant ended = call.endedAt();
        Instant since = ended != null && ended.isAfter(lostAt) ? ended : lostAt;
        return ended != null && since.plus(RECOVERY).isBefore(clock.instant());
    }
}
