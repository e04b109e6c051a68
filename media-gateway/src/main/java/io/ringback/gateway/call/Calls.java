package io.ringback.gateway.call;

import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.media.MediaCommand.DialLeg;
import io.ringback.core.media.MediaCommand.SetRecording;
import io.ringback.core.media.MediaEvent;
import io.ringback.gateway.call.Admission.Place;
import io.ringback.gateway.journal.Journal;
import io.ringback.gateway.prompt.PromptLibrary;
import io.ringback.gateway.recording.RecordingRoom;
import io.ringback.gateway.sip.Invitation;
import io.ringback.gateway.sip.SipEndpoint;
import io.ringback.gateway.task.Gauges;
import io.ringback.gateway.task.SerialExecutor;
import io.ringback.wire.gateway.CommandEnvelope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** All calls of this gateway, and the door for their orders. Thread-safe. */
public final class Calls {
    /** How long an ended call is remembered, so that a late order for it finds what it ended. */
    private static final Duration LINGER = Duration.ofSeconds(60);

    /** Tasks of a call that may wait before those caused by the network are dropped. */
    private static final int WAITING_TASKS = 1000;

    private final Journal journal;
    private final EventSink events;
    private final Call.Parts parts;
    private final Executor pool;
    private final InstantSource clock;
    private final Gauges gauges = new Gauges();
    private final ConcurrentMap<String, Call> calls = new ConcurrentHashMap<>();
    private volatile GatewayRef life;

    /** What became of an order. */
    public enum Acceptance {
        ACCEPTED,
        ALREADY_APPLIED,
        EPOCH_MISMATCH
    }

    /**
     * How much is carried.
     *
     * @param capacity how much at once
     * @param callDuration after which a call is ended
     * @param offers how long callers wait
     */
    public record Limits(Capacity capacity, Duration callDuration, Offering.Times offers) {}

    /** What calls are made of. */
    public record Services(
            Journal journal,
            EventSink events,
            SipEndpoint sip,
            Reachability users,
            CallSound.Factory sounds,
            PromptLibrary prompts,
            RecordingRoom room) {}

    /** What calls run on: {@code pool} runs them, {@code timers} only wakes them. */
    public record Threads(Executor pool, ScheduledExecutorService timers, InstantSource clock) {}

    /** Begins a life of the gateway without calls. */
    public static Calls open(GatewayRef life, Limits limits, DialRoutes routes, Services services, Threads threads) {
        Admission admission = new Admission(limits.capacity(), threads.clock());
        Call.Parts parts = new Call.Parts(
                new Dialler.Plan(
                        routes,
                        admission,
                        new TrunkRate(limits.capacity().newTrunkLegsPerSecond(), threads.clock()),
                        services.users(),
                        services.sip(),
                        threads.timers()),
                services.sounds(),
                services.prompts(),
                services.room(),
                threads.timers(),
                limits.offers(),
                limits.callDuration());
        return new Calls(life, services.journal(), services.events(), parts, threads);
    }

    private Calls(GatewayRef life, Journal journal, EventSink events, Call.Parts parts, Threads threads) {
        this.life = life;
        this.journal = journal;
        this.events = events;
        this.parts = parts;
        this.pool = threads.pool();
        this.clock = threads.clock();
    }

    /**
     * Takes an order into the journal and hands it to its call; the call reports what comes of it.
     *
     * @throws java.io.UncheckedIOException when the journal cannot be written: nothing was taken
     */
    public Acceptance order(CommandEnvelope envelope) {
        GatewayRef current = life;
        if (!envelope.gateway().equals(current)) {
            return Acceptance.EPOCH_MISMATCH;
        }
        AtomicBoolean accepted = new AtomicBoolean();
        calls.compute(envelope.serverCallId(), (id, known) -> {
            MediaCommand command = envelope.command();
            String leg = command instanceof DialLeg dial ? dial.participantId() : null;
            String recording = command instanceof SetRecording set ? set.recordingId() : null;
            if (!journal.order(id, current, envelope.sequence(), leg, recording)) {
                return known;
            }
            accepted.set(true);
            Call call = known == null ? open(id, current) : known;
            call.order(command);
            return call;
        });
        if (accepted.get() && !current.equals(life)) {
            // The life ended meanwhile, perhaps too early for this call to be among those that ended with it.
            endEarlierLives();
        }
        return accepted.get() ? Acceptance.ACCEPTED : Acceptance.ALREADY_APPLIED;
    }

