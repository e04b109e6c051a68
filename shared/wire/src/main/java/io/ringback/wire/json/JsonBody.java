package io.ringback.wire.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a request, read member by member. Every reader names the type and the bounds that it accepts; what
 * is otherwise ends in a {@link MalformedRequest} that names the place. A member that is null is absent; members that
 * nobody reads are ignored.
 */
public final class JsonBody {
    private final JsonNode node;
    private final String path;

    private JsonBody(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Reads a body that has to be a JSON object. */
    public static JsonBody parse(byte[] body) {
        if (body.length == 0) {
            throw new MalformedRequest("the body is empty; a JSON object is accepted", null);
        }
        JsonNode node = tree(body);
        if (!node.isObject()) {
            throw new MalformedRequest("the body is " + kind(node) + "; a JSON object is accepted", null);
        }
        return new JsonBody(node, "");
    }

    /** Reads a body that may be missing: then it is an empty object. */
    public static JsonBody parseOptional(byte[] body) {
        return body.length == 0 ? new JsonBody(Json.mapper().createObjectNode(), "") : parse(body);
    }

    /** Where a member of this object stands, e.g. {@code targets[0].phoneNumber}. */
    public String place(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Where this object stands. */
    public String place() {
        return path;
    }

    public boolean has(String name) {
        return member(name).isPresent();
    }

    /** @param maxBytes in UTF-8, which is how it is stored */
    public Optional<String> text(String name, int maxBytes) {
        return member(name).map(value -> text(value, place(name), maxBytes));
    }

    /**
     * A text that people read or hear, and that no call keeps: its length does not depend on its script.
     *
     * @param maxCharacters as Unicode counts them
     */
    public Optional<String> prose(String name, int maxCharacters) {
        return member(name).map(value -> {
            String text = unicode(value, place(name));
            int characters = text.codePointCount(0, text.length());
            if (characters > maxCharacters) {
                throw tooLong(place(name), characters + " characters", maxCharacters);
            }
            return text;
        });
    }

    public String requiredText(String name, int maxBytes) {
        return text(name, maxBytes).filter(text -> !text.isBlank()).orElseThrow(() -> missing(name, "a text"));
    }

    /** @return null when the member is absent */
    public @Nullable String nullableText(String name, int maxBytes) {
        return text(name, maxBytes).orElse(null);
    }

    public boolean flag(String name, boolean otherwise) {
        Optional<JsonNode> value = member(name);
        if (value.isPresent() && !value.get().isBoolean()) {
            throw wrong(place(name), value.get(), "true or false");
        }
        return value.map(JsonNode::booleanValue).orElse(otherwise);
    }

    /** A whole number in these bounds, both included. */
    public int integer(String name, int min, int max, int otherwise) {
        Optional<JsonNode> value = member(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        JsonNode number = value.get();
        if (!number.isIntegralNumber()
                || !number.canConvertToInt()
                || number.intValue() < min
                || number.intValue() > max) {
            throw wrong(place(name), number, "a whole number from " + min + " to " + max);
        }
        return number.intValue();
    }

    public Optional<JsonBody> object(String name) {
        return member(name).map(value -> object(value, place(name)));
    }

    public JsonBody requiredObject(String name) {
        return object(name).orElseThrow(() -> missing(name, "an object"));
    }

    /** The objects of an array; empty when the member is absent. */
    public List<JsonBody> objects(String name, int maxCount) {
        List<JsonBody> objects = new ArrayList<>();
        for (JsonNode element : elements(name, maxCount)) {
            objects.add(object(element, place(name) + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /** The texts of an array; empty when the member is absent. */
    public List<String> texts(String name, int maxCount, int maxBytes) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name, maxCount)) {
            texts.add(text(element, place(name) + "[" + texts.size() + "]", maxBytes));
        }
        return texts;
    }

    /** True when the member is there and is a text rather than something else. */
    public boolean isText(String name) {
        return member(name).filter(JsonNode::isTextual).isPresent();
    }

    /** The error that a required member is absent. */
    public MalformedRequest missing(String name, String accepted) {
        return new MalformedRequest(place(name) + " is missing; " + accepted + " is required", place(name));
    }

    private Iterable<JsonNode> elements(String name, int maxCount) {
        Optional<JsonNode> value = member(name);
        if (value.isEmpty()) {
            return List.of();
        }
        JsonNode array = value.get();
        if (!array.isArray()) {
            throw wrong(place(name), array, "an array");
        }
        if (array.size() > maxCount) {
            throw new MalformedRequest(
                    place(name) + " has " + array.size() + " elements; at most " + maxCount + " are accepted",
                    place(name));
        }
        return array;
    }

    private Optional<JsonNode> member(String name) {
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    private static JsonBody object(JsonNode value, String place) {
        if (!value.isObject()) {
            throw wrong(place, value, "an object");
        }
        return new JsonBody(value, place);
    }

    private static String text(JsonNode value, String place, int maxBytes) {
        String text = unicode(value, place);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw tooLong(place, bytes + " bytes in UTF-8", maxBytes);
        }
        return text;
    }

    /** JSON can escape halves of characters, which nobody could write down again. */
    private static String unicode(JsonNode value, String place) {
        if (!value.isTextual()) {
            throw wrong(place, value, "a text");
        }
        String text = value.textValue();
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            throw new MalformedRequest(place + " has half of a surrogate pair; whole characters are accepted", place);
        }
        return text;
    }

    private static MalformedRequest tooLong(String place, String length, int most) {
        return new MalformedRequest(place + " has " + length + "; at most " + most + " are accepted", place);
    }

    private static MalformedRequest wrong(String place, JsonNode value, String accepted) {
        String found = value.isNumber() && value.asText().length() <= 20 ? value.asText() : kind(value);
        return new MalformedRequest(place + " is " + found + "; " + accepted + " is accepted", place);
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            case STRING -> "a text";
            default -> "nothing";
        };
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new MalformedRequest(
                    "the body is not JSON" + where + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    null);
        } catch (IOException e) {
            throw new MalformedRequest("the body is not JSON: it is not UTF-8", null);
        }
    }
}
