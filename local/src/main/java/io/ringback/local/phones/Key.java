package io.ringback.local.phones;

/**
 * A key of the phone: its RFC 4733 §3.2 event code is its place in {@code 0123456789*#ABCD}, its pair of frequencies
 * that of ITU-T Q.23.
 *
 * @param label as printed on the key
 */
record Key(char label) {
    private static final String BY_EVENT_CODE = "0123456789*#ABCD";
    private static final String BY_ROW_AND_COLUMN = "123A456B789C*0#D";
    private static final int[] LOW_HERTZ = {697, 770, 852, 941};
    private static final int[] HIGH_HERTZ = {1209, 1336, 1477, 1633};

    Key {
        if (BY_EVENT_CODE.indexOf(label) < 0) {
            throw new IllegalArgumentException("no such key: " + label);
        }
    }

    int eventCode() {
        return BY_EVENT_CODE.indexOf(label);
    }

    int lowHertz() {
        return LOW_HERTZ[BY_ROW_AND_COLUMN.indexOf(label) / 4];
    }

    int highHertz() {
        return HIGH_HERTZ[BY_ROW_AND_COLUMN.indexOf(label) % 4];
    }
}