    /** Begins a call that came in, or refuses it when there is no room. */
    void receive(String serverCallId, Offering.Offer offer) {
        boolean overTrunk = offer.sip().invitation().sender() instanceof Invitation.Sender.Trunk;
        Optional<Place> place = parts.plan().admission().enter(overTrunk);
        if (place.isEmpty()) {
            offer.sip().refuse(Refusals.SERVICE_UNAVAILABLE);
            return;
        }
        GatewayRef current = life;
        Call call = open(serverCallId, current);
        calls.put(serverCallId, call);
        call.offer(offer, place.get());
        if (!current.equals(life)) {
            endEarlierLives();
        }
    }

    /** What there is of the call; empty when it is not here (any more). */
    public CompletableFuture<Optional<CallSnapshot>> snapshot(String serverCallId) {
        Call call = calls.get(serverCallId);
        Optional<Journal.Numbers> numbers = journal.numbers(serverCallId);
        if (call == null || numbers.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return CompletableFuture.supplyAsync(
                () -> Optional.of(
                        call.snapshot(numbers.get().lastOrder(), numbers.get().lastEvent())),
                call.context().executor());
    }

    /** The life that new calls are pinned to. */
    public GatewayRef life() {
        return life;
    }

    /** Calls that are here, those among them that ended within the last two minutes. */
    public int size() {
        return calls.size();
    }

    /** What of the gateway's room is taken now. */
    public Admission.Census census() {
        return parts.plan().admission().census();
    }

    /** What the calls hold now, and what became of their tasks, by name; {@code docs/operations.md} lists both. */
    public Map<String, Long> gauges() {
        Map<String, Long> all = gauges.snapshot();
        all.put("calls", (long) size());
        all.put("legs", (long) census().legs().load());
        all.put("trunkLegs", (long) census().trunk().load());
        return all;
    }

    /** Ends every call and takes orders of the new life only. */
    public void renew(GatewayRef next) {
        life = next;
        parts.plan().admission().renew();
        endEarlierLives();
    }

    /** Hangs everything up. */
    public void endAll(EndReason reason) {
        calls.values().forEach(call -> call.endAll(reason));
    }

    private void endEarlierLives() {
        calls.values().stream()
                .filter(call -> !call.context().gateway().equals(life))
                .forEach(call -> call.endAll(EndReason.GATEWAY_LOST));
    }

    /** Reports the end of what an earlier life of this gateway left: its legs, then its recordings (telephony §2). */
    public void settle(Journal.Debt debt) {
        Instant now = clock.instant();
        for (String leg : debt.openLegs()) {
            tell(
                    debt,
                    new MediaEvent.LegEnded(
                            leg, EndReason.GATEWAY_LOST, null, "the media gateway was restarted", null));
        }
        for (String recording : debt.openRecordings()) {
            parts.room().recover(recording, now, recovered -> {
                if (recovered.stop() != null && !debt.stoppedRecordings().contains(recording)) {
                    tell(debt, recovered.stop());
                }
                tell(debt, recovered.file());
                if (recovered.file().available()) {
                    parts.room().discard(recording);
                }
            });
        }
    }

    private void tell(Journal.Debt debt, MediaEvent event) {
        events.report(debt.serverCallId(), debt.gateway(), clock.instant(), event, () -> {});
    }

    /** Waits until no call has anything left, or for so long. */
    public void awaitQuiet(Duration longest) {
        Instant end = clock.instant().plus(longest);
        try {
            while (clock.instant().isBefore(end) && !isQuiet()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isQuiet() {
        return calls.values().stream()
                .map(call -> CompletableFuture.supplyAsync(
                        call::isIdle, call.context().executor()))
                .toList()
                .stream()
                .allMatch(CompletableFuture::join);
    }

    private Call open(String serverCallId, GatewayRef gateway) {
        SerialExecutor executor = new SerialExecutor("call " + serverCallId, WAITING_TASKS, pool, gauges);
        Call call = new Call(new CallContext(serverCallId, gateway, executor, clock, events), parts);
        sweepLater(call, false);
        return call;
    }

    /** Looks every while whether the call has come to rest; twice in a row and it is dropped. */
    private void sweepLater(Call call, boolean restedBefore) {
        try {
            var unused = parts.timers()
                    .schedule(
                            () -> call.context().executor().execute(() -> sweep(call, restedBefore)),
                            LINGER.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The gateway stops: nothing is left to sweep for.
            return;
        }
    }

    private void sweep(Call call, boolean restedBefore) {
        String id = call.context().serverCallId();
        boolean rests = call.isIdle();
        if (rests && restedBefore) {
            calls.computeIfPresent(id, (key, present) -> present == call && call.isIdle() ? null : present);
        }
        if (calls.get(id) == call) {
            sweepLater(call, rests);
        }
    }
}
