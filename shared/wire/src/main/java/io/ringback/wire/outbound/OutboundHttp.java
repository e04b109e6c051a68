package io.ringback.wire.outbound;

import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/**
 * The HTTP client for addresses that customers name. Its resolver returns only allowed addresses and its sockets
 * connect to no others, so that what was checked is what is connected to: no second look-up stands between, no literal
 * address and no proxy goes round it, and no redirect is followed.
 */
public final class OutboundHttp {
    private OutboundHttp() {}

    /** A client to which the caller adds its time limits. */
    public static OkHttpClient.Builder client(OutboundPolicy policy, Network network) {
        return new OkHttpClient.Builder()
                .dns(host -> allowed(policy, network.names(), host))
                // OkHttp asks no resolver about a literal address; the socket is asked about every one.
                .socketFactory(new GuardedSockets(policy, network.ways()))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false);
    }

    private static List<InetAddress> allowed(OutboundPolicy policy, Dns names, String host)
            throws UnknownHostException {
        List<InetAddress> allowed =
                names.lookup(host).stream().filter(policy::allows).toList();
        if (allowed.isEmpty()) {
            throw new UnknownHostException(host + " has no address that may be contacted");
        }
        return allowed;
    }
}
