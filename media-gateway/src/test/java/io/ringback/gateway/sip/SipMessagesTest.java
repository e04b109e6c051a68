package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import org.junit.jupiter.api.Test;

class SipMessagesTest {
    /** Half a character is no text: neither the table nor a receiver takes it. */
    @Test
    void noCharacterIsCutInTwo() {
        assertThat(SipMessages.cut("aaa\uD83D\uDE00", 4)).isEqualTo("aaa");
        assertThat(SipMessages.cut("aaa\uD83D\uDE00", 5)).isEqualTo("aaa\uD83D\uDE00");
        assertThat(SipMessages.cut("abc", 2)).isEqualTo("ab");
    }

    @Test
    void ofALongReasonPhraseTheBeginningIsKept() throws ParseException {
        SIPResponse response = new SIPResponse();
        response.setStatusCode(486);
        response.setReasonPhrase("Busy Here");
        assertThat(SipMessages.describe(response)).isEqualTo("486 Busy Here");

        response.setReasonPhrase("Busy ".repeat(2000));
        assertThat(SipMessages.describe(response)).startsWith("486 Busy Busy").hasSize(120);
    }
}
