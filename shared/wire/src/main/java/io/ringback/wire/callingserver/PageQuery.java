package io.ringback.wire.callingserver;

import io.ringback.core.call.CallState;
import io.ringback.core.port.CallLog;
import io.ringback.core.port.DeadLetters;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
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
    private static final String SERVER_CALL = "serverCallId";
    private static final String CALLBACK = "callbackUri";
    private static final int MAX_ID = 64;
    /** RFC 3339 §1: years of four digits. Java knows others too, of which some have no days. */
    private static final Pattern YEAR = Pattern.compile("[0-9]{4}-");

    private static final Pattern RECEIVER = Pattern.compile("(?i)https?://[^/?#@]+([/?#].*)?");

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

    /**
     * Reads the query of ListDeadLetters.
     *
     * @throws MalformedRequest when it is not such a query
     */
    public static DeadLetters.Question deadLetters(Function<String, Optional<String>> parameters) {
        PageQuery page = read(parameters, DeadLetters.MOST);
        return question(
                parameters.apply(SERVER_CALL).orElse(null),
                parameters.apply(CALLBACK).orElse(null),
                page.top(),
                page.continuationToken());
    }

    /**
     * Reads the body of RedriveAllDeadLetters.
     *
     * @throws MalformedRequest when it is not such a body
     */
    public static DeadLetters.Question deadLetters(JsonBody body) {
        return question(
                body.nullableText(SERVER_CALL, MAX_ID),
                body.nullableText(CALLBACK, Fields.MAX_CALLBACK_URI),
                DeadLetters.MOST,
                body.nullableText(TOKEN, MAX_TOKEN));
    }

    /** The error that a token was not made here, or for another list. */
    public static MalformedRequest foreignToken() {
        return new MalformedRequest(TOKEN + " is none of this list; accepted is what the page before came with", TOKEN);
    }

    private static DeadLetters.Question question(
            @Nullable String serverCallId, @Nullable String callbackUri, int top, @Nullable String token) {
        if (serverCallId != null && serverCallId.length() > MAX_ID) {
            throw new MalformedRequest(SERVER_CALL + " has more than " + MAX_ID + " characters", SERVER_CALL);
        }
        return new DeadLetters.Question(serverCallId, callbackUri == null ? null : receiver(callbackUri), top, token);
    }

    private static URI receiver(String text) {
        if (text.length() <= Fields.MAX_CALLBACK_URI && RECEIVER.matcher(text).matches()) {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                throw new MalformedRequest("callbackUri is no address: " + e.getReason(), CALLBACK);
            }
        }
        throw new MalformedRequest(
                "callbackUri is no address with a host; accepted is like https://app.example.com/events", CALLBACK);
    }

    private static int top(String text, int most) {
        int top = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (top < 1 || top > most) {
            throw new MalformedRequest("top is no whole number from 1 to " + most, TOP);
        }
        return top;
    }

    private static Instant moment(String text, String name) {
        if (!YEAR.matcher(text).lookingAt()) {
            throw noMoment(name);
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw noMoment(name);
        }
    }

    private static MalformedRequest noMoment(String name) {
        return new MalformedRequest(name + " is no moment; accepted is like 2026-11-22T10:00:00Z", name);
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
