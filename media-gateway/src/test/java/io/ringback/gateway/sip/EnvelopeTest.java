package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {
    @ParameterizedTest
    @CsvSource({"100, true", "699, true", "99, false", "700, false", "0, false"})
    void anAnswerHasOneOfTheStatusCodesThatThereAre(String status, boolean whole) throws ParseException {
        String answer = ("SIP/2.0 " + status + " Something\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1\r\n"
                + "From: <sip:a@example.com>;tag=1\r\nTo: <sip:b@example.com>;tag=2\r\nCall-ID: 1\r\n"
                + "CSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n");
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);

        assertThat(Envelope.isWhole(new StringMsgParser().parseSIPMessage(bytes, true, false, null)))
                .isEqualTo(whole);
    }
}
