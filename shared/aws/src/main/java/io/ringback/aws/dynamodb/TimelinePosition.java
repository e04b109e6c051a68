package io.ringback.aws.dynamodb;

import io.ringback.aws.PageToken;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where reading a timeline goes on.
 *
 * @param version of the commit
 * @param offset how many of its entries were read
 */
record TimelinePosition(long version, int offset) {
    private static final TimelinePosition START = new TimelinePosition(1, 0);

    /** The position in the token, the start without one; empty when it was not made by us or for another call. */
    static Optional<TimelinePosition> of(String serverCallId, @Nullable String token) {
        return token == null
                ? Optional.of(START)
                : PageToken.open(question(serverCallId), token).flatMap(TimelinePosition::parse);
    }

    String token(String serverCallId) {
        return PageToken.seal(question(serverCallId), List.of(Long.toString(version), Integer.toString(offset)));
    }

    private static Optional<TimelinePosition> parse(List<String> texts) {
        try {
            TimelinePosition position =
                    new TimelinePosition(Long.parseLong(texts.get(0)), Integer.parseInt(texts.get(1)));
            boolean ours = position.version > 0
                    && position.version <= HistoryRow.LAST_VERSION
                    && position.offset >= 0
                    && texts.size() == 2;
            return ours ? Optional.of(position) : Optional.empty();
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String question(String serverCallId) {
        return "timeline " + serverCallId;
    }
}
