package io.ringback.wire.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.time.Duration;
import java.time.Instant;

/**
 * The one JSON mapper. It is strict: unknown members, double members, trailing text, missing or null members of a
 * record that are not {@code @Nullable}, and scalars of another type are refused; who has to be lenient derives a
 * reader. Depth and length are bounded before anything is built.
 */
public final class Json {
    /** Nothing that we read nests deeper; a tree of this depth is harmless to recursion. */
    public static final int MAX_DEPTH = 32;

    /** Longest document: what Lambda hands to a function at most, 6 MB, with room for its envelope. */
    public static final int MAX_DOCUMENT_LENGTH = 8 * 1024 * 1024;

    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_NAME_LENGTH = 1024;
    private static final JsonMapper MAPPER = build();

    private Json() {}

    /** The mapper; its configuration cannot be changed any more in practice, since it is shared by everybody. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Writes a record, tree or map as JSON; null members of records are left out. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JacksonException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    private static JsonMapper build() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxDocumentLength(MAX_DOCUMENT_LENGTH)
                        .maxStringLength(MAX_DOCUMENT_LENGTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        return JsonMapper.builder(factory)
                .annotationIntrospector(new RecordIntrospector())
                .addModule(times())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    /** Moments and durations travel as ISO 8601 texts, e.g. {@code 2026-11-22T10:00:00.125Z} and {@code PT30S}. */
    private static SimpleModule times() {
        return new SimpleModule("times")
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addSerializer(Duration.class, ToStringSerializer.instance)
                .addDeserializer(
                        Instant.class,
                        new IsoDeserializer<>(Instant.class, Instant::parse, "a moment like 2026-11-22T10:00:00Z"))
                .addDeserializer(
                        Duration.class,
                        new IsoDeserializer<>(Duration.class, Duration::parse, "a duration like PT30S"));
    }
}
