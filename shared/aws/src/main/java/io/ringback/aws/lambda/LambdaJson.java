package io.ringback.aws.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.ringback.wire.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.joda.time.DateTime;

/**
 * Reads Lambda's events into the types of {@code aws-lambda-java-events} and writes the answers, with our mapper: the
 * functions are stream handlers, so that the runtime's own serializer is never loaded.
 *
 * <p>Unlike what customers send, these documents come from AWS: members that are new are ignored, and the case of a
 * member's first letter ({@code Records}, {@code eventSourceARN}) says nothing.
 */
public final class LambdaJson {
    /** Names in events can be those of headers and parameters, for which API Gateway takes this much together. */
    private static final int MAX_NAME_LENGTH = 10 * 1024;

    private static final JsonMapper MAPPER = build();

    private LambdaJson() {}

    /** Reads one event; throws for what is none. */
    public static <T> T read(InputStream event, Class<T> type) throws IOException {
        return MAPPER.readValue(event, type);
    }

    /** Writes an answer; the stream stays open. */
    public static void write(Object answer, OutputStream out) throws IOException {
        MAPPER.writeValue(out, answer);
    }

    private static JsonMapper build() {
        JsonMapper mapper = Json.mapper()
                .rebuild()
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addModule(new SimpleModule("joda").addDeserializer(DateTime.class, new DateTimeDeserializer()))
                .build();
        // The factory is a copy, as the mapper is.
        StreamReadConstraints strict = mapper.getFactory().streamReadConstraints();
        mapper.getFactory()
                .setStreamReadConstraints(
                        strict.rebuild().maxNameLength(MAX_NAME_LENGTH).build());
        return mapper;
    }

    /** The event types speak of time in Joda's types. */
    private static final class DateTimeDeserializer extends StdScalarDeserializer<DateTime> {
        DateTimeDeserializer() {
            super(DateTime.class);
        }

        @Override
        public DateTime deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText();
            try {
                return DateTime.parse(text);
            } catch (IllegalArgumentException e) {
                return context.reportInputMismatch(this, "not a moment: %s", text);
            }
        }
    }
}
