package io.ringback.testkit.baresip;

import io.ringback.testkit.network.Ports;

/**
 * The ports of one baresip. The one behind its port for SIP is its port for SIP over TLS.
 *
 * @param sip for UDP and TCP
 * @param control where it takes commands
 * @param firstSound of those that it chooses from for RTP and RTCP
 * @param lastSound of those
 */
record BaresipPorts(int sip, int control, int firstSound, int lastSound) {
    private static final int COUNT = 20;

    static BaresipPorts take() {
        int first = Ports.inARow(COUNT);
        return new BaresipPorts(first, first + 2, first + 4, first + COUNT - 1);
    }
}
