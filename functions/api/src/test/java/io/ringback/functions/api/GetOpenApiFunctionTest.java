package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ringback.testkit.openapi.ApiDocument;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Everybody may ask for it, and says by which address. */
    @ParameterizedTest
    @CsvSource({
        "host, calls.example.com:8443, https://calls.example.com:8443",
        "host, [::1]:8443, https://[::1]:8443",
        "host, [:::], https://abcdefghij.execute-api.eu-central-1.amazonaws.com",
        "host, calls.example.com/x?y, https://abcdefghij.execute-api.eu-central-1.amazonaws.com",
        "host, ada@calls.example.com, https://abcdefghij.execute-api.eu-central-1.amazonaws.com",
        "x-forwarded-proto, http, http://abcdefghij.execute-api.eu-central-1.amazonaws.com",
        "x-forwarded-proto, a b, https://abcdefghij.execute-api.eu-central-1.amazonaws.com"
    })
    void whatIsNoAddressIsNotRepeated(String header, String value, String address) {
        ApiBench bench = ApiBench.inMemory(folder);

        Reply reply = bench.invokeWith(
                "get-open-api",
                bench.events.sample("get-open-api/ok").withHeader(header, value).text());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/servers/0/url")).isEqualTo(address);
    }
}
