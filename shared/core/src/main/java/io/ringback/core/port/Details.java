package io.ringback.core.port;

import io.ringback.core.call.Callback;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.PromptSource;
import io.ringback.core.call.Tone;
import io.ringback.core.decision.Effect;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the history keeps of a command, an event or an order: its components by name, as short texts. A component within
 * a component has both names, e.g. {@code statistics.packetsLost}. What is null, and what is neither a plain value nor a
 * record of such, stays out; of a URI its user and query do, for these may hold secrets; of a prompt's text a few
 * words are enough.
 */
public final class Details {
    /** How many characters a text has at most. */
    static final int LONGEST = 120;

    /** How many bytes all names and texts have at most, in UTF-8: a commit may have hundreds of causes and effects. */
    static final int BYTES = 800;

    private static final int PROMPT = 24;
    private static final String ELLIPSIS = "…";

    private static final Pattern USER = Pattern.compile("//[^/?#]*@");
    private static final Pattern QUERY = Pattern.compile("[?#].*");

    private final Map<String, String> texts = new LinkedHashMap<>();
    private int room = BYTES;

    private Details() {}

    /** The details of a record, in the order of its components; those that would be too much are left out. */
    public static Map<String, String> of(Record whole) {
        Details details = new Details();
        details.collect("", whole);
        return details.texts;
    }

    /** The details of what is sent: of the order, or of the event and the connection that it belongs to. */
    public static Map<String, String> of(Effect effect) {
        Details details = new Details();
        if (effect instanceof Effect.Command order) {
            details.collect("", (Record) order.command());
        } else if (effect instanceof Effect.Notify notify) {
            if (notify.callConnectionId() != null) {
                details.put("callConnectionId", notify.callConnectionId());
            }
            details.collect("", (Record) notify.event());
        }
        return details.texts;
    }

    /** The address without its user and query. */
    public static URI withoutSecrets(URI uri) {
        return URI.create(
                QUERY.matcher(USER.matcher(uri.toString()).replaceFirst("//")).replaceFirst(""));
    }

    private void collect(String prefix, Record whole) {
        for (RecordComponent component : whole.getClass().getRecordComponents()) {
            Object value = value(whole, component);
            String name = prefix + component.getName();
            String text = text(value);
            if (text == null && value instanceof Record part) {
                collect(name + ".", part);
            } else if (text != null && !text.isEmpty()) {
                put(name, shortened(text, LONGEST));
            }
        }
    }

    private void put(String name, String text) {
        int bytes = (name + text).getBytes(StandardCharsets.UTF_8).length;
        if (bytes <= room) {
            room -= bytes;
            texts.put(name, text);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Identifier identifier) {
            return identifier.rawId();
        } else if (value instanceof Tone tone) {
            return String.valueOf(tone.key());
        } else if (value instanceof Callback callback) {
            return withoutSecrets(callback.uri()).toString();
        } else if (value instanceof PromptSource.File file) {
            return withoutSecrets(file.uri()).toString();
        } else if (value instanceof PromptSource.Text text) {
            return shortened(text.text(), PROMPT);
        } else if (value instanceof URI uri) {
            return withoutSecrets(uri).toString();
        } else if (value instanceof Collection<?> values) {
            return values.isEmpty() ? null : list(values);
        } else if (value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum<?>
                || value instanceof Instant
                || value instanceof Duration) {
            return value.toString();
        }
        return null;
    }

    /** Plain values one after the other, a set's in order; of records only how many there are. */
    private static String list(Collection<?> values) {
        if (values.stream().anyMatch(value -> text(value) == null)) {
            return Integer.toString(values.size());
        }
        Stream<@Nullable String> texts = values.stream().map(Details::text);
        return (values instanceof Set ? texts.sorted() : texts).collect(Collectors.joining(" "));
    }

    private static String shortened(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + ELLIPSIS;
    }

    private static @Nullable Object value(Record whole, RecordComponent component) {
        try {
            return component.getAccessor().invoke(whole);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the component " + component + " has no value", e);
        }
    }
}
