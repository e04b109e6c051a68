package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ringback.testkit.openapi.ApiDocument;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GetOpenApiFunctionTest {
    @TempDir
    Path folder;

    @Test
    void givesOutTheDocumentWithTheAddressThatWasAsked() throws JsonProcessingException {
        Reply reply = ApiBench.inMemory(folder).invoke("get-open-api/ok");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/servers/0/url")).isEqualTo("https://abcdefghij.execute-api.eu-central-1.amazonaws.com");
        assertThat(ApiDocument.json(reply.text()).operations())
                .extracting(ApiDocument.Operation::id)
                .containsExactlyElementsOf(Documented.DOCUMENT.operations().stream()
                        .map(ApiDocument.Operation::id)
                        .toList());
    }
}
