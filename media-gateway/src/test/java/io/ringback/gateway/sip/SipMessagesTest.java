package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import org.junit.jupiter.api.Test;

class SipMessagesTest {
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
