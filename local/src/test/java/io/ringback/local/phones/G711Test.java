package io.ringback.local.phones;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class G711Test {
    private static final byte[] MILLIWATT_PCMU = {
        0x1E, 0x0B, 0x0B, 0x1E, (byte) 0x9E, (byte) 0x8B, (byte) 0x8B, (byte) 0x9E
    };
    private static final byte[] MILLIWATT_PCMA = {
        0x34, 0x21, 0x21, 0x34, (byte) 0xB4, (byte) 0xA1, (byte) 0xA1, (byte) 0xB4
    };

    @ParameterizedTest
    @CsvSource({"0, 255, 213", "1000, 206, 250", "-1000, 78, 122", "32767, 128, 170", "-32768, 0, 42", "8159, 159, 138"
    })
    void encodesAsTheTablesSay(int sample, int pcmu, int pcma) {
        assertThat(G711.PCMU.encode(sample) & 0xFF).isEqualTo(pcmu);
        assertThat(G711.PCMA.encode(sample) & 0xFF).isEqualTo(pcma);
    }

    @Test
    void everyCodeComesBackButNegativeZero() {
        for (int code = 0; code < 256; code++) {
            if (code != 0x7F) {
                assertThat(G711.PCMU.encode(G711.PCMU.decode((byte) code))).isEqualTo((byte) code);
            }
            assertThat(G711.PCMA.encode(G711.PCMA.decode((byte) code))).isEqualTo((byte) code);
        }
    }

    /** The digital milliwatt of G.711 tables 5 and 6: 1 kHz at 0 dBm0, 3.17 and 3.14 dB below overload. */
    @Test
    void theDigitalMilliwattIsASineOfItsLevel() {
        for (int i = 0; i < 8; i++) {
            double sine = -Math.sin(Math.PI / 8 + i * Math.PI / 4);
            assertThat(G711.PCMU.encode((int) (sine * 32768 * Math.pow(10, -3.17 / 20))))
                    .isEqualTo(MILLIWATT_PCMU[i]);
            assertThat(G711.PCMA.encode((int) (sine * 32768 * Math.pow(10, -3.14 / 20))))
                    .isEqualTo(MILLIWATT_PCMA[i]);
        }
    }
}
