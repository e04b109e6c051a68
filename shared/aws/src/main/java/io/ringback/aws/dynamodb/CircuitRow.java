package io.ringback.aws.dynamodb;

import io.ringback.core.port.Circuits.Circuit;
import io.ringback.core.port.Circuits.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code ENDPOINT#<hash>} / {@code #}: how an endpoint fared that has failed lately. */
final class CircuitRow {
    private static final String PREFIX = "ENDPOINT#";
    private static final String SORT = "#";
    private static final String ORIGIN = "origin";
    private static final String FAILURES = "failures";
    private static final String RETRY_AT = "retryAt";
    private static final int HASH_BYTES = 16;

    /** An endpoint that was not tried for so long is as good as new. */
    private static final Duration KEPT = Duration.ofDays(2);

    private CircuitRow() {}

    static Map<String, AttributeValue> key(Endpoint endpoint) {
        return new ItemWriter()
                .text(TableSchema.PARTITION_KEY, PREFIX + hash(endpoint.origin()))
                .text(TableSchema.SORT_KEY, SORT)
                .item();
    }

    static Circuit parse(Map<String, AttributeValue> item) {
        ItemReader reader = new ItemReader(item);
        return new Circuit(reader.integer(FAILURES), reader.instant(RETRY_AT));
    }

    static ItemUpdate failure(Endpoint endpoint, Instant retryAt, Instant now) {
        return new ItemUpdate().setAll(of(endpoint, retryAt, now)).increment(FAILURES);
    }

    static ItemUpdate closing(Endpoint endpoint, Instant now) {
        return new ItemUpdate()
                .setAll(of(endpoint, Circuit.CLOSED.retryAt(), now))
                .set(FAILURES, AttributeValue.fromN("0"));
    }

    static ItemUpdate probe(Instant until) {
        return new ItemUpdate().set(RETRY_AT, AttributeValue.fromS(ItemWriter.format(until)));
    }

    /** The condition that nobody has changed it. */
    static String isAs(Circuit seen, ItemUpdate update) {
        return update.name(FAILURES) + " = "
                + update.value("seenFailures", AttributeValue.fromN(Integer.toString(seen.failures()))) + " AND "
                + update.name(RETRY_AT) + " = "
                + update.value("seenRetryAt", AttributeValue.fromS(ItemWriter.format(seen.retryAt())));
    }

    private static Map<String, AttributeValue> of(Endpoint endpoint, Instant retryAt, Instant now) {
        return new ItemWriter()
                .text(ORIGIN, endpoint.origin())
                .instant(RETRY_AT, retryAt)
                .number(TableSchema.EXPIRES_AT, now.plus(KEPT).getEpochSecond())
                .item();
    }

    private static String hash(String origin) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
