package io.ringback.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.function.Function;

/** Reads a value of java.time from its ISO 8601 text, and from nothing else. */
final class IsoDeserializer<T> extends StdScalarDeserializer<T> {
    private final transient Function<String, T> parse;
    private final String accepted;

    IsoDeserializer(Class<T> type, Function<String, T> parse, String accepted) {
        super(type);
        this.parse = parse;
        this.accepted = accepted;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return context.reportInputMismatch(this, "must be a text with %s", accepted);
        }
        try {
            return parse.apply(parser.getText());
        } catch (DateTimeException e) {
            return context.reportInputMismatch(this, "must be %s", accepted);
        }
    }
}
