package io.ringback.wire.callingserver;

import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Members that several requests have, and their limits. */
final class Fields {
    /** Contexts and callback URIs are kept in the call's item, which holds 32 operations in 64 KB. */
    static final int MAX_CONTEXT = 512;

    static final int MAX_CALLBACK_URI = 1024;
    private static final int MAX_NAME = 64;

    private Fields() {}

    static Optional<URI> uri(JsonBody json, String name, int maxLength, OutboundPolicy outbound) {
        return json.text(name, maxLength).map(text -> parse(text, json.place(name), outbound));
    }

    static URI callbackUri(JsonBody json, String name, OutboundPolicy outbound) {
        return uri(json, name, MAX_CALLBACK_URI, outbound)
                .orElseThrow(() -> json.missing(name, "the absolute address that events are sent to"));
    }

    /** Constants by their names in this dialect; empty when the member is absent. */
    static <E extends Enum<E>> Set<E> constants(JsonBody json, String name, Class<E> type) {
        Set<E> constants = new LinkedHashSet<>();
        List<String> texts = json.texts(name, 2 * type.getEnumConstants().length, MAX_NAME);
        for (int i = 0; i < texts.size(); i++) {
            String place = json.place(name) + "[" + i + "]";
            String text = texts.get(i);
            constants.add(WireNames.parse(type, text).orElseThrow(() -> unknown(place, text, type)));
        }
        return constants;
    }

    /** A constant by its name in this dialect. */
    static <E extends Enum<E>> E constant(JsonBody json, String name, Class<E> type, E otherwise) {
        return json.text(name, MAX_NAME)
                .map(text -> WireNames.parse(type, text).orElseThrow(() -> unknown(json.place(name), text, type)))
                .orElse(otherwise);
    }

    private static URI parse(String text, String place, OutboundPolicy outbound) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new MalformedRequest(
                    place + " is not a URI (" + e.getReason() + "); accepted is like https://app.example.com/events",
                    place);
        }
        outbound.objection(uri).ifPresent(objection -> {
            throw new MalformedRequest(
                    place + " " + objection + "; accepted is like https://app.example.com/events", place);
        });
        return uri;
    }

    private static MalformedRequest unknown(String place, String text, Class<? extends Enum<?>> type) {
        String accepted =
                Arrays.stream(type.getEnumConstants()).map(WireNames::of).collect(Collectors.joining(", "));
        return new MalformedRequest(place + " is \"" + text + "\"; accepted: " + accepted, place);
    }
}
