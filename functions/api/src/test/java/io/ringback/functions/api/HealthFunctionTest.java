package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthFunctionTest {
    @TempDir
    Path folder;

    @Test
    void healthNeedsNoKey() {
        Reply reply = ApiBench.inMemory(folder).invoke("health/ok");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{\"status\":\"healthy\",\"version\":\"1.2.3\"}");
    }

    @Test
    void evenHealthTakesNoStrangeBody() {
        Reply reply = ApiBench.inMemory(folder).invoke("health/wrong-content-type");

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("415");
        assertThat(reply.target()).contains("Content-Type");
        assertThat(reply.message()).contains("text/plain").contains("accepted: application/json");
    }

    @Test
    void theBuildWritesItsVersionDown() {
        assertThat(Version.current()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    }
}
