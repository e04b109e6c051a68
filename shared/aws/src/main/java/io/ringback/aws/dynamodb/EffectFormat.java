package io.ringback.aws.dynamodb;

import io.ringback.core.port.Outbox;
import io.ringback.core.port.Outbox.Attempt;
import io.ringback.core.port.Outbox.Redriven;
import java.net.URI;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What stands in the lists of an outbox row: effects, attempts at them, and what waits to be sent again. */
final class EffectFormat {
    private static final String ATTEMPTS_IN_A_ROW = "attemptsInARow";
    private static final String NEXT_ATTEMPT = "nextAttempt";

    private EffectFormat() {}

    static AttributeValue item(Outbox.Item item) {
        return new ItemWriter()
                .number("sequence", item.sequence())
                .text("id", item.id())
                .text("type", item.type())
                .text(
                        "destination",
                        item.destination() == null ? null : item.destination().toString())
                .instant("occurredAt", item.occurredAt())
                .instant("notAfter", item.notAfter())
                .text("body", item.body())
                .map();
    }

    static Outbox.Item item(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        String destination = map.optionalText("destination");
        return new Outbox.Item(
                map.number("sequence"),
                map.text("id"),
                map.text("type"),
                destination == null ? null : URI.create(destination),
                map.instant("occurredAt"),
                map.instant("notAfter"),
                map.text("body"));
    }

    static AttributeValue attempt(Attempt attempt) {
        return new ItemWriter()
                .number("sequence", attempt.sequence())
                .instant("at", attempt.at())
                .constant("outcome", attempt.outcome())
                .number("status", attempt.status())
                .text("detail", attempt.detail())
                .map();
    }

    static Attempt attempt(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Attempt(
                map.number("sequence"),
                map.instant("at"),
                map.constant("outcome", Attempt.Outcome.class),
                map.integer("status"),
                map.text("detail"));
    }

    static AttributeValue redriven(Redriven waiting) {
        return new ItemWriter()
                .number("sequence", waiting.event().sequence())
                .instant("since", waiting.since())
                .number(ATTEMPTS_IN_A_ROW, waiting.attemptsInARow())
                .instant(NEXT_ATTEMPT, waiting.nextAttempt())
                .map();
    }

    static Redriven redriven(AttributeValue value, Outbox.Row row) {
        ItemReader map = ItemReader.of(value);
        return new Redriven(
                row.stream(),
                row.firstSequence(),
                row.items().get(Math.toIntExact(map.number("sequence") - row.firstSequence())),
                map.instant("since"),
                map.integer(ATTEMPTS_IN_A_ROW),
                map.optionalInstant(NEXT_ATTEMPT));
    }
}
