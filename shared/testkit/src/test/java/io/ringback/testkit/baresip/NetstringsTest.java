package io.ringback.testkit.baresip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetstringsTest {
    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsBytesNotCharacters() {
        assertThat(Netstrings.encode("{µ}")).asString(StandardCharsets.UTF_8).isEqualTo("4:{µ},");
    }

    @Test
    void readsOneAfterTheOther() throws IOException {
        InputStream stream = stream("4:{µ},0:,3:a:b,");
        assertThat(Netstrings.read(stream)).hasValue("{µ}");
        assertThat(Netstrings.read(stream)).hasValue("");
        assertThat(Netstrings.read(stream)).hasValue("a:b");
        assertThat(Netstrings.read(stream)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:y,", "5:abc,", "3:abcd", "99999999:a,", "3"})
    void refusesWhatIsNone(String text) {
        assertThatIOException().isThrownBy(() -> Netstrings.read(stream(text)));
    }
}
