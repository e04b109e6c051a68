package io.ringback.wire.outbound;

import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import okhttp3.Dns;

/**
 * What lies beneath the guard. A test puts a network here whose names lead where it wants.
 *
 * @param names who answers for names; what it says is not trusted
 * @param ways where the way to an allowed address really ends
 */
public record Network(Dns names, UnaryOperator<InetSocketAddress> ways) {
    /** The machine's own. */
    public static final Network REAL = new Network(Dns.SYSTEM, UnaryOperator.identity());
}
