package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {
    private static Head head(String text) {
        return Head.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsUpToTheBody() {
        assertThat(head("OPTIONS sip:a SIP/2.0\r\nA: 1, 2\r\n B: 3\r\n\r\nC: 4,5\r\n"))
                .isEqualTo(new Head(2, 1, false, "SIP/2.0"));
        assertThat(head("SIP/2.0 200 OK\nA: 1")).isEqualTo(new Head(1, 0, false, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1\r\nContent-Length: 2",
                "l: 1\r\nX: 1\r\nCONTENT-LENGTH  : 2",
                "From: a\r\nf: b",
                "t: a\r\nTo: b",
                "Call-ID: 1\r\ni: 1",
                "CSeq: 1 A\r\ncseq: 2 A",
                "Max-Forwards: 1\r\nMax-Forwards: 1",
            })
    void aHeaderThatSaysOneThingStandsOnce(String headers) {
        assertThat(head("INVITE sip:a SIP/2.0\r\n" + headers + "\r\n\r\n").ambiguous())
                .isTrue();
        assertThat(head("INVITE sip:a SIP/2.0\r\nVia: 1\r\nVia: 2\r\nv: 3\r\nX-To: 1\r\nTo: 1\r\n\r\nTo: 2")
                        .ambiguous())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\n\n\n", ":", "\r", "x"})
    void nothingIsReadFromNothing(String text) {
        assertThat(head(text).version()).isEmpty();
    }
}
