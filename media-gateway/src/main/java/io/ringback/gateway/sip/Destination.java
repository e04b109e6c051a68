package io.ringback.gateway.sip;

import io.ringback.core.directory.Registration;
import io.ringback.gateway.sip.SipEndpoint.OutboundLeg;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/**
 * Whom a leg calls and by which way.
 *
 * @param hop its host may still be a name
 * @param onFlow true for a user's phone, which is reached by that hop for the whole dialog
 */
record Destination(SipURI requestUri, SipHop hop, @Nullable TrunkAccount account, boolean onFlow) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,20}");

    /** More addresses of one name are not tried. */
    private static final int MAX_ADDRESSES = 4;

    /** Empty when there is no way to the target. */
    static Optional<Destination> of(OutboundLeg leg, @Nullable SipRoute trunk) {
        boolean number = NUMBER.matcher(leg.target()).matches();
        SipRoute route = leg.route() != null || !number ? leg.route() : trunk;
        String uri = number && route != null
                ? "sip:" + leg.target() + "@" + route.hostPort()
                        + (route.transport().equals("tcp") ? ";transport=tcp" : "")
                : leg.target();
        if (!uri.startsWith("sip:")) {
            return Optional.empty();
        }
        return SipMessages.uri(uri)
                .map(target -> route == null
                        ? new Destination(target, SipHop.of(target), null, false)
                        : new Destination(
                                target,
                                new SipHop(route.host(), route.port(), route.transport()),
                                route.account(),
                                false));
    }

    /** A user's phone; empty when the contact or its flow cannot be used. */
    static Optional<Destination> of(Registration registration) {
        return SipSource.hop(registration.flow())
                .flatMap(hop -> SipMessages.uri(registration.contact())
                        .map(target -> new Destination(target, hop, null, true)));
    }

    /** Whether a name has to be looked up first. */
    boolean isNamed() {
        return !ADDRESS.matcher(hop.host()).matches();
    }

    /** The hops to try, one per address of the name; empty when the name has none. Waits for the resolver. */
    List<SipHop> hops(LegContext.Resolver resolver) {
        try {
            return Arrays.stream(resolver.addresses(hop.host()))
                    .limit(MAX_ADDRESSES)
                    .map(address -> new SipHop(address.getHostAddress(), hop.port(), hop.transport(), hop.udpOnly()))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
