package io.ringback.aws;

import io.ringback.core.call.CallIds;
import io.ringback.core.decision.Target;
import io.ringback.core.port.StreamRef;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a dead letter: the row that it is kept in, and its number. As a text it is opaque to users and carries a check,
 * so that one that was changed or cut names nothing.
 *
 * @param firstSequence of its row
 */
public record DeadLetterId(StreamRef stream, long firstSequence, long sequence) {
    private static final String KIND = "dead letter";
    private static final Pattern TARGET = Pattern.compile("cb-[A-Za-z0-9_-]{22}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,11}");

    /** The id as a text of {@code [A-Za-z0-9_-]}. */
    public String text() {
        return PageToken.seal(
                KIND,
                List.of(
                        stream.serverCallId(),
                        stream.target().key(),
                        Long.toString(firstSequence),
                        Long.toString(sequence)));
    }

    /** The letter that the text names, if it is the text of one. */
    public static Optional<DeadLetterId> parse(String text) {
        return PageToken.open(KIND, text)
                .filter(DeadLetterId::isWellFormed)
                .map(parts -> new DeadLetterId(
                        new StreamRef(parts.get(0), new Target(parts.get(1))),
                        Long.parseLong(parts.get(2)),
                        Long.parseLong(parts.get(3))))
                .filter(id -> id.text().equals(text));
    }

    private static boolean isWellFormed(List<String> parts) {
        return parts.size() == 4
                && CallIds.serverCall(parts.get(0)).isPresent()
                && TARGET.matcher(parts.get(1)).matches()
                && NUMBER.matcher(parts.get(2)).matches()
                && NUMBER.matcher(parts.get(3)).matches();
    }
}
