package io.ringback.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^               | the body is empty; a JSON object is accepted",
                "[1]              | the body is an array; a JSON object is accepted",
                "null             | the body is null; a JSON object is accepted",
                "{\"a\":          | the body is not JSON at line 1",
                "{\"a\":1} x      | the body is not JSON at line 1",
                "{\"a\":1,\"a\":2} | Duplicate",
                "a=b&c=d          | the body is not JSON at line 1, column 1"
            })
    void whatIsNoObjectIsRefusedAsAWhole(String body, String message) {
        MalformedRequest refusal = refusal(body.getBytes(UTF_8));

        assertThat(refusal.reason()).contains(message);
        assertThat(refusal.target()).isNull();
    }

    @Test
    void hostileBodiesAreRefused() {
        assertThat(refusal("[".repeat(10_000).getBytes(UTF_8)).reason()).contains("depth");
        assertThat(refusal(("{\"a\":" + "9".repeat(10_000) + "}").getBytes(UTF_8))
                        .reason())
                .contains("length");
        assertThat(refusal(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'})
                        .reason())
                .contains("not JSON");
    }

    @Test
    void aMissingBodyIsEmptyWhereItMayBe() {
        assertThat(JsonBody.parseOptional(new byte[0]).has("a")).isFalse();
    }

    @Test
    void nullIsAbsent() {
        JsonBody json = JsonBody.parse("{\"a\":null}".getBytes(UTF_8));

        assertThat(json.has("a")).isFalse();
        assertThat(json.flag("a", true)).isTrue();
        assertThat(json.integer("a", 1, 9, 5)).isEqualTo(5);
        assertThat(json.object("a")).isEmpty();
        assertThat(json.texts("a", 9, 9)).isEmpty();
    }

    @Test
    void placesLeadFromTheBodyToTheMember() {
        JsonBody json = JsonBody.parse("{\"a\":[{\"b\":{}}]}".getBytes(UTF_8));

        assertThat(json.objects("a", 1).get(0).requiredObject("b").place("c")).isEqualTo("a[0].b.c");
    }

    @Test
    void arraysAreBounded() {
        JsonBody json = JsonBody.parse("{\"a\":[{},{}]}".getBytes(UTF_8));
        MalformedRequest refusal =
                Objects.requireNonNull(catchThrowableOfType(MalformedRequest.class, () -> json.objects("a", 1)));

        assertThat(refusal.reason()).isEqualTo("a has 2 elements; at most 1 are accepted");
    }

    @Test
    void textsAreBoundedInBytesAsTheyAreStored() {
        JsonBody json = JsonBody.parse("{\"a\":\"äöü\",\"b\":[\"電話\"]}".getBytes(UTF_8));

        assertThat(json.text("a", 6)).contains("äöü");
        assertThat(refusal(() -> json.text("a", 5)).reason())
                .isEqualTo("a has 6 bytes in UTF-8; at most 5 are accepted");
        assertThat(json.texts("b", 1, 6)).containsExactly("電話");
        assertThat(refusal(() -> json.texts("b", 1, 5)).target()).isEqualTo("b[0]");
    }

    @Test
    void proseIsBoundedInCharacters() {
        JsonBody json = JsonBody.parse("{\"a\":\"電話📞\"}".getBytes(UTF_8));

        assertThat(json.prose("a", 3)).contains("電話📞");
        assertThat(refusal(() -> json.prose("a", 2)).reason()).isEqualTo("a has 3 characters; at most 2 are accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\udcde", "x\\udcde\\ud83d", "\\ud83d\\ud83d\\udcde"})
    void halfACharacterIsRefused(String escaped) {
        JsonBody json = JsonBody.parse(("{\"a\":\"" + escaped + "\"}").getBytes(UTF_8));

        assertThat(refusal(() -> json.text("a", 99)).reason()).startsWith("a has half of a surrogate pair");
        assertThat(refusal(() -> json.prose("a", 99)).target()).isEqualTo("a");
    }

    private static MalformedRequest refusal(ThrowingCallable reading) {
        return Objects.requireNonNull(catchThrowableOfType(MalformedRequest.class, reading), "nothing was refused");
    }

    private static MalformedRequest refusal(byte[] body) {
        return Objects.requireNonNull(
                catchThrowableOfType(MalformedRequest.class, () -> JsonBody.parse(body)), "nothing was refused");
    }
}
