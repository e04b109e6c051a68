package io.ringback.gateway.sip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sip.address.SipURI;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * The proxies that a dialog's requests have to pass, the nearest first (RFC 3261 §12.2.1.1).
 *
 * @param routes as Route headers want them, e.g. {@code <sip:proxy.example;lr>}
 */
record RouteSet(List<String> routes) {
    static final RouteSet NONE = new RouteSet(List.of());

    RouteSet {
        routes = List.copyOf(routes);
    }

    /** Of the caller: the answer's Record-Route in reverse (§12.1.2). */
    static RouteSet asCaller(Response answer) {
        List<String> recorded = new ArrayList<>(recorded(answer));
        Collections.reverse(recorded);
        return new RouteSet(recorded);
    }

    /** Of the called side: the INVITE's Record-Route in order (§12.1.1). */
    static RouteSet asCalled(Request invite) {
        return new RouteSet(recorded(invite));
    }

    private static List<String> recorded(Message message) {
        return SipMessages.headers(message, "Record-Route")
                .map(route -> ((HeaderAddress) route).getAddress().toString())
                .toList();
    }

    boolean isEmpty() {
        return routes.isEmpty();
    }

    /** Where a request for this target goes first. */
    SipURI nextHop(SipURI target) {
        return isEmpty() ? target : SipMessages.uri(bare(routes.get(0))).orElse(target);
    }

    /** A strict router wants itself as the target. */
    SipURI requestUri(SipURI target) {
        return beginsStrict() ? nextHop(target) : target;
    }

    /** Route headers; behind a strict router the target is the last route. */
    List<Header> headers(SipURI target) {
        List<String> all = new ArrayList<>(routes);
        if (beginsStrict()) {
            all.remove(0);
            all.add("<" + target + ">");
        }
        return all.stream().map(route -> SipMessages.header("Route", route)).toList();
    }

    private boolean beginsStrict() {
        return !isEmpty()
                && !SipMessages.uri(bare(routes.get(0))).map(SipURI::hasLrParam).orElse(true);
    }

    private static String bare(String route) {
        int open = route.indexOf('<');
        int close = route.indexOf('>', open);
        return open >= 0 && close > open ? route.substring(open + 1, close) : route;
    }
}
