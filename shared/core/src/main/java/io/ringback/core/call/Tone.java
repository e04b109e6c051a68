package io.ringback.core.call;

import java.util.Arrays;
import java.util.Optional;

/** A DTMF tone, in the order of its RFC 4733 §3.2 event codes 0 to 15. */
public enum Tone {
    TONE0(0, '0'),
    TONE1(1, '1'),
    TONE2(2, '2'),
    TONE3(3, '3'),
    TONE4(4, '4'),
    TONE5(5, '5'),
    TONE6(6, '6'),
    TONE7(7, '7'),
    TONE8(8, '8'),
    TONE9(9, '9'),
    STAR(10, '*'),
    POUND(11, '#'),
    A(12, 'A'),
    B(13, 'B'),
    C(14, 'C'),
    D(15, 'D');

    private final int eventCode;
    private final char key;

    Tone(int eventCode, char key) {
        this.eventCode = eventCode;
        this.key = key;
    }

    /** The key as printed on a phone. */
    public char key() {
        return key;
    }

    /** The tone's RFC 4733 event code. */
    public int eventCode() {
        return eventCode;
    }

    /** The tone with this RFC 4733 event code; empty for codes that are not DTMF. */
    public static Optional<Tone> ofEventCode(int code) {
        return Arrays.stream(values()).filter(tone -> tone.eventCode == code).findFirst();
    }
}
