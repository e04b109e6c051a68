package io.ringback.local.stack;

import io.ringback.local.stack.StackOptions.Trunk;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The media gateway's environment variables, the same whether it runs in this process or in one of its own. */
final class GatewayVariables {
    /** Its lasting name: a restart on the same data folder is the same gateway. */
    static final String GATEWAY_ID = "local";

    /** Numbers that are reserved for fiction: the simulated phones. */
    private static final String SIMULATED = "\\+1[0-9]{3}55501[0-9]{2}";

    private static final String LOOPBACK = "127.0.0.1";

    private static final int FIRST_PORT = 10_000;
    private static final int PORTS = 10_000;
    private static final int PORTS_APART = 7;

    private GatewayVariables() {}

    /** @param phonesPort where the simulated phones listen */
    static Map<String, String> of(StackOptions options, DataFolder data, Deployment deployment, int phonesPort)
            throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("RINGBACK_GATEWAY_ID", GATEWAY_ID);
        variables.put("RINGBACK_DATA", data.gateway().toString());
        variables.put("RINGBACK_RECORDINGS", data.recordings().toUri().toString());
        variables.put("RINGBACK_TABLE", deployment.setting("RINGBACK_TABLE"));
        variables.put("RINGBACK_MEDIA_EVENTS_QUEUE", deployment.setting("RINGBACK_MEDIA_EVENTS_QUEUE"));
        variables.put("RINGBACK_CONTROL_HOST", LOOPBACK);
        variables.put("RINGBACK_CONTROL_PORT", "0");
        variables.put("RINGBACK_CONTROL_TOKEN", deployment.secret("RINGBACK_CONTROL_TOKEN_SECRET"));
        // A trunk elsewhere is reached from the advertised address, so SIP and sound are not bound to loopback then.
        variables.put("RINGBACK_SIP_HOST", options.advertise().equals(LOOPBACK) ? LOOPBACK : "0.0.0.0");
        variables.put("RINGBACK_SIP_PORT", String.valueOf(sipPort(options)));
        variables.put("RINGBACK_ADVERTISE", options.advertise());
        variables.put(
                "RINGBACK_RTP_PORTS",
                options.rtpPorts().first() + "-" + options.rtpPorts().last());
        variables.put("RINGBACK_OWN_NUMBERS", String.join(",", options.ownNumbers()));
        variables.put("RINGBACK_DIAL_PREFIXES", deployment.setting("RINGBACK_DIAL_PREFIXES"));
        variables.put("RINGBACK_SIP_DOMAIN", deployment.setting("RINGBACK_SIP_DOMAIN"));
        variables.put("RINGBACK_OUTBOUND", "local");
        variables.put("RINGBACK_ROUTES", SIMULATED + "=sip:" + LOOPBACK + ":" + phonesPort);
        Trunk trunk = options.trunk();
        if (trunk != null) {
            variables.put("RINGBACK_TRUNK", trunk.address().toString());
            put(variables, "RINGBACK_TRUNK_USER", trunk.user());
            put(variables, "RINGBACK_TRUNK_PASSWORD", trunk.password());
        }
        return variables;
    }

    /**
     * Another process cannot tell us which port it was given, and all lives of a gateway have the same, so one is looked
     * for here, free for UDP and TCP. It is none of those that the system gives away by itself, which might happen
     * before the gateway listens; and stacks that start at the same time begin to look at different places.
     */
    private static int sipPort(StackOptions options) throws IOException {
        if (options.sipPort() != 0 || !options.split()) {
            return options.sipPort();
        }
        long start = ProcessHandle.current().pid() * PORTS_APART;
        for (int tried = 0; tried < PORTS; tried++) {
            int port = FIRST_PORT + (int) ((start + tried) % PORTS);
            if (isFree(port)) {
                return port;
            }
        }
        throw new BindException("No port is free for UDP and TCP");
    }

    private static boolean isFree(int port) throws IOException {
        try (DatagramSocket udp = new DatagramSocket(port);
                ServerSocket tcp = new ServerSocket(port)) {
            return udp.isBound() && tcp.isBound();
        } catch (BindException taken) {
            return false;
        }
    }

    private static void put(Map<String, String> variables, String name, @Nullable String value) {
        if (value != null) {
            variables.put(name, value);
        }
    }
}
