package io.ringback.wire.callingserver;

import io.ringback.core.call.CallState;
import io.ringback.core.port.CallLog;
import io.ringback.wire.json.MalformedRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list a request's query asks for (native API §6 and §8).
 *
 * @param continuationToken where the page before ended; null begins
 */
public record PageQuery(int top, @Nullable String continuationToken) {
    private static final String TOP = "top";
    private static final String TOKEN = "continuationToken";
    private static final int MAX_TOKEN = 1024;

    /**
     * Reads the query.
     *
     * @param parameters gives each parameter's value
     * @param most that {@code top} may be; without one a page has this many
     * @throws MalformedRequest when it is not such a query
     */
    public static PageQuery read(Function<String, Optional<String>> parameters, int most) {
        String token = parameters.apply(TOKEN).orElse(null);
        if (token != null && token.length() > MAX_TOKEN) {
            throw foreignToken();
        }
        return new PageQuery(parameters.apply(TOP).map(text -> top(text, most)).orElse(most), token);
    }

    /**
     * Reads the query of ListCalls.
     *
     * @throws MalformedRequest when it is not such a query
     */
    public static CallLog.Question calls(Function<String, Optional<String>> parameters) {
        PageQuery page = read(parameters, CallLog.MOST);
        return new CallLog.Question(
                parameters.apply("from").map(text -> moment(text, "from")).orElse(null),
                parameters.apply("to").map(text -> moment(text, "to")).orElse(null),
                parameters.apply("state").map(PageQuery::state).orElse(null),
                parameters
                        .apply("phoneNumber")
                        .map(text -> IdentifierReader.e164(text, "phoneNumber"))
                        .orElse(null),
                page.top(),
                page.continuationToken());
    }

    /** The error that a token was not made here, or for another list. */
    public static MalformedRequest foreignToken() {
        return new MalformedRequest(TOKEN + " is none of this list; accepted is what the page before came with", TOKEN);
    }

    private static int top(String text, int most) {
        int top = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (top < 1 || top > most) {
            throw new MalformedRequest("top is no whole number from 1 to " + most, TOP);
        }
        return top;
    }

    private static Instant moment(String text, String name) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedRequest(name + " is no moment; accepted is like 2026-11-22T10:00:00Z", name);
        }
    }

    private static CallState state(String text) {
        return WireNames.parse(CallState.class, text)
                .orElseThrow(() -> new MalformedRequest(
                        "state is \"" + text + "\"; accepted: "
                                + Arrays.stream(CallState.values())
                                        .map(WireNames::of)
                                        .collect(Collectors.joining(", ")),
                        "state"));
    }
}
