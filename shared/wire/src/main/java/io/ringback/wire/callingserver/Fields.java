package io.ringback.wire.callingserver;

import io.ringback.core.call.Identifier;
import io.ringback.wire.json.JsonBody;
import io.ringback.wire.json.MalformedRequest;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Members that several requests have, and their limits. */
final class Fields {
    /** Contexts and callback URIs are kept in the call's item, which the store bounds at 400 KB. */
    static final int MAX_CONTEXT = 512;

    static final int MAX_CALLBACK_URI = 1024;
    static final int MAX_FILE_URI = 2048;
    static final int MAX_SUBJECT = 256;
    /** Where the number that is shown to phone numbers stands. */
    static final String ALTERNATE_CALLER_ID = "alternateCallerId.value";

    private static final int MAX_PARTIES = 50;
    private static final int SHORTEST_RING = 5;
    private static final int LONGEST_RING = 180;
    private static final int USUAL_RING = 60;
    private static final int MAX_MEDIA_TYPES = 8;
    private static final int MAX_MEDIA_TYPE = 32;
    private static final int MAX_NAME = 64;

    private Fields() {}

    static Optional<URI> uri(JsonBody json, String name, int maxLength, OutboundPolicy outbound) {
        return json.text(name, maxLength).map(text -> parse(text, json.place(name), outbound));
    }

    static URI callbackUri(JsonBody json, String name, OutboundPolicy outbound) {
        return uri(json, name, MAX_CALLBACK_URI, outbound)
                .orElseThrow(() -> json.missing(name, "the absolute address that events are sent to"));
    }

    static @Nullable URI nullableCallbackUri(JsonBody json, OutboundPolicy outbound) {
        return uri(json, "callbackUri", MAX_CALLBACK_URI, outbound).orElse(null);
    }

    /** One or more parties to call, each of them once. */
    static List<Identifier> parties(JsonBody json, String name) {
        List<Identifier> parties = json.objects(name, MAX_PARTIES).stream()
                .map(IdentifierReader::read)
                .toList();
        if (parties.isEmpty()) {
            throw json.missing(name, "an array of 1 to " + MAX_PARTIES + " identifiers");
        }
        for (int i = 0; i < parties.size(); i++) {
            int first = parties.indexOf(parties.get(i));
            if (first < i) {
                String place = json.place(name) + "[" + i + "]";
                throw new MalformedRequest(
                        place + " is the same party as " + json.place(name) + "[" + first
                                + "], who would be rung twice; accepted is each party once",
                        place);
            }
        }
        return parties;
    }

    /** @return an E.164 number, or null when the member is absent */
    static @Nullable String alternateCallerId(JsonBody json) {
        return json.object("alternateCallerId")
                .map(member -> IdentifierReader.readNumber(member, "value"))
                .orElse(null);
    }

    static Duration ringTimeout(JsonBody json) {
        return Duration.ofSeconds(json.integer("ringTimeoutInSeconds", SHORTEST_RING, LONGEST_RING, USUAL_RING));
    }

    /** Refuses {@code requestedMediaTypes} with anything but audio. */
    static void requireAudio(JsonBody json) {
        List<String> types = json.texts("requestedMediaTypes", MAX_MEDIA_TYPES, MAX_MEDIA_TYPE);
        for (int i = 0; i < types.size(); i++) {
            if (!types.get(i).equals("audio")) {
                String place = json.place("requestedMediaTypes") + "[" + i + "]";
                throw new MalformedRequest(
                        place + " is \"" + types.get(i) + "\"; calls are audio only, accepted: audio", place);
            }
        }
    }

    /** Constants by their names in this dialect; empty when the member is absent. */
    static <E extends Enum<E>> Set<E> constants(JsonBody json, String name, Class<E> type) {
        return new LinkedHashSet<>(constantList(json, name, type, 2 * type.getEnumConstants().length));
    }

    /** The same where order and repetitions count. */
    static <E extends Enum<E>> List<E> constantList(JsonBody json, String name, Class<E> type, int maxCount) {
        List<E> constants = new ArrayList<>();
        List<String> texts = json.texts(name, maxCount, MAX_NAME);
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
