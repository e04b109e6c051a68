package io.ringback.functions.workers;

import io.ringback.core.application.CallProcessor;
import io.ringback.core.application.CallProcessor.Application;
import io.ringback.core.call.Subscriber;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.directory.Subscription;
import io.ringback.core.media.MediaEvent.CallOffered;
import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Subscriptions;
import io.ringback.wire.gateway.GatewayProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what a gateway reports of one call, all of a batch in one commit. What is missing in between is fetched from
 * the gateway (telephony §3); if it is nowhere any more, neither is the gateway's part of the call.
 */
final class ReportIntake implements Work<String, MediaReport> {
    private static final Logger LOG = LoggerFactory.getLogger(ReportIntake.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** How many fetched reports one commit applies, beside a batch: each may mean an event for each subscription. */
    private static final int AT_ONCE = 10;

    /** What a fetch and a commit may take. */
    private static final Duration ONE_ROUND = Duration.ofSeconds(5);

    private final CallProcessor processor;
    private final Subscriptions subscriptions;
    private final GatewayDirectory gateways;
    private final GatewayControl control;

    ReportIntake(
            CallProcessor processor, Subscriptions subscriptions, GatewayDirectory gateways, GatewayControl control) {
        this.processor = processor;
        this.subscriptions = subscriptions;
        this.gateways = gateways;
        this.control = control;
    }

    @Override
    public MediaReport read(String body) {
        return GatewayProtocol.decodeReport(body);
    }

    @Override
    public String groupOf(MediaReport report) {
        return report.serverCallId();
    }

    /** A report is its own message; nothing else stands for it. */
    @Override
    public boolean renew(String serverCallId) {
        return false;
    }

    @Override
    public Turn take(String serverCallId, List<MediaReport> batch, Deadline deadline) {
        List<MediaReport> reports = ascending(batch);
        Application application = apply(serverCallId, reports);
        while (application instanceof Application.Gap gap && deadline.leaves(ONE_ROUND)) {
            MediaReport beyond = reports.get(reports.size() - 1);
            Optional<Gateway> gateway = gateways.find(beyond.gateway());
            List<MediaReport> missing = gateway.flatMap(g -> control.events(g, serverCallId, gap.lastApplied()))
                    .map(events -> follow(events, beyond, gap.lastApplied()))
                    .orElse(List.of());
            if (missing.isEmpty()) {
                return unbridgeable(beyond, gateway, gap.lastApplied());
            }
            application = apply(serverCallId, merge(missing, reports));
        }
        return outcome(serverCallId, application, reports.get(reports.size() - 1));
    }

    /** Applies the reports, and begins the call if none of ours placed it. */
    private Application apply(String serverCallId, List<MediaReport> reports) {
        Application application = processor.apply(serverCallId, reports);
        if (!(application instanceof Application.UnknownCall)) {
            return application;
        }
        MediaReport first = reports.get(0);
        if (first.number() > 1) {
            // How it began may still be with the gateway.
            return new Application.Gap(0);
        }
        return first.event() instanceof CallOffered offer
                ? processor.begin(serverCallId, reports, subscribers(offer))
                : application;
    }

    private List<Subscriber> subscribers(CallOffered offer) {
        return Subscription.subscribers(subscriptions.all(), List.of(offer.to()));
    }

    /** @param last of those that came, by its number */
    private static Turn outcome(String serverCallId, Application application, MediaReport last) {
        if (application instanceof Application.Applied applied) {
            if (applied.lastApplied() < last.number()) {
                LOG.warn(
                        "serverCallId={}: event {} is dropped, the call is not with gateway {} of epoch {}",
                        serverCallId,
                        last.number(),
                        last.gateway().gatewayId(),
                        last.gateway().epoch());
            }
            LOG.info("serverCallId={}: applied up to event {}", serverCallId, applied.lastApplied());
            return new Turn.Done();
        }
        if (application instanceof Application.UnknownCall) {
            LOG.warn("serverCallId={}: events of a call that is not there", serverCallId);
            return new Turn.Done();
        }
        return new Turn.LookAgain(AGAIN);
    }

    /** The missing events cannot be had: now, or ever when the gateway that had them is gone. */
    private Turn unbridgeable(MediaReport beyond, Optional<Gateway> gateway, long lastApplied) {
        String serverCallId = beyond.serverCallId();
        if (gateway.isEmpty() || !GatewayDirectory.isOver(beyond.gateway(), gateway.get())) {
            LOG.warn(
                    "serverCallId={}: event {} is missing, and the gateway has not got it",
                    serverCallId,
                    lastApplied + 1);
            return new Turn.LookAgain(AGAIN);
        }
        LOG.error("serverCallId={}: event {} is lost with its gateway", serverCallId, lastApplied + 1);
        Decision decision = processor.change(serverCallId, new CallCommand.LoseGateway(beyond.gateway()));
        boolean crowded =
                decision instanceof Decision.Rejected rejected && rejected.code() == ErrorCode.TOO_MANY_CHANGES;
        return crowded ? new Turn.LookAgain(AGAIN) : new Turn.Done();
    }

    /** What follows without a gap, of the same life of the gateway. */
    private static List<MediaReport> follow(List<MediaReport> events, MediaReport like, long lastApplied) {
        List<MediaReport> following = new ArrayList<>();
        for (MediaReport event : ascending(events)) {
            boolean next = event.number() == lastApplied + following.size() + 1;
            if (next && event.gateway().equals(like.gateway()) && following.size() < AT_ONCE) {
                following.add(event);
            }
        }
        return following;
    }

    private static List<MediaReport> merge(List<MediaReport> missing, List<MediaReport> reports) {
        List<MediaReport> all = new ArrayList<>(missing);
        all.addAll(reports);
        return ascending(all);
    }

    private static List<MediaReport> ascending(List<MediaReport> reports) {
        return reports.stream()
                .sorted(Comparator.comparingLong(MediaReport::number))
                .toList();
    }
}
