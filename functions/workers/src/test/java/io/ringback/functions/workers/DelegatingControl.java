package io.ringback.functions.workers;

import io.ringback.core.media.MediaReport;
import io.ringback.core.port.Gateways.Gateway;
import io.ringback.wire.gateway.CommandEnvelope;
import java.util.List;
import java.util.Optional;

/** The control API, with something that happens while a probe is under way. */
record DelegatingControl(GatewayControl control, Runnable duringProbe) implements GatewayControl {
    @Override
    public Reply send(Gateway gateway, CommandEnvelope command) {
        return control.send(gateway, command);
    }

    @Override
    public Optional<List<MediaReport>> events(Gateway gateway, String serverCallId, long after) {
        return control.events(gateway, serverCallId, after);
    }

    @Override
    public boolean isAlive(Gateway gateway) {
        duringProbe.run();
        return control.isAlive(gateway);
    }
}
