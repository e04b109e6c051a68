package io.ringback.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoTonesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/dtmf-relay|Signal=5\\nDuration=160|5",
                "application/dtmf-relay|signal = *|*",
                "application/dtmf-relay|Duration=100\\nSignal= #\\n|#",
                "application/dtmf-relay|Signal=10|*",
                "application/dtmf-relay|Signal=11|#",
                "application/dtmf-relay|Signal=d|D",
                "application/dtmf|7|7",
                "application/dtmf|12|A",
                "application/dtmf|16|-",
                "application/dtmf|77|-",
                "application/dtmf||-",
                "application/dtmf-relay|Signal=5x|-",
                "application/dtmf-relay|nothing|-",
                "text/plain|5|-",
            })
    void aBodyNamesItsKey(String contentType, String body, char key) {
        String text = body == null ? "" : body.replace("\\n", "\r\n");

        assertThat(InfoTones.read(contentType, text).map(tone -> tone.key()).orElse('-'))
                .isEqualTo(key);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(Tone.values())
                .allSatisfy(tone -> assertThat(InfoTones.read(InfoTones.RELAY_TYPE, InfoTones.write(tone)))
                        .contains(tone));
    }
}
