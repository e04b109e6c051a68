package io.ringback.wire.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTest {
    @ParameterizedTest
    @CsvSource({
        "4:+12025550101 may not be dialled, 4:+120***01 may not be dialled",
        "to +882161234567., to +882***67.",
        "to%3D%2B12025550101, to%3D%2B120***01",
        "+12025550101and so on, +120***01and so on",
        "sip:+12025550101@pbx.example.com, sip:+120***01@pbx.example.com",
        "call 12025550101 now, call 120***01 now",
        "'\"12025550101\"', '\"120***01\"'",
        "two: +12025550101+12025550102, two: +120***01+120***02",
        "the id c0ffee12345678901234ab-12345678901, the id c0ffee12345678901234ab-12345678901",
        "in 2026 there were 123456 of 30000 ms, in 2026 there were 123456 of 30000 ms",
        "to https://ann:secret@app.example.com/cb?token=s3cret#x failed, to https://app.example.com/cb failed",
        "the path /a?b is no address, the path /a?b is no address"
    })
    void numbersAreMaskedAndAddressesKeepTheirSecrets(String text, String masked) {
        assertThat(Masked.text(text)).isEqualTo(masked);
    }

    @Test
    void aTextIsOneLineAndNoLongerThanItMayBe() {
        assertThat(Masked.text("a\r\nrequestId=1\u2028b\tc\u0085d")).isEqualTo("a  requestId=1 b c d");
        assertThat(Masked.text("x".repeat(100_000))).hasSize(Masked.LONGEST + 1).endsWith("…");
    }

    @Test
    void aFailureIsTraceableAndItsMessagesAreMasked() {
        Exception cause = new IllegalStateException("nobody at +12025550101\n\tat io.ringback.Forged.line");

        String trace = Masked.trace(new IllegalArgumentException("outer", cause));

        assertThat(trace)
                .startsWith("java.lang.IllegalArgumentException: outer\n\tat io.ringback.wire.log.MaskedTest.")
                .contains("\nCaused by: java.lang.IllegalStateException: nobody at +120***01  at io.ringback.Forged")
                .doesNotContain("\tat io.ringback.Forged");
    }
}
