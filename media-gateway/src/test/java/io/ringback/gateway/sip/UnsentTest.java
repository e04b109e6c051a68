package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import javax.sip.SipException;
import org.junit.jupiter.api.Test;

class UnsentTest {
    /** As the stack words it when a connection is refused. */
    @Test
    void theMessageThatCouldNotBeSentIsNotQuoted() {
        SipException failure = new SipException(
                "Problem connecting for message INVITE sip:+12065550101@192.0.2.1 SIP/2.0",
                new IOException("+12065550101"));

        assertThat(Unsent.why(failure)).isEqualTo("SipException of IOException");
        assertThat(Unsent.why(new IOException("+12065550101"))).isEqualTo("IOException");
    }
}
