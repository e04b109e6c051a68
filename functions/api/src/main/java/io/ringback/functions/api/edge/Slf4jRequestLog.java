package io.ringback.functions.api.edge;

import io.ringback.wire.log.Masked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The request log of a deployment. */
public final class Slf4jRequestLog implements RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("request");

    @Override
    public void request(String line) {
        LOG.info("{}", line);
    }

    @Override
    public void failure(String line, Throwable cause) {
        LOG.error("{}: {}", line, Masked.trace(cause));
    }
}
