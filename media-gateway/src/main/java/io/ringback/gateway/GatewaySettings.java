package io.ringback.gateway;

import io.ringback.gateway.call.Capacity;
import io.ringback.gateway.call.DialRoutes;
import io.ringback.gateway.call.Offering;
import io.ringback.gateway.control.ControlToken;
import io.ringback.gateway.prompt.Prompts;
import io.ringback.gateway.sip.SipSettings;
import io.ringback.wire.outbound.OutboundPolicy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a media gateway is to run.
 *
 * @param gatewayId its lasting name, 1 to 40 characters of {@code [A-Za-z0-9_-]}
 * @param data folder for the journal and for recordings that are being made; it outlives the process
 * @param routes where numbers and {@code sip:} URIs are dialled
 * @param outbound where prompts may be fetched from
 */
public record GatewaySettings(
        String gatewayId,
        Path data,
        Control control,
        SipSettings sip,
        DialRoutes routes,
        Media media,
        Admission admission,
        OutboundPolicy outbound,
        Prompts.Limits prompts) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    public GatewaySettings {
        if (!ID.matcher(gatewayId).matches()) {
            throw new IllegalArgumentException("not a gateway id: " + gatewayId + "; accepted: " + ID);
        }
    }

    /**
     * The control API.
     *
     * @param bind where it listens; port 0 takes a free one
     * @param advertised where functions reach it; null shows {@code bind} with its port
     * @param token what callers have to know
     */
    public record Control(InetSocketAddress bind, @Nullable URI advertised, ControlToken token) {
        @Override
        public String toString() {
            return "Control[" + bind + "]";
        }
    }

    /**
     * Sound.
     *
     * @param firstPort of the RTP and RTCP ports, which come in pairs
     * @param lastPort the last one
     * @param pacers threads that mix; a call belongs to one
     * @param silence how long a leg may send neither sound nor reports before it is asked whether it is still there
     * @param minFreeBytes no recording begins with less room on the disk; with less than half of it those that are
     *     made are stopped
     */
    public record Media(int firstPort, int lastPort, int pacers, Duration silence, long minFreeBytes) {
        /** Two pacers, 30 s of silence, 200 MiB. */
        public static Media ofPorts(int firstPort, int lastPort) {
            return new Media(firstPort, lastPort, 2, Duration.ofSeconds(30), 200L << 20);
        }
    }

    /**
     * Limits.
     *
     * @param capacity how much at once; also bounded by the ports
     * @param callDuration after which a call is ended
     * @param offers how long callers wait
     */
    public record Admission(Capacity capacity, Duration callDuration, Offering.Times offers) {
        /** A call lasts at most 4 h. */
        public static final Admission DEFAULT =
                new Admission(Capacity.DEFAULT, Duration.ofHours(4), Offering.Times.DEFAULT);
    }
}
