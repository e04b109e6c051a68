package io.ringback.functions.workers;

import io.ringback.aws.sqs.Poke;
import io.ringback.core.application.CallProcessor;
import io.ringback.core.call.EndReason;
import io.ringback.core.command.CallCommand;
import io.ringback.core.decision.Decision;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.decision.Target;
import io.ringback.core.media.MediaCommand;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Item;
import io.ringback.core.port.Outbox.Reading;
import io.ringback.core.port.Outbox.Row;
import io.ringback.core.port.Pokes;
import io.ringback.core.port.StreamRef;
import io.ringback.wire.gateway.CommandEnvelope;
import io.ringback.wire.log.Masked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Hands the media commands of one call to its gateway, in order, without those that a later one supersedes. What the
 * gateway can no longer be told is dropped, and what it was for gets its result.
 */
final class CommandRelay implements Work<StreamRef, StreamRef> {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRelay.class);
    private static final int ROWS = 50;

    /** What one command may take: a row read, two requests, a drop. */
    private static final Duration ONE_COMMAND = Duration.ofMillis(5500);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** For so long an order that nobody can read holds up the others. */
    private static final Duration UNREADABLE = Duration.ofMinutes(1);

    private final Outbox outbox;
    private final Pokes pokes;
    private final GatewayDirectory gateways;
    private final GatewayControl control;
    private final CallProcessor processor;
    private final InstantSource clock;

    CommandRelay(
            Outbox outbox,
            Pokes pokes,
            GatewayDirectory gateways,
            GatewayControl control,
            CallProcessor processor,
            InstantSource clock) {
        this.outbox = outbox;
        this.pokes = pokes;
        this.gateways = gateways;
        this.control = control;
        this.processor = processor;
        this.clock = clock;
    }

    @Override
    public StreamRef read(String body) {
        StreamRef stream = Poke.decode(body);
        if (!stream.target().equals(Target.MEDIA)) {
            throw new IllegalArgumentException("no stream of media commands: " + stream.target());
        }
        return stream;
    }

    @Override
    public StreamRef groupOf(StreamRef stream) {
        return stream;
    }

    @Override
    public boolean renew(StreamRef stream) {
        pokes.poke(List.of(stream));
        return true;
    }

    @Override
    public Turn take(StreamRef stream, List<StreamRef> same, Deadline deadline) {
        while (true) {
            Reading reading = outbox.read(stream, ROWS);
            List<Order> pending = pending(reading);
            int index = 0;
            for (Row row : reading.rows()) {
                Turn interruption = relay(row, pending, index, deadline);
                if (interruption != null) {
                    return interruption;
                }
                index += row.items().size() - row.done();
            }
            if (reading.hole()) {
                LOG.warn("serverCallId={}: a hole in the stream of media commands", stream.serverCallId());
                return new Turn.LookAgain(AGAIN);
            }
            if (reading.rows().size() < ROWS) {
                // What was committed after the reading has a poke of its own.
                return new Turn.Done();
            }
        }
    }

    /** Relays the rest of a row, noting it once; null when it is finished. */
    private @Nullable Turn relay(Row row, List<Order> pending, int first, Deadline deadline) {
        List<Attempt> attempts = new ArrayList<>();
        for (int done = row.done(); done < row.items().size(); done++) {
            Item item = row.items().get(done);
            if (!deadline.leaves(ONE_COMMAND)) {
                return note(row, done, attempts, new Turn.GoOn());
            }
            int index = first + done - row.done();
            Order order = pending.get(index);
            CommandEnvelope command = order.envelope();
            Fate fate = command == null
                    ? unreadable(item, order.objection())
                    : relay(command, Order.readable(pending.subList(index + 1, pending.size())));
            Attempt attempt =
                    new Attempt(item.sequence(), clock.instant(), fate.outcome(), fate.status(), fate.detail());
            log(row, item, fate);
            if (fate.outcome() == Attempt.Outcome.FAILED) {
                return later(row, done, attempts, attempt);
            }
            attempts.add(attempt);
        }
        return note(row, row.items().size(), attempts, null);
    }

    /** Notes what was done; whoever loses the row to another consumer stops. */
    private @Nullable Turn note(Row row, int done, List<Attempt> attempts, @Nullable Turn otherwise) {
        if (attempts.isEmpty()) {
            return otherwise;
        }
        Optional<Row> noted = outbox.advance(row, done, attempts, clock.instant());
        return noted.isEmpty() ? new Turn.LookAgain(AGAIN) : otherwise;
    }

    private Turn later(Row row, int done, List<Attempt> attempts, Attempt failed) {
        Row now = row;
        if (!attempts.isEmpty()) {
            Optional<Row> noted = outbox.advance(row, done, attempts, failed.at());
            if (noted.isEmpty()) {
                return new Turn.LookAgain(AGAIN);
            }
            now = noted.get();
        }
        Optional<Row> waiting = outbox.postpone(now, failed, failed.at().plus(AGAIN));
        return waiting.isPresent() ? new Turn.Wait(AGAIN) : new Turn.LookAgain(AGAIN);
    }

    /**
     * What a newer version wrote that version will relay, if it comes in time. After that the order is worth nothing, and
     * what waits behind it, the end of the call perhaps, is.
     */
    private Fate unreadable(Item item, String objection) {
        Instant now = clock.instant();
        if (now.isAfter(item.notAfter()) || now.isAfter(item.occurredAt().plus(UNREADABLE))) {
            return Fate.voided("it cannot be read: " + objection);
        }
        return Fate.failed(0, "it cannot be read: " + objection);
    }

    /** What is too late is dropped; but what holds however late is told, if that is possible now. */
    private Fate relay(CommandEnvelope command, List<MediaCommand> later) {
        if (Overtaking.isVoid(command.command(), later)) {
            return Fate.voided("superseded by a later command");
        }
        boolean late = clock.instant().isAfter(command.command().notAfter());
        if (late && !Overtaking.holdsHoweverLate(command.command())) {
            return tooLate(command);
        }
        Fate fate = tell(command);
        return late && fate.outcome() == Attempt.Outcome.FAILED ? tooLate(command) : fate;
    }

    private Fate tell(CommandEnvelope command) {
        Optional<Gateway> gateway = gateways.find(command.gateway());
        if (gateway.isEmpty()) {
            return Fate.failed(0, "there is no gateway " + command.gateway().gatewayId());
        }
        if (GatewayDirectory.isOver(command.gateway(), gateway.get())) {
            return lose(command);
        }
        GatewayControl.Reply reply = control.send(gateway.get(), command);
        if (reply instanceof GatewayControl.Reply.EpochMismatch) {
            return lose(command);
        } else if (reply instanceof GatewayControl.Reply.Refused refused) {
            String message = "the media gateway refused it: " + refused.status() + " " + refused.message();
            return drop(command, EndReason.FAILED, message);
        } else if (reply instanceof GatewayControl.Reply.Unavailable unavailable) {
            return Fate.failed(unavailable.status(), unavailable.message());
        }
        return new Fate(Attempt.Outcome.DELIVERED, 200, "");
    }

    private Fate tooLate(CommandEnvelope command) {
        return drop(command, EndReason.UNREACHABLE, "the media gateway could not be told in time");
    }

    private Fate drop(CommandEnvelope command, EndReason reason, String message) {
        return change(
                command, new CallCommand.DropMediaCommand(command.command(), reason, message), Fate.voided(message));
    }

    /** The life of the gateway to which the call is pinned is over, and with it whatever this order was for. */
    private Fate lose(CommandEnvelope command) {
        return change(
                command,
                new CallCommand.LoseGateway(command.gateway()),
                Fate.voided("the life " + command.gateway().epoch() + " of the gateway is over"));
    }

    private Fate change(CommandEnvelope command, CallCommand change, Fate fate) {
        boolean crowded = processor.change(command.serverCallId(), change) instanceof Decision.Rejected rejected
                && rejected.code() == ErrorCode.TOO_MANY_CHANGES;
        return crowded ? Fate.failed(0, "too many changes of the call at once") : fate;
    }

    private static List<Order> pending(Reading reading) {
        return reading.rows().stream()
                .flatMap(row -> row.items().stream().skip(row.done()))
                .map(item -> Order.of(item.body()))
                .toList();
    }

    private static void log(Row row, Item item, Fate fate) {
        LOG.atLevel(fate.outcome() == Attempt.Outcome.DELIVERED ? Level.INFO : Level.WARN)
                .log(
                        "serverCallId={} command={} sequence={} attempt={}: {} {}",
                        row.stream().serverCallId(),
                        item.type(),
                        item.sequence(),
                        row.attemptsInARow() + 1,
                        fate.outcome(),
                        Masked.text(fate.detail()));
    }
}
